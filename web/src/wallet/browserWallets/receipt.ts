import {
  discoverWallets,
  type Eip1193,
  type FoundWallet,
} from '../../shared/browserWallets/discovery.ts';

/** What became of a transaction, by a node that a wallet uses. */
export interface MinedCall {
  readonly blockNumber: number;
  /** Whether it did what it was for. */
  readonly isDone: boolean;
}

/** Wallets announce themselves at once when they are asked. */
const ANNOUNCE_MS = 50;

async function askFor(provider: Eip1193, hash: string, chainId: number): Promise<MinedCall | null> {
  try {
    if (Number(await provider.request({ method: 'eth_chainId' })) !== chainId) return null;
    const receipt: unknown = await provider.request({
      ...{ method: 'eth_getTransactionReceipt', params: [hash] },
    });
    if (typeof receipt !== 'object' || receipt === null) return null;
    const blockNumber = Number(Reflect.get(receipt, 'blockNumber'));
    return { blockNumber, isDone: Number(Reflect.get(receipt, 'status')) === 1 };
  } catch {
    // A wallet that tells nothing of it: another one may, or the service does later.
    return null;
  }
}

/** Asks the wallets of this browser what became of a transaction; null when none knows it in a block. */
export async function receiptOf(hash: string, chainId: number): Promise<MinedCall | null> {
  const wallets: FoundWallet[] = [];
  const stop = discoverWallets((wallet) => wallets.push(wallet));
  await new Promise((resolve) => setTimeout(resolve, ANNOUNCE_MS));
  stop();
  for (const { provider } of wallets) {
    const receipt = await askFor(provider, hash, chainId);
    if (receipt !== null) return receipt;
  }
  return null;
}
