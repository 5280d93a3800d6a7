import { setTimeout as delay } from 'node:timers/promises';
import type { Provider, TransactionReceipt } from 'ethers';

/** A local chain mines at once, others within seconds: look often at first, then less and less. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;
/** Minutes of waiting for a transaction mean that its fee is too low, or the node is ill. */
const GIVE_UP_AFTER_MS = 300_000;

/**
 * Waits until a transaction is in a block, whether it succeeded there or reverted. ethers' own `waitForTransaction` looks once and then waits for a next block,
 * which a chain that mines on demand may never make.
 */
export async function minedReceipt(
  provider: Pick<Provider, 'getTransactionReceipt'>,
  hash: string,
): Promise<TransactionReceipt> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let pauseMs = FIRST_PAUSE_MS; Date.now() < giveUpAt; pauseMs *= 1.5) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt !== null) return receipt;
    await delay(Math.min(pauseMs, LONGEST_PAUSE_MS));
  }
  throw new Error(`transaction ${hash} is in no block`);
}
