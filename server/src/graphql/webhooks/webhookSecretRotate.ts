import { MAX_OLD_SECRET_HOURS } from '../../domain/webhooks/endpoint.ts';
import type { MadeEndpoint } from '../../services/webhooks/manageEndpoints.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { endpointState, hookHomeOf, WebhookEndpointType } from './webhookEndpoint.ts';
import { HOOK_SECRET } from './webhookEndpointCreate.ts';

const DEFAULT_HOURS = 24;

mutation({
  name: 'webhookSecretRotate',
  kind: null,
  scope: 'webhooks:write',
  cost: 500,
  description:
    'Gives an endpoint another secret. Deliveries are signed by both until the old one ends, which gives the receiver time to change over; one that is older still ends at once. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'OUT_OF_RANGE', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the endpoint.' }),
    oldGoodForHours: t.int({
      required: true,
      defaultValue: DEFAULT_HOURS,
      description: `Hours for which the old secret signs as well, 0 to ${MAX_OLD_SECRET_HOURS}; 0 for one that was stolen.`,
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    secret: t.string({
      nullable: true,
      description: HOOK_SECRET,
      resolve: ({ made }) => made?.secret ?? null,
    }),
    endpoint: t.field({
      type: WebhookEndpointType,
      nullable: true,
      description: 'The endpoint; null when there are userErrors.',
      resolve: ({ made }) => made?.endpoint ?? null,
    }),
  }),
  empty: { made: null as MadeEndpoint | null },
  resolve: async (context, { id, oldGoodForHours, idempotencyKey }) => ({
    made: await context.endpointManager.rotate(hookHomeOf(context), {
      ...{ id, oldGoodForHours, idempotencyKey },
    }),
  }),
  state: (context, { id }) => endpointState(context, id),
});
