import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../world/world.ts';

/** Codes with which a client may send the same request again, and shall succeed some time. */
const RETRYABLE: ReadonlySet<string> = new Set([
  'BUSY',
  'CHAIN_STALE',
  'CHAIN_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'OVERLOADED',
]);
/** A request that is not answered by then was forgotten: the server gives up after 30 s by itself. */
const FORGOTTEN_MS = 60_000;
/** Clients need not come again at once. */
const MAX_PAUSE_MS = 500;
const ACTIONS_PER_CALL = 5;
const RECORDERS = 4;

interface GraphqlError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly retryAfterMs?: number };
}
interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphqlError[];
}

/** What clients saw by now. */
export interface Seen {
  /** Actions that were answered RECORDED or DUPLICATE: points that members were promised. */
  readonly actions: number;
  /** Calls of members' reads that were answered, with how many of them said that they are stale. */
  readonly reads: number;
  readonly staleReads: number;
  /** Answers that no client should get. */
  readonly faults: readonly string[];
  /** Answers that were errors, by code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Longest time of a call that recorded actions. */
  readonly slowestRecordingMs: number;
}

export interface Load {
  seen(): Seen;
  /** Counts the actions of a member that were promised. */
  promisedTo(memberId: string): number;
  /** Forgets how long calls took until now. */
  forgetTimes(): void;
  /** Members by their promised actions, and items by their idempotency keys, when every call has succeeded. */
  stop(): Promise<{ actions: ReadonlyMap<string, number>; items: number }>;
}

const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) { results { status } } }`;
const READ = `query ($memberId: String!) { member(memberId: $memberId) {
  balance { settled pending stale } drops { points } receipt(epoch: 0) { pointsEarned } } }`;
const COLLECT = `mutation ($memberId: String!) {
  dropsCollect(input: { memberId: $memberId }) { userErrors { code } } }`;
const ADD = `mutation ($input: ItemAddInput!) {
  itemAdd(input: $input) { transaction { status } userErrors { code } } }`;

/**
 * Clients that call the service without a pause and repeat what failed as long as the answer allows it: some record actions, some
 * read, one writes to the chain.
 *
 * @param pauseMs Before each call of a client; none if left out.
 */
export function startLoad(
  world: Pick<World, 'apiUrl' | 'program'>,
  name: string,
  members: readonly string[],
  pauseMs = 0,
): Load {
  const faults: string[] = [];
  const errors: Record<string, number> = {};
  const actions = new Map<string, number>();
  const counts = { actions: 0, reads: 0, staleReads: 0, items: 0, slowestRecordingMs: 0 };
  let stopping = false;

  const post = async (key: string, query: string, variables: object): Promise<Body> => {
    if (pauseMs > 0) await delay(pauseMs);
    const response = await fetch(world.apiUrl(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(FORGOTTEN_MS),
    });
    return (await response.json()) as Body;
  };

  /** Repeats a call as long as its answers say that this may help. @returns null for an answer that is a fault */
  const call = async (
    key: string,
    query: string,
    variables: object,
    isDone: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown> | null> => {
    for (;;) {
      const { data, errors: found = [] } = await post(key, query, variables);
      for (const { extensions, message } of found) {
        errors[extensions.code] = (errors[extensions.code] ?? 0) + 1;
        if (RETRYABLE.has(extensions.code) && (extensions.retryAfterMs ?? 0) > 0) continue;
        faults.push(`${extensions.code}: ${message}`);
        return null;
      }
      if (found.length === 0 && data != null && isDone(data)) return data;
      await delay(Math.min(found[0]?.extensions.retryAfterMs ?? MAX_PAUSE_MS, MAX_PAUSE_MS));
    }
  };

  const memberOf = (turn: number): string => members[turn % members.length] ?? '';

  const recordForever = async (client: number): Promise<void> => {
    for (let turn = 0; !stopping; turn += 1) {
      const memberId = memberOf(client + turn * RECORDERS);
      const occurredAt = new Date(world.program.startsAt * 1_000).toISOString();
      const input = {
        actions: Array.from({ length: ACTIONS_PER_CALL }, (_, index) => ({
          memberId,
          eventId: `${name}-${client}-${turn}-${index}`,
          rule: 'visit',
          occurredAt,
        })),
      };
      const sentAt = Date.now();
      const data = await call(world.program.apiKey, RECORD, { input });
      if (data === null) return;
      counts.slowestRecordingMs = Math.max(counts.slowestRecordingMs, Date.now() - sentAt);
      const { results } = data['actionsRecord'] as { results: { status: string }[] };
      for (const { status } of results) {
        if (status !== 'RECORDED' && status !== 'DUPLICATE') faults.push(JSON.stringify(results));
        actions.set(memberId, (actions.get(memberId) ?? 0) + 1);
        counts.actions += 1;
      }
    }
  };

  const readForever = async (): Promise<void> => {
    for (let turn = 0; !stopping; turn += 1) {
      const data = await call(world.program.apiKey, READ, { memberId: memberOf(turn) });
      if (data === null) return;
      const member = data['member'] as { balance: { stale: boolean } } | null;
      counts.reads += 1;
      if (member?.balance.stale === true) counts.staleReads += 1;
      if (turn % 10 === 0) {
        await call(world.program.apiKey, COLLECT, { memberId: memberOf(turn / 10) });
      }
    }
  };

  const writeForever = async (): Promise<void> => {
    const isMined = (data: Record<string, unknown>): boolean => {
      const { transaction, userErrors } = data['itemAdd'] as {
        transaction: { status: string } | null;
        userErrors: object[];
      };
      if (userErrors.length > 0) faults.push(JSON.stringify(userErrors));
      return userErrors.length > 0 || transaction?.status === 'MINED';
    };
    for (let turn = 0; !stopping; turn += 1) {
      const input = { price: '1', text: `${name} ${turn}`, idempotencyKey: `${name}-${turn}` };
      if ((await call(world.program.operatorApiKey, ADD, { input }, isMined)) === null) return;
      counts.items += 1;
    }
  };

  const clients = [
    ...Array.from({ length: RECORDERS }, (_, client) => recordForever(client)),
    readForever(),
    writeForever(),
  ].map((client) => client.catch((error: unknown) => void faults.push(String(error))));

  return {
    seen: () => ({ ...counts, faults: [...faults], errors: { ...errors } }),
    promisedTo: (memberId) => actions.get(memberId) ?? 0,
    forgetTimes: () => {
      counts.slowestRecordingMs = 0;
    },
    stop: async () => {
      stopping = true;
      await Promise.all(clients);
      return { actions, items: counts.items };
    },
  };
}
