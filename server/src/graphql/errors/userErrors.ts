import {
  DewpointError,
  ERROR_CODES,
  InputRefused,
  type ErrorCode,
  type Refusal,
} from '../../domain/errors.ts';
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
export const UserError = builder.objectRef<Refusal>('UserError').implement({
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

/** Input can change these; of all others the caller learns by the errors of the call. */
const BY_INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'REQUIRED',
  'TOO_LONG',
  'OUT_OF_RANGE',
  'MALFORMED',
  'LIMIT_EXCEEDED',
  'UNKNOWN_RULE',
  'UNKNOWN_ACTION',
  'ALREADY_MATURED',
  'NOT_FOUND',
  'NOTHING_TO_SETTLE',
  'IDEMPOTENCY_KEY_REUSED',
]);

/** Runs a business act; what the input is to blame for, in one field or in several, becomes `userErrors` beside an empty payload. */
export async function withUserErrors<Payload extends object>(
  empty: Payload,
  act: () => Promise<Payload>,
): Promise<Payload & { userErrors: readonly Refusal[] }> {
  try {
    return { ...(await act()), userErrors: [] };
  } catch (error) {
    if (error instanceof InputRefused) return { ...empty, userErrors: error.refusals };
    if (error instanceof DewpointError && BY_INPUT.has(error.code)) {
      const { code, field, message } = error;
      return { ...empty, userErrors: [{ code, field, message }] };
    }
    throw error;
  }
}
