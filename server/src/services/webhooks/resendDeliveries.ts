import { refuseIfAny, UserError, type Refusal } from '../../domain/errors.ts';
import { wants } from '../../domain/webhooks/endpoint.ts';
import { TEST_KIND } from '../../domain/webhooks/eventKinds.ts';
import type { Wake } from '../../ports/wake.ts';
import type {
  WebhookDeliveryRecord,
  WebhookDeliveryStore,
  WebhookDraft,
  WebhookEndpointRecord,
  WebhookEndpointStore,
  WebhookEventRecord,
  WebhookEventStore,
  WebhookHome,
} from '../../ports/webhooks.ts';
import type { Once } from '../transactions/once.ts';
import { deliveryIdOf, eventIdOf } from './eventBody.ts';
import { namedWrite, noSuchEndpoint } from './manageEndpoints.ts';

/** Reads the log of deliveries, and sends again. All of it is safe to repeat. */
export interface Deliveries {
  /** Lists the deliveries of an endpoint, newest first. @throws UserError NOT_FOUND */
  page(
    home: WebhookHome,
    endpointId: string,
    page: Parameters<WebhookDeliveryStore['page']>[1],
  ): Promise<WebhookDeliveryRecord[]>;
  /** Sends a test event to an endpoint. @throws UserError NOT_FOUND, ENDPOINT_NOT_ENABLED, IDEMPOTENCY_KEY_REUSED */
  test(
    home: WebhookHome,
    request: { readonly id: string; readonly idempotencyKey: string },
  ): Promise<WebhookDeliveryRecord>;
  /** Sends a delivery again, whatever became of it. @throws UserError NOT_FOUND, ENDPOINT_NOT_ENABLED, IDEMPOTENCY_KEY_REUSED */
  resend(
    home: WebhookHome,
    request: { readonly deliveryId: string; readonly idempotencyKey: string },
  ): Promise<WebhookDeliveryRecord>;
  /**
   * Sends what an endpoint wants, happened since a moment and was not taken: also what was given up, and what was told while it was
   * not enabled or not there. At most {@link MAX_RESENT} events, the oldest first.
   *
   * @returns how many, and the time from which to go on; null when that was all
   * @throws UserError NOT_FOUND, OUT_OF_RANGE, ENDPOINT_NOT_ENABLED, IDEMPOTENCY_KEY_REUSED
   */
  resendSince(
    home: WebhookHome,
    request: {
      readonly endpointId: string;
      readonly sinceMs: number;
      readonly idempotencyKey: string;
    },
  ): Promise<{ readonly resent: number; readonly nextSinceMs: number | null }>;
}

/** Events that one call looks through. */
export const MAX_RESENT = 10_000;
/** Events are kept for as long. */
export const KEPT_DAYS = 30;
const PAGE = 500;
const US_PER_MS = 1_000;
const DAY_MS = 86_400_000;

const notEnabled = (field: string): UserError =>
  new UserError({
    ...{ code: 'ENDPOINT_NOT_ENABLED', field },
    message: 'The endpoint is not enabled, so nothing is sent to it; enable it first.',
  });

const noDelivery = (): UserError =>
  new UserError({
    ...{ code: 'NOT_FOUND', field: 'deliveryId' },
    message: 'deliveryId is of no delivery of yours; "webhookDeliveries" lists those of a month.',
  });

const checkSince = (sinceMs: number, nowMs: number): Refusal | null =>
  sinceMs <= nowMs && sinceMs >= nowMs - KEPT_DAYS * DAY_MS
    ? null
    : {
        ...{ code: 'OUT_OF_RANGE', field: 'since' },
        message: `since must be one of the last ${KEPT_DAYS} days: events are kept for as long.`,
      };

