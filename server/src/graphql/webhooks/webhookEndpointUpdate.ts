import type { WebhookEndpointRecord } from '../../ports/webhooks.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import {
  endpointState,
  hookHomeOf,
  WebhookEndpointType,
  WebhookKindEnum,
} from './webhookEndpoint.ts';

mutation({
  name: 'webhookEndpointUpdate',
  kind: null,
  scope: 'webhooks:write',
  cost: 200,
  description:
    'Changes an endpoint, or enables or disables it. What is told while it is not enabled is not sent later by itself; webhookResendSince does. Safe to repeat with the same idempotencyKey.',
  errors: [
    'BUSY',
    'NOT_FOUND',
    'REQUIRED',
    'TOO_LONG',
    'MALFORMED',
    'URL_NOT_ALLOWED',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the endpoint.' }),
    url: t.string({ description: 'Where events are sent from now on; left out to keep it.' }),
    kinds: t.field({
      type: [WebhookKindEnum],
      description: 'What it is told of from now on: null for every kind, left out to keep it.',
    }),
    description: t.string({ description: 'What it is for; left out to keep it.' }),
    isEnabled: t.boolean({ description: 'Whether it is sent anything; left out to keep it.' }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    endpoint: t.field({
      type: WebhookEndpointType,
      nullable: true,
      description: 'The endpoint as it is now; null when there are userErrors.',
      resolve: ({ endpoint }) => endpoint,
    }),
  }),
  empty: { endpoint: null as WebhookEndpointRecord | null },
  resolve: async (context, { id, url, kinds, description, isEnabled, idempotencyKey }) => ({
    endpoint: await context.endpointManager.update(hookHomeOf(context), {
      ...{ id, idempotencyKey },
      ...(url != null && { url }),
      ...(kinds !== undefined && { kinds }),
      ...(description != null && { description }),
      ...(isEnabled != null && { isEnabled }),
    }),
  }),
  state: (context, { id }) => endpointState(context, id),
});
