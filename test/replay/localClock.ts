import { setTimeout as delay } from 'node:timers/promises';

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

interface RpcAnswer {
  readonly result?: unknown;
  readonly error?: { message: string };
}

async function rpc(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const answer = (await response.json()) as RpcAnswer;
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

async function pendingTimestamp(url: string): Promise<number> {
  const block = await rpc(url, 'eth_getBlockByNumber', ['pending', false]);
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
          await rpc(rpcUrl, 'evm_setNextBlockTimestamp', [timestamp]);
          await rpc(rpcUrl, 'evm_mine', []);
        } catch (error) {
          // Either the chain is away, or a block got in between: the next look at the clock tells.
          if (Date.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
          await delay(PAUSE_MS);
        }
      }
    },
  };
}
