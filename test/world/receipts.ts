import { setTimeout as delay } from 'node:timers/promises';
import type { JsonRpcProvider, TransactionReceipt } from 'ethers';

const POLL_MS = 5;
const GIVE_UP_AFTER_MS = 30_000;

/**
 * Waits until a transaction is in a block. ethers' own `waitForTransaction` looks once and then waits for a next block,
 * which a chain that mines on demand may never make.
 */
export async function minedReceipt(
  provider: JsonRpcProvider,
  hash: string,
): Promise<TransactionReceipt> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < giveUpAt) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt !== null) return receipt;
    await delay(POLL_MS);
  }
  throw new Error(`transaction ${hash} is in no block`);
}
