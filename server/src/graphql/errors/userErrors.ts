import { ERROR_CODES, UserError, type ErrorCode, type Refusal } from '../../domain/errors.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { errorCatalogue } from './errorCatalogue.ts';

const english = new Map(errorCatalogue('en').map((entry) => [entry.code, entry]));

const describe = (code: ErrorCode): string => {
  const entry = english.get(code);
  return entry === undefined ? code : `${entry.number}. ${entry.wrong} ${entry.remedy}`;
};

/** Shows every error code of the API, with its number and its remedy. */
export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Code of an error. The page /errors lists all of them.',
  values: Object.fromEntries(
    ERROR_CODES.map((code) => [code, { value: code, description: describe(code) }]),
  ) as Record<ErrorCode, { value: ErrorCode; description: string }>,
});

/** Shows an error in the input of a mutation. */
export const UserErrorType = builder.objectRef<Refusal>('UserError').implement({
  description: 'Error in the input of a mutation, because of which nothing was done.',
  // It says what was wrong with an input, to the caller who sent it, with credentials or without.
  authScopes: PUBLIC,
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: true,
      description:
        'Path of the field in the input, such as `actions[3].amount`; null when the error is not about a single field.',
    }),
    code: t.expose('code', { type: ErrorCodeEnum, description: 'Code of the error.' }),
    message: t.exposeString('message', {
      description: 'What was wrong and what would be right, in English for developers.',
    }),
  }),
});

/**
 * Runs a use case and turns the refusals of its input into `userErrors` beside an empty payload.
 *
 * @param emptyFor Payload of a use case that was refused with this error.
 */
export async function withUserErrors<Payload extends object>(
  emptyFor: (error: UserError) => Payload,
  run: () => Promise<Payload>,
): Promise<Payload & { userErrors: readonly Refusal[] }> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (error) {
    if (error instanceof UserError) return { ...emptyFor(error), userErrors: error.refusals };
    throw error;
  }
}
