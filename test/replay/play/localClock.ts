import { setTimeout as delay } from 'node:timers/promises';
import { callJsonRpc } from '@dewpoint/infra/chain/jsonRpc.ts';

/** The clock of a local chain, which stands at the pending block's timestamp and can be moved on, never back. */
export interface LocalClock {
  /**
   * Moves the clock to at least this moment (unix seconds). Idempotent.
   *
   * @param from Only from this moment on. A chain that came back from an older state may stand far before it; a jump
   * over the time in between could close windows that nobody has used again yet.
   * @returns false, and nothing is moved, when the clock stands before `from`
   */
  atLeast(timestamp: number, from?: number): Promise<boolean>;
  /** Unix seconds of the pending block, and the number of the newest one. */
  now(): Promise<{ timestamp: number; blockNumber: number }>;
}

/** A chain that is being restarted does not answer for a moment. */
const GIVE_UP_AFTER_MS = 120_000;
const PAUSE_MS = 50;

async function pendingTimestamp(url: string): Promise<number> {
  const block = await callJsonRpc(url, 'eth_getBlockByNumber', ['pending', false]);
  return Number((block as { timestamp: string }).timestamp);
}

/** Moves the clock of the anvil chain behind `rpcUrl`. */
export function createLocalClock(rpcUrl: string): LocalClock {
  /** Repeats what failed: either the chain is away, or a block got in between. */
  async function patiently<T>(run: () => Promise<T | 'again'>): Promise<T> {
    const startedAt = Date.now();
    for (;;) {
      try {
        const result = await run();
        if (result !== 'again') return result;
      } catch (error) {
        if (Date.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
        await delay(PAUSE_MS);
      }
    }
  }

  return {
    atLeast: (timestamp, from = 0) =>
      patiently(async () => {
        const pending = await pendingTimestamp(rpcUrl);
        if (pending >= timestamp) return true;
        if (pending < from) return false;
        await callJsonRpc(rpcUrl, 'evm_setNextBlockTimestamp', [timestamp]);
        await callJsonRpc(rpcUrl, 'evm_mine', []);
        return 'again';
      }),
    now: () =>
      patiently(async () => ({
        timestamp: await pendingTimestamp(rpcUrl),
        blockNumber: Number(await callJsonRpc(rpcUrl, 'eth_blockNumber')),
      })),
  };
}
