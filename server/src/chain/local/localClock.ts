import { setTimeout as delay } from 'node:timers/promises';
import type { MovableClock } from '../../ports/chain/clock.ts';
import type { Chain } from '../connect.ts';
import { LOCAL_KEPT_MS } from '../rpc/clock.ts';
import { RpcError } from '../rpc/rpc.ts';

/** Two that move the clock at the same time, or a block in between, make an attempt fail; the next one sees it. */
const MAX_ATTEMPTS = 5;
const MS_PER_SECOND = 1_000;

/**
 * Moves the clock of a local chain on to a time, in whole seconds, by mining a block there. It never moves the clock back.
 *
 * @param ms Unix milliseconds.
 * @throws when the chain is not local, or refuses the time.
 */
export async function moveClockTo(chain: Chain, ms: number): Promise<void> {
  if (!chain.local) throw new Error('only the clock of a local chain can be moved');
  const timestamp = Math.floor(ms / MS_PER_SECOND);
  for (let attempt = 1; ; attempt += 1) {
    const { nowMs } = await chain.clock.now();
    if (nowMs >= timestamp * MS_PER_SECOND) return;
    try {
      await chain.rpc.call('evm_setNextBlockTimestamp', [timestamp]);
      await chain.rpc.call('evm_mine', []);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

/** Opens the clock of a local chain; null for any other chain, whose clock nobody can move. */
export function openMovableClock(chain: Chain): MovableClock | null {
  if (!chain.local) return null;
  return {
    moveTo: async (ms) => {
      try {
        await moveClockTo(chain, ms);
      } catch (error) {
        if (error instanceof RpcError) return false;
        throw error;
      }
      // Every server may go by a time that it has read this long ago.
      await delay(LOCAL_KEPT_MS);
      return true;
    },
  };
}
