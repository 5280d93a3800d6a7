import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { endpointState, hookHomeOf } from './webhookEndpoint.ts';

mutation({
  name: 'webhookEndpointDelete',
  kind: null,
  scope: 'webhooks:write',
  cost: 500,
  description:
    'Deletes an endpoint with the log of its deliveries; what is on its way to it is not sent any more. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the endpoint.' }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    deletedId: t.string({
      nullable: true,
      description: 'Its id; null when there are userErrors.',
      resolve: ({ deletedId }) => deletedId,
    }),
  }),
  empty: { deletedId: null as string | null },
  resolve: async (context, { id, idempotencyKey }) => {
    await context.endpointManager.remove(hookHomeOf(context), { id, idempotencyKey });
    return { deletedId: id };
  },
  state: (context, { id }) => endpointState(context, id),
});
