import {
  DELIVERY_STATES,
  MAX_KEPT_ATTEMPTS,
  type DeliveryAttempt,
} from '../../domain/webhooks/delivery.ts';
import type { WebhookDeliveryRecord } from '../../ports/webhooks.ts';
import { builder } from '../core/builder.ts';
import { AFTER, FIRST, rowConnection } from '../core/connection.ts';
import { badCursor, openCursor } from '../core/cursor.ts';
import { pageRows, toPage } from '../core/pages.ts';
import { HOOK_SCOPE, hookHomeOf } from './webhookEndpoint.ts';

const DeliveryStateEnum = builder.enumType('WebhookDeliveryState', {
  description: 'How far a delivery is.',
  values: {
    WAITING: { value: DELIVERY_STATES[0], description: 'Its first attempt is to come.' },
    RETRYING: {
      value: DELIVERY_STATES[1],
      description: 'It is sent again: attempts failed, or it was asked for.',
    },
    DELIVERED: { value: DELIVERY_STATES[2], description: 'It was answered with 2xx.' },
    DEAD: { value: DELIVERY_STATES[3], description: 'It was given up.' },
  } as const,
});

const FailureEnum = builder.enumType('WebhookFailure', {
  description: 'Why an attempt got no answer.',
  values: {
    FORBIDDEN_ADDRESS: {
      description:
        'The name of its URL stands for an address that is not public; nothing was sent.',
    },
    UNREACHABLE: { description: 'There is no such name, or no connection came about.' },
    TIMED_OUT: { description: 'There was no answer within 10 seconds.' },
  } as const,
});

const AttemptType = builder.objectRef<DeliveryAttempt>('WebhookAttempt').implement({
  description: 'One attempt of a delivery.',
  authScopes: HOOK_SCOPE,
  fields: (t) => ({
    at: t.expose('atMs', { type: 'DateTime', description: 'When it began.' }),
    status: t.expose('status', {
      type: 'UInt',
      nullable: true,
      description: 'Status of the answer; null when there was none.',
    }),
    failure: t.expose('failure', {
      type: FailureEnum,
      nullable: true,
      description: 'Why there was no answer; null when there was one.',
    }),
    durationMs: t.expose('durationMs', { type: 'UInt', description: 'How long it took.' }),
    answer: t.exposeString('answer', { description: 'What the answer begins with, up to 1 kB.' }),
  }),
});

export const WebhookDeliveryType = builder
  .objectRef<WebhookDeliveryRecord>('WebhookDelivery')
  .implement({
    description: 'An event on its way to an endpoint. Deliveries are kept for 30 days.',
    authScopes: HOOK_SCOPE,
    fields: (t) => ({
      id: t.exposeString('id', { description: 'Public id, `whd_` and 32 hex digits.' }),
      eventId: t.exposeString('eventId', {
        description: 'Id of the event, as in the header `webhook-id`.',
      }),
      type: t.exposeString('kind', { description: 'Type of the event, such as `order.placed`.' }),
      state: t.expose('state', { type: DeliveryStateEnum, description: 'How far it is.' }),
      nextAttemptAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When it is sent next; null when it is not any more.',
        resolve: ({ state, dueAtMs }) =>
          state === 'WAITING' || state === 'RETRYING' ? dueAtMs : null,
      }),
      createdAt: t.expose('createdAtMs', { type: 'DateTime', description: 'When it was made.' }),
      attempts: t.field({
        type: [AttemptType],
        extensions: { rows: MAX_KEPT_ATTEMPTS },
        description: `The last ${MAX_KEPT_ATTEMPTS} attempts, oldest first.`,
        resolve: ({ attempts }) => [...attempts],
      }),
    }),
  });

const WebhookDeliveryConnection = rowConnection(WebhookDeliveryType, {
  name: 'WebhookDelivery',
  order: 'Deliveries of an endpoint, newest first.',
  scopes: HOOK_SCOPE,
});

const POSITION = /^(\d{1,15})\.(whd_[0-9a-f]{32})$/;

builder.queryField('webhookDeliveries', (t) =>
  t.field({
    type: WebhookDeliveryConnection,
    authScopes: HOOK_SCOPE,
    extensions: { cost: 20 },
    description:
      'Lists what was sent to an endpoint, and what is to be, newest first. Errors: NOT_FOUND, OUT_OF_RANGE, MALFORMED.',
    args: {
      endpointId: t.arg.string({ required: true, description: 'Id of the endpoint.' }),
      state: t.arg({
        type: DeliveryStateEnum,
        description: 'Lists those in this state alone; left out for all.',
      }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: async (_root, { endpointId, state, first, after }, context) => {
      const list = ['WebhookDelivery', endpointId] as const;
      const rows = pageRows(first);
      const cursor = openCursor(list, after);
      const position = cursor === null ? null : POSITION.exec(cursor);
      if (cursor !== null && position === null) throw badCursor();
      const found = await context.deliveries.page(hookHomeOf(context), endpointId, {
        state: state ?? null,
        after: position && { createdAtMs: Number(position[1]), id: position[2] ?? '' },
        limit: rows + 1,
      });
      return toPage(
        list,
        found.slice(0, rows),
        ({ createdAtMs, id }) => `${createdAtMs}.${id}`,
        found.length > rows,
      );
    },
  }),
);
