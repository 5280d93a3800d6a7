import type { ApiKeyRecord } from '../../ports/stores/access.ts';
import { MAX_OLD_GOOD_HOURS, type MadeKey } from '../../services/access/manageKeys.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { keyState } from '../mutations/states.ts';
import { ApiKeyType, keyHomeOf } from './apiKey.ts';
import { SECRET } from './apiKeyCreate.ts';

const DEFAULT_HOURS = 24;

mutation({
  name: 'apiKeyRotate',
  kind: null,
  scope: 'organisation:write',
  cost: 500,
  description:
    'Makes another key with the name, the program and the scopes of one that is good. Both are good until the old one ends, which gives the app time to change over. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'OUT_OF_RANGE', 'TOO_MANY_KEYS', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the old key.' }),
    oldGoodForHours: t.int({
      required: true,
      defaultValue: DEFAULT_HOURS,
      description: `Hours for which the old key stays good, 1 to ${MAX_OLD_GOOD_HOURS}, unless it ends before.`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the new key ends; left out for a key that does not end by itself.',
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
      description: 'What is kept of the new key; null when there are userErrors.',
      resolve: ({ made }) => made?.record ?? null,
    }),
    oldApiKey: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The old key, with its end in `expiresAt`; null when there are userErrors.',
      resolve: ({ made }) => made?.old ?? null,
    }),
  }),
  empty: { made: null as (MadeKey & { readonly old: ApiKeyRecord }) | null },
  resolve: async (context, { id, oldGoodForHours, expiresAt, idempotencyKey }) => ({
    made: await context.keyManager.rotate(keyHomeOf(context), {
      ...{ id, oldGoodForHours, idempotencyKey, expiresAtMs: expiresAt ?? null },
    }),
  }),
  state: async (context, { id }, rotated) => ({
    old: await keyState(context, id),
    made: rotated?.made ? await keyState(context, rotated.made.record.id) : null,
  }),
});
