import { callJsonRpc } from '@dewpoint/infra/jsonRpc.ts';

/** What a chain says of a program. */
export interface ChainTotals {
  /** Base units. */
  readonly totalSupply: bigint;
  /** Transactions to the program, after its creation. */
  readonly transactions: number;
  /** Their gas, whole transactions. */
  readonly gasUsed: number;
}

const TOTAL_SUPPLY = '0x18160ddd';
/** Requests under way at once. */
const CONCURRENT_BLOCKS = 16;

interface BlockReceipt {
  readonly to: string | null;
  readonly gasUsed: string;
}

/** Adds up the receipts of every block: what was paid, whoever sent it, also for what minted nothing. */
export async function readChainTotals(rpcUrl: string, program: string): Promise<ChainTotals> {
  const supply = await callJsonRpc(rpcUrl, 'eth_call', [
    { to: program, data: TOTAL_SUPPLY },
    'latest',
  ]);
  const head = Number(await callJsonRpc(rpcUrl, 'eth_blockNumber'));
  let transactions = 0;
  let gasUsed = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next <= head) {
      const block = `0x${(next++).toString(16)}`;
      const receipts = await callJsonRpc(rpcUrl, 'eth_getBlockReceipts', [block]);
      for (const receipt of receipts as BlockReceipt[]) {
        if (receipt.to?.toLowerCase() !== program.toLowerCase()) continue;
        transactions += 1;
        gasUsed += Number(receipt.gasUsed);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_BLOCKS }, worker));
  return { totalSupply: BigInt(supply as string), transactions, gasUsed };
}
