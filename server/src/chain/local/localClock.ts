import type { Chain } from '../connect.ts';

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
