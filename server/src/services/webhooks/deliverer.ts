import type { Environment } from '../../domain/environment.ts';
import { createGroupCommit } from '../../lib/groupCommit.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Wake } from '../../ports/wake.ts';
import type {
  AttemptedDelivery,
  EndpointTurn,
  WebhookDeliveryStore,
  WebhookEndpointStore,
  WebhookEventStore,
} from '../../ports/webhooks.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { isRetryable } from '../isRetryable.ts';
import { createLease } from '../worker/lease.ts';
import { createAir } from './air.ts';
import { createLoadTurns } from './dueDeliveries.ts';
import { createEndpointTurns } from './endpointTurn.ts';
import type { EndAlerts } from './endAlerts.ts';

/** Sends the webhooks of one environment while it holds the lease. */
export interface Deliverer extends Wake {
  start(): void;
  /** Begins nothing more, waits for what is under way, and releases the lease. */
  stop(): Promise<void>;
}

/** Requests that are under way at the same time. */
export const MAX_IN_AIR = 512;
const POLL_MS = 500;
const MIN_REST_MS = 50;
const LEASE_TTL_MS = 10_000;
const BACKOFF_MS = 1_000;
/** Endpoints that are found in one look, those that have waited longest first. */
const LOOK = 512;
/** Notes that are written together: those of so long. */
const NOTES_MS = 5;
const NOTES_TOGETHER = 200;
const NOTES_AT_ONCE = 3;
/** Turns beside each other: each holds some deliveries in memory. */
const MAX_TURNS = 1_024;

/** Writes notes of many turns together: each by itself would cost the database as much as all of them. */
function createNotes<Note>(
  write: (notes: readonly Note[]) => Promise<void>,
): (note: Note) => Promise<void> {
  const notes = createGroupCommit<Note, null>({
    commit: async (_key, items) => {
      await write(items);
      return items.map(() => null);
    },
    maxWaitMs: NOTES_MS,
    maxItemsPerGroup: NOTES_TOGETHER,
    maxQueuedItems: 2 * (MAX_IN_AIR + MAX_TURNS),
    maxConcurrentGroups: NOTES_AT_ONCE,
  });
  return async (note) => {
    if ((await notes.submit('', [note])) === null) throw new Error('too many notes wait');
  };
}

export function createDeliverer(
  deps: Omit<
    Parameters<typeof createEndpointTurns>[0],
    'air' | 'mayGoOn' | 'noteAttempt' | 'noteTurn'
  > & {
    environment: Environment;
    webhookEndpoints: Pick<WebhookEndpointStore, 'due' | 'noteTurns' | 'stop'>;
    webhookDeliveries: Pick<
      WebhookDeliveryStore,
      'listWaiting' | 'listRetrying' | 'noteAttempts' | 'giveUp'
    >;
    webhookEvents: Pick<WebhookEventStore, 'findMany'>;
    endAlerts: EndAlerts;
    leases: LeaseStore;
    /** Unique to this process. */
    holder: string;
    leaseTtlMs?: number;
    pollMs?: number;
    logger: Pick<Logger, 'warn' | 'error'>;
  },
): Deliverer {
  const { environment, webhookEndpoints, logger, wallNowMs } = deps;
  const pollMs = deps.pollMs ?? POLL_MS;
  const lease = createLease({
    leases: deps.leases,
    name: `webhooks:${environment}`,
    holder: deps.holder,
    ttlMs: deps.leaseTtlMs ?? LEASE_TTL_MS,
    wallNowMs,
  });
  /** Endpoints with a turn under way. */
  const turns = new Map<string, Promise<void>>();
  /** Endpoints whose turn was broken off by an error of ours, which is not repeated at once. */
  const delayed = new Map<string, number>();
  let running: Promise<void> | null = null;
  let [stopping, holds, woken] = [false, false, false];
  let interrupt = (): void => undefined;

  const loadTurns = createLoadTurns(deps);
  const noteAttempt = createNotes((notes: readonly AttemptedDelivery[]) =>
    deps.webhookDeliveries.noteAttempts(notes),
  );
  const noteTurn = createNotes((notes: readonly EndpointTurn[]) =>
    webhookEndpoints.noteTurns(notes),
  );
  const takeTurn = createEndpointTurns({
    ...{ ...deps, noteAttempt, noteTurn },
    air: createAir(MAX_IN_AIR),
    mayGoOn: () => holds && !stopping,
  });

  const report = (error: unknown, step: string): void => {
    const level = isRetryable(error) ? 'warn' : 'error';
    logger[level]({ err: error, environment, step }, 'webhooks are tried again');
  };

  const look = async (): Promise<number> => {
    const limit = Math.min(LOOK, MAX_TURNS - turns.size);
    if (limit <= 0) return 0;
    for (const [id, untilMs] of delayed) if (untilMs <= wallNowMs()) delayed.delete(id);
    const page = { except: [...turns.keys(), ...delayed.keys()], limit };
    const due = await webhookEndpoints.due(environment, wallNowMs(), page);
    for (const [endpoint, loaded] of await loadTurns(due)) {
      const turn = takeTurn(endpoint, loaded)
        .catch((error: unknown) => {
          delayed.set(endpoint.id, wallNowMs() + BACKOFF_MS);
          report(error, 'turn');
        })
        .finally(() => {
          turns.delete(endpoint.id);
          // It may have more to do, and is behind those that have waited.
          woken = true;
          interrupt();
        });
      turns.set(endpoint.id, turn);
    }
    return due.length;
  };

  const rest = (ms: number, wakeable: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        if (!stopping && !(wakeable && woken)) return;
        clearTimeout(timer);
        resolve();
      };
      interrupt();
    });

  const loop = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      let wait = pollMs;
      try {
        holds = await lease.hold();
        if (holds) {
          await deps.endAlerts();
          if ((await look()) === LOOK) wait = MIN_REST_MS;
        }
        await rest(MIN_REST_MS, false);
        await rest(wait, true);
      } catch (error) {
        // A process that can not ask for the lease may not have it any more.
        holds = false;
        report(error, 'look');
        await rest(BACKOFF_MS, false);
      }
    }
  };

  return {
    start: () => {
      running ??= loop();
    },
    wake: () => {
      woken = true;
      interrupt();
    },
    stop: async () => {
      stopping = true;
      interrupt();
      await running;
      await Promise.all(turns.values());
      await lease.release().catch((error: unknown) => report(error, 'release'));
    },
  };
}
