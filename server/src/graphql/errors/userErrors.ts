import { ERROR_CODES, UserError, type ErrorCode, type Refusal } from '../../domain/errors.ts';
import { ANY_CALLER, builder } from '../core/builder.ts';
import { errorCatalogue } from './errorCatalogue.ts';

const english = new Map(errorCatalogue('en').map((entry) => [entry.code, entry]));

const describe = (code: ErrorCode): string => {
  const entry = english.get(code);
  return entry === undefined ? code : `${entry.number}. ${entry.wrong} ${entry.remedy}`;
};

/** Every error code of the API, with its number and its remedy. */
export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Why something was refused. The page /errors lists all of them.',
  values: Object.fromEntries(
    ERROR_CODES.map((code) => [code, { value: code, description: describe(code) }]),
  ) as Record<ErrorCode, { value: ErrorCode; description: string }>,
});

/** What the caller's input has to do differently. */
export const UserErrorType = builder.objectRef<Refusal>('UserError').implement({
  description: 'What is wrong with the input of a mutation as a whole. Nothing was done then.',
  authScopes: ANY_CALLER,
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: true,
      description:
        'Path in the input, such as `actions[3].amount`; null when no one field is at fault.',
    }),
    code: t.expose('code', { type: ErrorCodeEnum, description: 'Why.' }),
    message: t.exposeString('message', {
      description: 'What was wrong and what would be right, in English, for developers.',
    }),
  }),
});

/** Runs a use case; the refusals of its input become `userErrors` beside an empty payload. */
export async function withUserErrors<Payload extends object>(
  empty: Payload,
  run: () => Promise<Payload>,
): Promise<Payload & { userErrors: readonly Refusal[] }> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (error) {
    if (error instanceof UserError) return { ...empty, userErrors: error.refusals };
    throw error;
  }
}
