import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { callJsonRpc } from '@dewpoint/infra/chain/jsonRpc.ts';
import { Interface } from 'ethers';

/** What a chain says of a program. */
export interface ChainTotals {
  /** Base units. */
  readonly totalSupply: bigint;
  /** Transactions to the program, after its creation. */
  readonly transactions: number;
  /** Their gas, whole transactions. */
  readonly gasUsed: number;
  /** Base units of points that settled rounds bought and burned. */
  readonly boughtBack: bigint;
  /** Base units of the settlement token that was paid for them. */
  readonly paid: bigint;
}

const points = new Interface(pointsAbi);
const buyback = new Interface(buybackAbi);
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
  return {
    totalSupply: BigInt(supply as string),
    transactions,
    gasUsed,
    ...(await readBuyback(rpcUrl, program)),
  };
}

async function readBuyback(
  rpcUrl: string,
  program: string,
): Promise<Pick<ChainTotals, 'boughtBack' | 'paid'>> {
  const data = points.encodeFunctionData('buyback');
  const answer = await callJsonRpc(rpcUrl, 'eth_call', [{ to: program, data }, 'latest']);
  const [address] = points.decodeFunctionResult('buyback', String(answer)) as unknown as [string];
  const logs = (await callJsonRpc(rpcUrl, 'eth_getLogs', [
    { address, fromBlock: '0x0', toBlock: 'latest' },
  ])) as { topics: string[]; data: string }[];
  const sum = (event: string, field: string): bigint =>
    logs
      .map((log) => buyback.parseLog(log))
      .filter((parsed) => parsed?.name === event)
      .reduce((total, parsed) => total + (parsed?.args.getValue(field) as bigint), 0n);
  return { boughtBack: sum('RoundSettled', 'filled'), paid: sum('MoneyClaimed', 'amount') };
}
