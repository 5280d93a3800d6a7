import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import { ServiceError } from '../../domain/errors.ts';
import { parseHeader } from './blocks.ts';
import type { Rpc } from './rpc.ts';

/** Age above which a head does not decide what has matured. */
const FRESH_MS = 60_000;
/** Elsewhere than on a local chain, a head is asked for at most this often. */
const HEAD_CACHE_MS = 1_000;

const BLOCK = 'eth_getBlockByNumber';

/** The head, and when it was asked for. */
interface Seen {
  readonly wallMs: number;
  readonly headMs: number;
  readonly headBlock: number;
}

const unavailable = (error: unknown): boolean =>
  error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE';

/**
 * On a local chain, whose clock may stand anywhere and be moved on: the pending block's timestamp, asked for each time.
 * While that chain is gone, its last time goes on with the clock on the wall.
 */
function createLocalClock(rpc: Rpc, wallNowMs: () => number): ChainClock {
  let last: (Seen & { readonly nowMs: number }) | null = null;
  return {
    now: async (): Promise<ChainTime> => {
      try {
        const [latest, pending] = await rpc.batch([
          { method: BLOCK, params: ['latest', false] },
          { method: BLOCK, params: ['pending', false] },
        ]);
        const head = parseHeader(latest);
        const nowMs = Math.max(parseHeader(pending).timestampMs, head.timestampMs);
        last = { wallMs: wallNowMs(), nowMs, headMs: head.timestampMs, headBlock: head.number };
        const { headMs, headBlock } = last;
        return { nowMs, headMs, headBlock, nextBlockMs: nowMs, fresh: true };
      } catch (error) {
        if (last === null || !unavailable(error)) throw error;
        const nowMs = last.nowMs + Math.max(0, wallNowMs() - last.wallMs);
        const { headMs, headBlock } = last;
        return { nowMs, headMs, headBlock, nextBlockMs: headMs, fresh: false };
      }
    },
  };
}

/** Everywhere else: the later of the head and the clock on the wall, which alone counts while no RPC answers. */
function createWallClock(rpc: Rpc, wallNowMs: () => number): ChainClock {
  let last: Seen | null = null;
  let asking: Promise<Seen> | null = null;

  const ask = async (): Promise<Seen> => {
    const head = parseHeader(await rpc.call(BLOCK, ['latest', false]));
    last = { wallMs: wallNowMs(), headMs: head.timestampMs, headBlock: head.number };
    return last;
  };
  const seen = async (): Promise<Seen | null> => {
    if (last !== null && wallNowMs() - last.wallMs < HEAD_CACHE_MS) return last;
    try {
      asking ??= ask();
      return await asking;
    } catch (error) {
      if (!unavailable(error)) throw error;
      return last;
    } finally {
      asking = null;
    }
  };
  return {
    now: async (): Promise<ChainTime> => {
      const wallMs = wallNowMs();
      const head = await seen();
      if (head === null) {
        return { nowMs: wallMs, headMs: 0, headBlock: 0, nextBlockMs: 0, fresh: false };
      }
      return {
        nowMs: Math.max(head.headMs, wallMs),
        headMs: head.headMs,
        headBlock: head.headBlock,
        nextBlockMs: head.headMs,
        fresh: wallMs - head.headMs <= FRESH_MS,
      };
    },
  };
}

/** Creates the one clock of the service. */
export function createClock(args: {
  rpc: Rpc;
  local: boolean;
  wallNowMs: () => number;
}): ChainClock {
  return args.local
    ? createLocalClock(args.rpc, args.wallNowMs)
    : createWallClock(args.rpc, args.wallNowMs);
}
