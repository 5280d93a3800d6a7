import type { WebhookDeliveryRecord } from '../../ports/webhooks.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { WebhookDeliveryType } from './webhookDelivery.ts';
import { hookHomeOf } from './webhookEndpoint.ts';

mutation({
  name: 'webhookTest',
  kind: null,
  scope: 'webhooks:write',
  cost: 200,
  description:
    'Sends an event of the type `webhook.test` to an endpoint, to see that it arrives. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'ENDPOINT_NOT_ENABLED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the endpoint.' }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    delivery: t.field({
      type: WebhookDeliveryType,
      nullable: true,
      description: 'The delivery, which is sent in a moment; null when there are userErrors.',
      resolve: ({ delivery }) => delivery,
    }),
  }),
  empty: { delivery: null as WebhookDeliveryRecord | null },
  resolve: async (context, { id, idempotencyKey }) => ({
    delivery: await context.deliveries.test(hookHomeOf(context), { id, idempotencyKey }),
  }),
});
