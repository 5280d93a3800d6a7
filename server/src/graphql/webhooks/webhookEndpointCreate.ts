import type { MadeEndpoint } from '../../services/webhooks/manageEndpoints.ts';
import { programIdOfInput } from '../access/apiKey.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import {
  endpointState,
  hookHomeOf,
  WebhookEndpointType,
  WebhookKindEnum,
} from './webhookEndpoint.ts';

/** Shows a secret. */
export const HOOK_SECRET =
  'The secret that signs, `whsec_...`: for a day, in the answers to this idempotencyKey alone; null when there are userErrors.';

mutation({
  name: 'webhookEndpointCreate',
  kind: null,
  scope: 'webhooks:write',
  cost: 500,
  description:
    'Makes an endpoint that is told of events from now on. There are at most 16 in an organisation and environment. Safe to repeat with the same idempotencyKey.',
  errors: [
    'BUSY',
    'REQUIRED',
    'TOO_LONG',
    'MALFORMED',
    'URL_NOT_ALLOWED',
    'NOT_FOUND',
    'TOO_MANY_ENDPOINTS',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    url: t.string({
      required: true,
      description:
        'Where events are sent: https, port 443, no password in it, a name that stands for public addresses. On a local demo also http to this machine.',
    }),
    kinds: t.field({
      type: [WebhookKindEnum],
      description: 'What it is told of; left out for every kind, those to come as well.',
    }),
    description: t.string({ description: 'What it is for, at most 256 characters.' }),
    programId: t.id({
      description:
        '`id` of the only program that it is told of; left out for every program of the organisation in the environment, or for that of the key.',
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
  resolve: async (context, { url, kinds, description, programId, idempotencyKey }) => ({
    made: await context.endpointManager.create(hookHomeOf(context), {
      ...{ url, kinds: kinds ?? null, description: description ?? '', idempotencyKey },
      programId: programIdOfInput(programId),
    }),
  }),
  state: async (context, _input, result) =>
    result?.made ? endpointState(context, result.made.endpoint.id) : null,
});
