import { MAX_RESENT } from '../../services/webhooks/resendDeliveries.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { hookHomeOf } from './webhookEndpoint.ts';

interface Resent {
  readonly resent: number;
  readonly nextSinceMs: number | null;
}

mutation({
  name: 'webhookResendSince',
  kind: null,
  scope: 'webhooks:write',
  cost: 1_000,
  description: `Sends an endpoint what it wants, was told since a moment and did not take: also what was given up, and what was told while it was not enabled or not there. Looks through at most ${MAX_RESENT} events, the oldest first. Safe to repeat with the same idempotencyKey.`,
  errors: ['BUSY', 'NOT_FOUND', 'OUT_OF_RANGE', 'ENDPOINT_NOT_ENABLED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    endpointId: t.string({ required: true, description: 'Id of the endpoint.' }),
    since: t.field({
      type: 'DateTime',
      required: true,
      description: 'The moment, within the last 30 days, by the clock of the server.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    resent: t.int({
      nullable: true,
      description: 'How many events are sent; null when there are userErrors.',
      resolve: ({ result }) => result?.resent ?? null,
    }),
    nextSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Call it again with this for the rest; null when that was all.',
      resolve: ({ result }) => result?.nextSinceMs ?? null,
    }),
  }),
  empty: { result: null as Resent | null },
  resolve: async (context, { endpointId, since, idempotencyKey }) => ({
    result: await context.deliveries.resendSince(hookHomeOf(context), {
      ...{ endpointId, sinceMs: since, idempotencyKey },
    }),
  }),
});
