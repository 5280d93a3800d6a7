import { setTimeout as delay } from 'node:timers/promises';
import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import { ServiceError } from '../../domain/errors.ts';
import { parseHeader } from './blocks.ts';
import { RpcError, type Rpc } from './rpc.ts';
import { shareReads } from '../../lib/sharedReads.ts';

/** Age above which a head does not decide what has matured. */
const FRESH_MS = 60_000;
/** Elsewhere than on a local chain, a head is asked for at most this often. */
const HEAD_KEPT_MS = 1_000;
/** The same for recording on a local chain, whose clock may be moved on at any moment. */
export const LOCAL_KEPT_MS = 100;
/** How long a chain that hangs holds a call up: a receipt is to be had within a second, recording sooner. */
const NOW_WAIT_MS = 500;
const RECENT_WAIT_MS = 200;
/** The same once it is known to hang: enough for one that is back. */
const AWAY_WAIT_MS = 50;

const BLOCK = 'eth_getBlockByNumber';

/** What a read of the chain gave, and when. */
interface Seen {
  readonly wallMs: number;
  readonly headMs: number;
  readonly headBlock: number;
  /** Timestamp of the pending block on a local chain, of the head elsewhere. */
  readonly nextBlockMs: number;
}

/** One kind of chain: how it is read, and what time it is by what was read. */
interface Kind {
  readonly read: () => Promise<Omit<Seen, 'wallMs'>>;
  /** How long {@link ChainClock.now} and {@link ChainClock.recent} take what was read. */
  readonly keptMs: number;
  readonly recentKeptMs: number;
  /** @param answered Whether the chain gave `seen` now or within the kept time. */
  readonly timeBy: (seen: Seen, answered: boolean) => ChainTime;
  /** Before the first answer; null where nothing can be said then. */
  readonly timeWithout: () => ChainTime | null;
}

/** A node that refuses to say what time it is may be asked later, as may one that does not answer. */
const isAway = (error: unknown): boolean =>
  error instanceof RpcError ||
  (error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE');

/** A local chain's clock may stand anywhere and be moved on: the pending block has it. */
const localChain = (rpc: Rpc, wallNowMs: () => number): Kind => ({
  read: async () => {
    const [latest, pending] = await rpc.batch([
      { method: BLOCK, params: ['latest', false] },
      { method: BLOCK, params: ['pending', false] },
    ]);
    const head = parseHeader(latest);
    const nextBlockMs = Math.max(parseHeader(pending).timestampMs, head.timestampMs);
    return { headMs: head.timestampMs, headBlock: head.number, nextBlockMs };
  },
  keptMs: 0,
  recentKeptMs: LOCAL_KEPT_MS,
  timeBy: ({ wallMs, headMs, headBlock, nextBlockMs }, answered) =>
    answered
      ? { nowMs: nextBlockMs, headMs, headBlock, nextBlockMs, fresh: true }
      : {
          nowMs: nextBlockMs + Math.max(0, wallNowMs() - wallMs),
          headMs,
          headBlock,
          nextBlockMs: headMs,
          fresh: false,
        },
  timeWithout: () => null,
});

/** Everywhere else: the later of the head and the clock on the wall, which alone counts before the first answer. */
const publicChain = (rpc: Rpc, wallNowMs: () => number): Kind => ({
  read: async () => {
    const head = parseHeader(await rpc.call(BLOCK, ['latest', false]));
    return { headMs: head.timestampMs, headBlock: head.number, nextBlockMs: head.timestampMs };
  },
  keptMs: HEAD_KEPT_MS,
  recentKeptMs: HEAD_KEPT_MS,
  timeBy: ({ headMs, headBlock, nextBlockMs }) => {
    const wallMs = wallNowMs();
    const fresh = wallMs - headMs <= FRESH_MS;
    return { nowMs: Math.max(headMs, wallMs), headMs, headBlock, nextBlockMs, fresh };
  },
  timeWithout: () => ({
    nowMs: wallNowMs(),
    headMs: 0,
    headBlock: 0,
    nextBlockMs: 0,
    fresh: false,
  }),
});

/** Creates the one clock of the service. */
export function createClock(args: {
  rpc: Rpc;
  local: boolean;
  wallNowMs: () => number;
}): ChainClock {
  const { rpc, wallNowMs } = args;
  const kind = (args.local ? localChain : publicChain)(rpc, wallNowMs);
  let last: Seen | null = null;
  let away = false;

  const reads = shareReads(async () => {
    try {
      // Of the beginning: what is read is at most as old as that says.
      const wallMs = wallNowMs();
      last = { wallMs, ...(await kind.read()) };
      away = false;
    } catch (error) {
      if (!isAway(error)) throw error;
      away = true;
      if (last === null && kind.timeWithout() === null) throw error;
    }
  });

  /** Waits for a read, but goes on without its answer when it takes too long; the read itself goes on too. */
  const waitFor = async (reading: Promise<void>, waitMs: number): Promise<void> => {
    const answered = new AbortController();
    const late = delay(away ? AWAY_WAIT_MS : waitMs, true, { signal: answered.signal });
    late.catch(() => undefined);
    try {
      if ((await Promise.race([reading, late])) !== true) return;
    } finally {
      answered.abort();
    }
    away = true;
    if (last === null && kind.timeWithout() === null) await reading;
    else reading.catch(() => undefined);
  };

  const time = async (keptMs: number, waitMs: number): Promise<ChainTime> => {
    const isKept = last !== null && !away && wallNowMs() - last.wallMs < keptMs;
    if (!isKept) await waitFor(keptMs > 0 ? reads.current() : reads.next(), waitMs);
    const known = last === null ? kind.timeWithout() : kind.timeBy(last, !away);
    if (known === null) throw new Error('a read without an answer did not fail');
    return known;
  };

  return {
    now: () => time(kind.keptMs, NOW_WAIT_MS),
    recent: () => time(kind.recentKeptMs, RECENT_WAIT_MS),
  };
}
