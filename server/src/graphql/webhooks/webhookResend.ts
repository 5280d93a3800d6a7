import type { WebhookDeliveryRecord } from '../../ports/webhooks.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { WebhookDeliveryType } from './webhookDelivery.ts';
import { hookHomeOf } from './webhookEndpoint.ts';

mutation({
  name: 'webhookResend',
  kind: null,
  scope: 'webhooks:write',
  cost: 200,
  description:
    'Sends a delivery again, whatever became of it, and retries it for another day. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'ENDPOINT_NOT_ENABLED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    deliveryId: t.string({ required: true, description: 'Id of the delivery.' }),
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
  resolve: async (context, { deliveryId, idempotencyKey }) => ({
    delivery: await context.deliveries.resend(hookHomeOf(context), { deliveryId, idempotencyKey }),
  }),
});
