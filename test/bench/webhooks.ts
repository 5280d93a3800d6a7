/** How soon a crowd of endpoints has an event while a tenth of it hangs, on a fresh database. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDatabase } from '@dewpoint/infra/database/database.ts';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';
import { createKeystore } from '@dewpoint/server/chain/keys/keystore.ts';
import { composeDeliverer } from '@dewpoint/server/composition/composeDeliverer.ts';
import { createLogger } from '@dewpoint/server/lib/logger.ts';
import type { WebhookDraft } from '@dewpoint/server/ports/webhooks.ts';
import { deliveryIdOf, eventIdOf } from '@dewpoint/server/services/webhooks/eventBody.ts';
import { connectStore, type Store } from '@dewpoint/server/store/connect.ts';

const ENDPOINTS = 1_000;
const HANGING = 100;
/** Of each that hangs: it is behind, and all of it is older than what the others wait for. */
const BACKLOG = 20;
/** Events for all, one after the other. */
const EVENTS = 10;
/** Buffers have their size by then. */
const WARM_AFTER = 3;
const BAR_SECONDS = 5;
const POLL_MS = 20;
const PROGRAM = 'prg_bench';
const HOME = { organisationId: 'org_bench', environment: 'test', programId: null } as const;
const SECRETS = {
  recorderMaster: '11'.repeat(32),
  operatorMaster: '22'.repeat(32),
  relayerMaster: '33'.repeat(32),
  memberMaster: '44'.repeat(32),
};

interface Crowd {
  readonly url: string;
  /** Deliveries by path. */
  readonly came: ReadonlyMap<string, number>;
  close(): void;
}

const idOf = (index: number): string => `whe_${String(index).padStart(24, '0')}`;
const hangs = (path: string): boolean => Number(path.slice(1)) < HANGING;

async function startCrowd(): Promise<Crowd> {
  const came = new Map<string, number>();
  const sockets = new Set<Socket>();
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    request.resume().on('end', () => {
      came.set(path, (came.get(path) ?? 0) + 1);
      if (hangs(path)) held.push(response);
      else response.end();
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    came,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function addEndpoints(store: Store, url: string): Promise<void> {
  for (let index = 0; index < ENDPOINTS; index += 1) {
    const [id, createdAtMs] = [idOf(index), Date.now()];
    await store.webhookEndpoints.insert({
      ...{ ...HOME, id, url: `${url}/${index}`, kinds: null, description: '', createdAtMs },
      ...{ state: 'ENABLED', secrets: [{ id, createdAtMs, endsAtMs: null }], lastTakenAtMs: null },
      ...{ failures: 0, pausedUntilMs: 0, arrivals: 0 },
    });
  }
}

let told = 0;
/** Tells endpoints of an event. */
async function tell(store: Store, from: number, to: number): Promise<void> {
  told += 1;
  const [id, nowMs] = [eventIdOf(['bench', told]), Date.now()];
  const draft: WebhookDraft = {
    ...{ ...HOME, id, programId: PROGRAM, kind: 'item.added', subject: 'program', account: null },
    ...{ memberId: null, atMs: nowMs, place: null, data: {} },
  };
  const [event] = await store.webhookEvents.add(PROGRAM, [draft], nowMs);
  if (event === undefined) throw new Error('the event is not there');
  const ids = Array.from({ length: to - from }, (_none, index) => idOf(from + index));
  await store.webhookDeliveries.add(
    ids.map((endpointId) => ({
      id: deliveryIdOf(endpointId, id),
      ...{ endpointId, environment: 'test', eventId: id, kind: event.kind, subject: 'program' },
      ...{ position: event.position, state: 'WAITING', dueAtMs: nowMs, retriedFromMs: null },
      ...{ failed: 0, attempts: [], createdAtMs: nowMs },
    })),
  );
  await store.webhookEndpoints.wake(ids, nowMs);
}

/** Waits until all that do not hang have so many deliveries. */
async function served({ came }: Crowd, count: number): Promise<void> {
  for (;;) {
    const paths = [...came].filter(([path, times]) => !hangs(path) && times >= count);
    if (paths.length >= ENDPOINTS - HANGING) return;
    await delay(POLL_MS);
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** @returns sentences with what was measured, and its bar */
export async function benchWebhooks(onProgress: (line: string) => void): Promise<string[]> {
  mkdirSync(KEPT_DIR, { recursive: true });
  const dir = mkdtempSync(join(KEPT_DIR, 'bench-'));
  const database = await startDatabase({ dir, onProgress });
  const crowd = await startCrowd();
  const store = await connectStore(database.uri);
  const nobody = { organisation: () => Promise.resolve(null), team: () => Promise.resolve([]) };
  const deliverer = composeDeliverer(
    {
      ...{ store, environment: 'test', keystore: createKeystore(SECRETS), hasLocalHooks: true },
      wallNowMs: Date.now,
    },
    createLogger({ level: 'error', pretty: false }),
    {
      people: { mail: { send: () => Promise.resolve() }, callers: { teams: nobody as never } },
      metrics: { countHook: () => undefined },
    },
  );
  try {
    await addEndpoints(store, crowd.url);
    for (let behind = 0; behind < BACKLOG; behind += 1) await tell(store, 0, HANGING);
    deliverer.start();
    const seconds: number[] = [];
    let warm = 0;
    for (let event = 1; event <= EVENTS; event += 1) {
      const startedAt = performance.now();
      await tell(store, 0, ENDPOINTS);
      await served(crowd, event);
      seconds.push((performance.now() - startedAt) / 1_000);
      if (event === WARM_AFTER) warm = process.memoryUsage().rss;
      onProgress(`event ${event}: ${seconds.at(-1)?.toFixed(2)} s`);
    }
    const worst = Math.max(...seconds).toFixed(2);
    const after = process.memoryUsage().rss;
    return [
      `webhooks: ${ENDPOINTS} endpoints, ${HANGING} of which hang: the others have an event within ${worst} s (bar: ${BAR_SECONDS} s), ` +
        `memory ${megabytes(warm)} MB after ${WARM_AFTER} events and ${megabytes(after)} MB after ${EVENTS}`,
    ];
  } finally {
    crowd.close();
    await deliverer.stop();
    await store.close();
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
