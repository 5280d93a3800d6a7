import type { MadeKey } from '../../services/access/manageKeys.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { keyState } from '../mutations/states.ts';
import { ApiKeyType, keyHomeOf, KeyScopeEnum, programIdOfInput } from './apiKey.ts';

/** Shows the key itself. */
export const SECRET =
  'The key itself, `dw_test_...` or `dw_live_...`: for a day, in the answers to this idempotencyKey alone; null when there are userErrors.';

mutation({
  name: 'apiKeyCreate',
  kind: null,
  scope: 'organisation:write',
  cost: 500,
  description:
    'Makes an API key of the organisation in the environment of the request. At most 100 are good at once. Safe to repeat with the same idempotencyKey.',
  errors: [
    'BUSY',
    'REQUIRED',
    'TOO_LONG',
    'MALFORMED',
    'OUT_OF_RANGE',
    'NOT_FOUND',
    'TOO_MANY_KEYS',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    name: t.string({ required: true, description: 'What it is for, 1 to 128 characters.' }),
    scopes: t.field({
      type: [KeyScopeEnum],
      required: true,
      description: 'What it may do, one scope or more.',
    }),
    programId: t.id({
      description:
        '`id` of the only program that it opens; left out for every program of the organisation in the environment, those to come as well.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description:
        'From then on it is refused; left out for a key that does not end by itself. By the clock of the server.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    key: t.string({
      nullable: true,
      description: SECRET,
      resolve: ({ made }) => made?.key ?? null,
    }),
    apiKey: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'What is kept of it; null when there are userErrors.',
      resolve: ({ made }) => made?.record ?? null,
    }),
  }),
  empty: { made: null as MadeKey | null },
  resolve: async (context, { name, scopes, programId, expiresAt, idempotencyKey }) => ({
    made: await context.keyManager.create(keyHomeOf(context), {
      ...{ name, scopes, idempotencyKey, programId: programIdOfInput(programId) },
      expiresAtMs: expiresAt ?? null,
    }),
  }),
  state: async (context, _input, made) =>
    made?.made ? keyState(context, made.made.record.id) : null,
});
