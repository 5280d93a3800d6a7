/** How fast the service settles, beside what its chain does alone with the same transactions in the same run. */
import { setTimeout as delay } from 'node:timers/promises';
import { callJsonRpc } from '@dewpoint/infra/chain/jsonRpc.ts';
import { JsonRpcProvider, Transaction } from 'ethers';
import type { DewpointApi, ReportedAction } from '../replay/play/api.ts';
import { createLocalClock } from '../replay/play/localClock.ts';
import type { World } from '../world/world.ts';

const DAY = 86_400;
const MEMBERS = 4_000;
/** The day itself, and the next one, in which its recording closes. */
export const SETTLED_WITHIN_DAYS = 2;
const ACTIONS_PER_CALL = 500;
const POLL_MS = 200;
/** What the one action of a member and day earns, in points. */
const POINTS_OF_ACTION = 2n;
/** Lanes in use on each day. The first day shows cold code and new members, so it does not count. */
export const LANES_OF_DAYS: readonly number[] = [1, 1, 2, 1, 2];
/** As many as a lane has on their way. */
const CONCURRENT_SENDS = 16;

/** A day that was settled, and how to have the chain settle it again. */
export interface SettledDay {
  readonly lanes: number;
  readonly statements: number;
  /** Unix seconds: where the clock was moved to for it. */
  readonly closedAt: number;
  /** From the close of the day's recording to the last statement that the service shows as settled. */
  readonly seconds: number;
  readonly transactions: number;
  /** State of the chain before it. */
  readonly snapshot: unknown;
  /** Signed bytes by lane, lowest nonce first. */
  readonly raws: readonly (readonly string[])[];
}

/** Reads the signed transactions to the program in these blocks, by sender. */
async function rawsBetween(world: World, first: number, last: number): Promise<string[][]> {
  const provider = new JsonRpcProvider(world.rpcUrl, undefined, { cacheTimeout: -1 });
  const bySender = new Map<string, string[]>();
  try {
    for (let number = first; number <= last; number += 1) {
      const block = await provider.getBlock(number, true);
      for (const sent of block?.prefetchedTransactions ?? []) {
        if (sent.to?.toLowerCase() !== world.program.address.toLowerCase()) continue;
        const own = bySender.get(sent.from) ?? [];
        own.push(Transaction.from(sent).serialized);
        bySender.set(sent.from, own);
      }
    }
  } finally {
    provider.destroy();
  }
  return [...bySender.values()];
}

/**
 * Has every member do something on a day, and measures the settling of it all.
 *
 * @param day Epoch, not begun yet.
 */
export async function settleDay(args: {
  readonly world: World;
  readonly api: DewpointApi;
  readonly startsAt: number;
  readonly day: number;
  readonly lanes: number;
}): Promise<SettledDay> {
  const { world, api, startsAt, day, lanes } = args;
  const clock = createLocalClock(world.rpcUrl);
  const dayStartsAt = startsAt + day * DAY;
  await clock.atLeast(dayStartsAt);
  const occurredAt = new Date(dayStartsAt * 1_000).toISOString();
  for (let at = 0; at < MEMBERS; at += ACTIONS_PER_CALL) {
    const actions = Array.from({ length: ACTIONS_PER_CALL }, (_none, index): ReportedAction => {
      const memberId = `settled-${at + index}`;
      const eventId = `${memberId} ${day}`;
      return { memberId, eventId, rule: 'visit', count: 1, amount: '100', occurredAt };
    });
    await api.record(actions);
  }
  const issuedAfter = wholePoints(await api.issuedPoints()) + BigInt(MEMBERS) * POINTS_OF_ACTION;
  const snapshot = await callJsonRpc(world.rpcUrl, 'evm_snapshot');
  const { blockNumber: before } = await clock.now();
  const startedAt = performance.now();
  const closedAt = dayStartsAt + SETTLED_WITHIN_DAYS * DAY - 1;
  await clock.atLeast(closedAt);
  // Counting what is open reads thousands of documents: asked all the time, it would be a good part of what is measured.
  while (wholePoints(await api.issuedPoints()) < issuedAfter) await delay(POLL_MS);
  while ((await api.settlement()).open > 0) await delay(POLL_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { blockNumber: after } = await clock.now();
  const raws = await rawsBetween(world, before + 1, after);
  const transactions = raws.reduce((sum, own) => sum + own.length, 0);
  return { lanes, statements: MEMBERS, closedAt, seconds, transactions, snapshot, raws };
}

const wholePoints = (points: string): bigint => BigInt(points.split('.')[0] ?? 0);

async function sendAll(rpcUrl: string, raws: readonly string[]): Promise<void> {
  const ahead = [...raws];
  const send = async (): Promise<void> => {
    for (let raw = ahead.shift(); raw !== undefined; raw = ahead.shift()) {
      await callJsonRpc(rpcUrl, 'eth_sendRawTransaction', [raw]);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_SENDS }, send));
}

/**
 * Has the chain go back to before a day and take the same transactions once more, with nobody else about.
 *
 * @returns seconds
 */
export async function settleAlone(
  world: World,
  { snapshot, raws, closedAt }: SettledDay,
): Promise<number> {
  await callJsonRpc(world.rpcUrl, 'evm_revert', [snapshot]);
  await createLocalClock(world.rpcUrl).atLeast(closedAt);
  const startedAt = performance.now();
  await Promise.all(raws.map((own) => sendAll(world.rpcUrl, own)));
  for (const raw of raws.flatMap((own) => own.slice(-1))) {
    const { hash } = Transaction.from(raw);
    for (;;) {
      const receipt = await callJsonRpc(world.rpcUrl, 'eth_getTransactionReceipt', [hash]);
      if (receipt !== null) {
        if (Number((receipt as { status: string }).status) === 1) break;
        throw new Error('the chain alone refuses what the service sent');
      }
      await delay(1);
    }
  }
  return (performance.now() - startedAt) / 1_000;
}
