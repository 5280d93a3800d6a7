/** Endpoints with events on their way, and what sends them: the production composition, by a clock that a test moves on. */
import { composeDeliverer, type DelivererOptions } from '../../composition/composeDeliverer.ts';
import type { Letter } from '../../ports/mail.ts';
import type { ToldKind } from '../../domain/webhooks/eventKinds.ts';
import type {
  WebhookDeliveryRecord,
  WebhookEndpointRecord,
  WebhookEventRecord,
} from '../../ports/webhooks.ts';
import { createHookSecrets } from '../../services/webhooks/hookSecrets.ts';
import type { Deliverer } from '../../services/webhooks/deliverer.ts';
import { deliveryIdOf, eventIdOf } from '../../services/webhooks/eventBody.ts';
import type { Store } from '../../store/connect.ts';
import { TEST_ORGANISATION } from '../builders/program.ts';
import { silentLogger, type TestFoundation } from '../foundation.ts';
import { until } from '../service.ts';

export interface HookStage {
  readonly foundation: TestFoundation;
  /** Letters that were sent. */
  readonly letters: readonly Letter[];
  /** Counts of outcomes of attempts. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Starts what sends, as a process of its own, on these stores. */
  deliverer(options?: DelivererOptions, store?: Store): Deliverer;
  endpoint(url: string, more?: Partial<WebhookEndpointRecord>): Promise<WebhookEndpointRecord>;
  secrets(endpoint: WebhookEndpointRecord): string[];
  /** Tells endpoints of events, each of one subject. */
  tell(
    endpoints: readonly WebhookEndpointRecord[],
    subjects: readonly string[],
    kind?: ToldKind,
  ): Promise<WebhookEventRecord[]>;
  delivery(
    endpoint: WebhookEndpointRecord,
    event: { readonly id: string },
  ): Promise<WebhookDeliveryRecord>;
  /** Waits until all deliveries of an endpoint are in this state. */
  allAre(endpoint: WebhookEndpointRecord, state: WebhookDeliveryRecord['state']): Promise<void>;
  find(endpoint: WebhookEndpointRecord): Promise<WebhookEndpointRecord | null>;
  /** Moves the clock on. */
  pass(ms: number): void;
  close(): Promise<void>;
}

const PROGRAM = 'prg_stage';

/** @param started The stage clears it of endpoints when it is closed. */
export function openHookStage(started: TestFoundation): HookStage {
  let passedMs = 0;
  const wallNowMs = (): number => Date.now() + passedMs;
  const foundation = { ...started, wallNowMs };
  const { store, keystore } = foundation;
  const letters: Letter[] = [];
  const outcomes: Record<string, number> = {};
  const running: Deliverer[] = [];
  const hookSecrets = createHookSecrets(keystore.keySecrets);
  let made = 0;
  const home = { organisationId: TEST_ORGANISATION, environment: 'test', programId: null } as const;
  const owner = { email: 'owner@shop.example', id: 'usr_1', name: 'Ada' };
  const teams = {
    organisation: () => Promise.resolve({ id: TEST_ORGANISATION, name: 'Shop', slug: 'shop' }),
    team: () =>
      Promise.resolve([
        { role: 'owner', person: owner },
        { role: 'viewer', person: { ...owner, email: 'viewer@shop.example' } },
      ]),
  } as never;
  const people = {
    mail: { send: (letter: Letter) => Promise.resolve(void letters.push(letter)) },
    callers: { teams },
  };
  const stage: HookStage = {
    foundation,
    letters,
    outcomes,
    deliverer: (options = {}, on = store) => {
      const metrics = {
        countHook: (_environment: string, outcome: string) => {
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        },
      };
      const deliverer = composeDeliverer(
        { ...foundation, store: on },
        silentLogger,
        { people, metrics },
        { pollMs: 20, ...options },
      );
      running.push(deliverer);
      deliverer.start();
      return deliverer;
    },
    endpoint: async (url, more = {}) => {
      made += 1;
      const id = `whe_${String(made).padStart(24, '0')}`;
      const createdAtMs = wallNowMs();
      await store.webhookEndpoints.insert({
        ...{ ...home, id, url, kinds: null, description: '', state: 'ENABLED', createdAtMs },
        secrets: [{ id: `${id}-1`, createdAtMs, endsAtMs: null }],
        ...{ lastTakenAtMs: null, failures: 0, pausedUntilMs: 0, arrivals: 0, ...more },
      });
      const found = await store.webhookEndpoints.find(home, id);
      if (found === null) throw new Error('the endpoint is not there');
      return found;
    },
    secrets: (endpoint) => endpoint.secrets.map(({ id }) => hookSecrets(endpoint, id)),
    tell: async (endpoints, subjects, kind = 'order.placed') => {
      const nowMs = wallNowMs();
      const drafts = subjects.map((subject) => {
        made += 1;
        return {
          ...{ ...home, id: eventIdOf(['stage', made]), programId: PROGRAM, kind, subject },
          ...{ account: null, memberId: subject, atMs: nowMs, place: null, data: { made } },
        };
      });
      const events = await store.webhookEvents.add(PROGRAM, drafts, nowMs);
      for (const { id: endpointId, environment } of endpoints) {
        await store.webhookDeliveries.add(
          events.map((event) => ({
            id: deliveryIdOf(endpointId, event.id),
            ...{ endpointId, environment, eventId: event.id, kind: event.kind },
            ...{ subject: event.subject, position: event.position, state: 'WAITING' as const },
            ...{ dueAtMs: nowMs, retriedFromMs: null, failed: 0, attempts: [], createdAtMs: nowMs },
          })),
        );
      }
      await store.webhookEndpoints.wake(
        endpoints.map(({ id }) => id),
        nowMs,
      );
      return events;
    },
    delivery: async (endpoint, event) => {
      const found = await store.webhookDeliveries.find(deliveryIdOf(endpoint.id, event.id));
      if (found === null) throw new Error('there is no such delivery');
      return found;
    },
    allAre: (endpoint, state) =>
      until(`all are ${state}`, async () => {
        const page = { state: null, after: null, limit: 1_000 };
        const all = await store.webhookDeliveries.page(endpoint.id, page);
        return all.length > 0 && all.every((one) => one.state === state);
      }),
    find: (endpoint) => store.webhookEndpoints.find(home, endpoint.id),
    pass: (ms) => {
      passedMs += ms;
    },
    close: async () => {
      for (const deliverer of running) await deliverer.stop();
      for (const name of ['Endpoints', 'Deliveries', 'Events', 'Counters']) {
        await started.store.peopleDatabase.collection(`webhook${name}`).deleteMany({});
      }
    },
  };
  return stage;
}
