import type { ApiKeyRecord } from '../../ports/stores/access.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { keyState } from '../mutations/states.ts';
import { ApiKeyType, keyHomeOf } from './apiKey.ts';

mutation({
  name: 'apiKeyRevoke',
  kind: null,
  scope: 'organisation:write',
  cost: 200,
  description:
    'Ends an API key: it is refused from the next request on. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the key.' }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    apiKey: t.field({
      type: ApiKeyType,
      nullable: true,
      description: 'The key, with the time in `revokedAt`; null when there are userErrors.',
      resolve: ({ revoked }) => revoked,
    }),
  }),
  empty: { revoked: null as ApiKeyRecord | null },
  resolve: async (context, { id, idempotencyKey }) => ({
    revoked: await context.keyManager.revoke(keyHomeOf(context), { id, idempotencyKey }),
  }),
  state: (context, { id }) => keyState(context, id),
});
