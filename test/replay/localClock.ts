import { setTimeout as delay } from 'node:timers/promises';
import { callJsonRpc } from '@dewpoint/infra/jsonRpc.ts';

/** The clock of a local chain, which stands at the pending block's timestamp and can be moved on, never back. */
export interface LocalClock {
  /**
   * Moves the clock to at least this moment (unix seconds). Idempotent: called again after a chain came back from an
   * older state, it moves the clock on again.
   */
  atLeast(timestamp: number): Promise<void>;
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
  return {
    async atLeast(timestamp) {
      const startedAt = Date.now();
      for (;;) {
        try {
          if ((await pendingTimestamp(rpcUrl)) >= timestamp) return;
          await callJsonRpc(rpcUrl, 'evm_setNextBlockTimestamp', [timestamp]);
          await callJsonRpc(rpcUrl, 'evm_mine', []);
        } catch (error) {
          // Either the chain is away, or a block got in between: the next look at the clock tells.
          if (Date.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
          await delay(PAUSE_MS);
        }
      }
    },
  };
}
