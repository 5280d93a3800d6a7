import type {
  WebhookDeliveryRecord,
  WebhookDeliveryStore,
  WebhookEndpointRecord,
  WebhookEventRecord,
  WebhookEventStore,
} from '../../ports/webhooks.ts';

/** A delivery that is due, with its event. */
export interface DueDelivery {
  readonly delivery: WebhookDeliveryRecord;
  readonly event: WebhookEventRecord;
}

/** What one endpoint has to do. */
export interface LoadedTurn {
  /** In the order in which it is sent. */
  readonly due: readonly DueDelivery[];
  /** When there is more to do. Unix milliseconds. */
  readonly wakeAtMs: number;
}

/** Reads what endpoints have to do: that of many in a few questions to the database. */
export type LoadTurns = (
  endpoints: readonly WebhookEndpointRecord[],
) => Promise<readonly (readonly [WebhookEndpointRecord, LoadedTurn])[]>;

/** Deliveries of one turn: others have theirs in between. */
const TURN = 32;
/** Endpoints that are asked for in one question, and what is read of all of them together. */
const TOGETHER = 50;
const READ_TOGETHER = 500;
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** Rows of several endpoints; null for the rows of one that has more than were read. */
type Rows = (endpointId: string) => readonly WebhookDeliveryRecord[] | null;

export function createLoadTurns(deps: {
  webhookDeliveries: Pick<WebhookDeliveryStore, 'listWaiting' | 'listRetrying' | 'giveUp'>;
  webhookEvents: Pick<WebhookEventStore, 'findMany'>;
  wallNowMs: () => number;
}): LoadTurns {
  const { webhookDeliveries, wallNowMs } = deps;

  type List = (ids: readonly string[], limit: number) => Promise<WebhookDeliveryRecord[]>;
  const listTogether = async (ids: readonly string[], list: List): Promise<Rows> => {
    const rows = await list(ids, READ_TOGETHER);
    const isWhole = rows.length < READ_TOGETHER;
    const byEndpoint = byEndpointOf(rows);
    return (id) => {
      const own = byEndpoint.get(id) ?? [];
      return isWhole || own.length >= TURN ? own.slice(0, TURN) : null;
    };
  };

  /** First attempts and repeated ones by turns, so that neither holds the other up. */
  const turnOf = (
    waiting: readonly WebhookDeliveryRecord[],
    retrying: readonly WebhookDeliveryRecord[],
    nowMs: number,
  ): { readonly rows: WebhookDeliveryRecord[]; readonly wakeAtMs: number } => {
    const later = retrying.find(({ dueAtMs }) => dueAtMs > nowMs);
    const again = retrying.filter(({ dueAtMs }) => dueAtMs <= nowMs);
    const isMore = waiting.length === TURN || again.length === TURN;
    const rows = waiting.flatMap((one, index) => [one, ...again.slice(index, index + 1)]);
    rows.push(...again.slice(waiting.length));
    return { rows, wakeAtMs: isMore ? nowMs : (later?.dueAtMs ?? NEVER_MS) };
  };

  const loadSome: LoadTurns = async (endpoints) => {
    const ids = endpoints.map(({ id }) => id);
    const [waiting, retrying] = await Promise.all([
      listTogether(ids, (...args) => webhookDeliveries.listWaiting(...args)),
      listTogether(ids, (...args) => webhookDeliveries.listRetrying(...args)),
    ]);
    const turns = await Promise.all(
      endpoints.map(async (endpoint) => {
        const own = [endpoint.id];
        const first = waiting(endpoint.id) ?? (await webhookDeliveries.listWaiting(own, TURN));
        const again = retrying(endpoint.id) ?? (await webhookDeliveries.listRetrying(own, TURN));
        return { endpoint, ...turnOf(first, again, wallNowMs()) };
      }),
    );
    const all = turns.flatMap(({ rows }) => rows);
    const events = await deps.webhookEvents.findMany(all.map(({ eventId }) => eventId));
    return Promise.all(
      turns.map(async ({ endpoint, rows, wakeAtMs }) => {
        const gone = rows.filter(({ eventId }) => !events.has(eventId)).map(({ id }) => id);
        // Events are deleted after a month, and a delivery that was asked for late outlives its own.
        if (gone.length > 0) await webhookDeliveries.giveUp(endpoint.id, wallNowMs(), gone);
        const due = rows.flatMap((delivery) => {
          const event = events.get(delivery.eventId);
          return event === undefined ? [] : [{ delivery, event }];
        });
        return [endpoint, { due, wakeAtMs }] as const;
      }),
    );
  };

  return async (endpoints) => {
    const loading = [];
    for (let at = 0; at < endpoints.length; at += TOGETHER) {
      loading.push(loadSome(endpoints.slice(at, at + TOGETHER)));
    }
    return (await Promise.all(loading)).flat();
  };
}

function byEndpointOf(
  rows: readonly WebhookDeliveryRecord[],
): ReadonlyMap<string, WebhookDeliveryRecord[]> {
  const groups = new Map<string, WebhookDeliveryRecord[]>();
  for (const row of rows) {
    const own = groups.get(row.endpointId);
    if (own === undefined) groups.set(row.endpointId, [row]);
    else own.push(row);
  }
  return groups;
}