export function createDeliveries(deps: {
  webhookEndpoints: Pick<WebhookEndpointStore, 'find' | 'wake'>;
  webhookEvents: Pick<WebhookEventStore, 'addTest' | 'listSince'>;
  webhookDeliveries: WebhookDeliveryStore;
  once: Once;
  wake: Wake;
  wallNowMs: () => number;
}): Deliveries {
  const { webhookEndpoints, webhookEvents, webhookDeliveries, once, wallNowMs } = deps;

  const enabled = async (
    home: WebhookHome,
    id: string,
    field: string,
  ): Promise<WebhookEndpointRecord> => {
    const endpoint = await webhookEndpoints.find(home, id);
    if (endpoint === null) throw noSuchEndpoint(field);
    if (endpoint.state !== 'ENABLED') throw notEnabled(field);
    return endpoint;
  };

  const deliveryOf = async (home: WebhookHome, id: string): Promise<WebhookDeliveryRecord> => {
    const delivery = await webhookDeliveries.find(id);
    const endpoint =
      delivery === null ? null : await webhookEndpoints.find(home, delivery.endpointId);
    if (delivery === null || endpoint === null) throw noDelivery();
    return delivery;
  };

  const waiting = (
    { id: endpointId, environment }: WebhookEndpointRecord,
    { id: eventId, kind, subject, position }: WebhookEventRecord,
    nowMs: number,
  ): WebhookDeliveryRecord => ({
    id: deliveryIdOf(endpointId, eventId),
    ...{ endpointId, environment, eventId, kind, subject, position, state: 'WAITING' },
    ...{ dueAtMs: nowMs, retriedFromMs: null, failed: 0, attempts: [], createdAtMs: nowMs },
  });

  const wakeFor = async (endpointId: string): Promise<void> => {
    await webhookEndpoints.wake([endpointId], wallNowMs());
    deps.wake.wake();
  };

  /** Sends what was not taken of these events. @returns how many */
  const send = async (
    endpoint: WebhookEndpointRecord,
    events: readonly WebhookEventRecord[],
  ): Promise<number> => {
    const nowMs = wallNowMs();
    const wanted = events.filter(
      ({ kind, programId }) =>
        wants(endpoint.kinds, kind) && (endpoint.programId ?? programId) === programId,
    );
    const ids = wanted.map(({ id }) => deliveryIdOf(endpoint.id, id));
    const standing = await webhookDeliveries.findMany(ids);
    const dead = ids.filter((id) => standing.get(id)?.state === 'DEAD');
    const missing = wanted.filter(({ id }) => !standing.has(deliveryIdOf(endpoint.id, id)));
    await webhookDeliveries.add(missing.map((event) => waiting(endpoint, event, nowMs)));
    if (dead.length > 0) await webhookDeliveries.again(dead, nowMs);
    return dead.length + missing.length;
  };

  return {
    page: async (home, endpointId, page) => {
      if ((await webhookEndpoints.find(home, endpointId)) === null) {
        throw noSuchEndpoint('endpointId');
      }
      return webhookDeliveries.page(endpointId, page);
    },
    test: async (home, request) => {
      const write = namedWrite(home, 'webhookTest', request);
      const { deliveryId } = await once.run(write, async (effectId) => {
        const endpoint = await enabled(home, request.id, 'id');
        const nowMs = wallNowMs();
        const { organisationId, environment } = endpoint;
        const id = eventIdOf(['test', effectId]);
        const draft: WebhookDraft = {
          ...{ id, organisationId, environment, programId: null, kind: TEST_KIND, subject: id },
          ...{ account: null, memberId: null, atMs: nowMs, place: null, data: {} },
        };
        const event = await webhookEvents.addTest(draft, nowMs);
        await webhookDeliveries.add([waiting(endpoint, event, nowMs)]);
        await wakeFor(endpoint.id);
        return { deliveryId: deliveryIdOf(endpoint.id, id) };
      });
      return deliveryOf(home, deliveryId);
    },
    resend: async (home, request) => {
      const { deliveryId } = request;
      await once.run(namedWrite(home, 'webhookResend', request), async () => {
        const { endpointId } = await deliveryOf(home, deliveryId);
        await enabled(home, endpointId, 'deliveryId');
        await webhookDeliveries.again([deliveryId], wallNowMs());
        await wakeFor(endpointId);
        return null;
      });
      return deliveryOf(home, deliveryId);
    },
    resendSince: (home, request) =>
      once.run(namedWrite(home, 'webhookResendSince', request), async () => {
        const { endpointId, sinceMs } = request;
        refuseIfAny([checkSince(sinceMs, wallNowMs())]);
        const endpoint = await enabled(home, endpointId, 'endpointId');
        const of = { ...home, programId: endpoint.programId };
        let [resent, looked, fromPosition] = [0, 0, sinceMs * US_PER_MS];
        let nextSinceMs: number | null = null;
        for (;;) {
          const events = await webhookEvents.listSince(of, { fromPosition, limit: PAGE });
          resent += await send(endpoint, events);
          looked += events.length;
          const last = events.at(-1)?.position ?? fromPosition;
          // Two programs can have one position: the next page begins with it again.
          if (events.length < PAGE || last === fromPosition) break;
          fromPosition = last;
          if (looked < MAX_RESENT) continue;
          nextSinceMs = Math.floor(last / US_PER_MS);
          break;
        }
        await wakeFor(endpointId);
        return { resent, nextSinceMs };
      }),
  };
}
