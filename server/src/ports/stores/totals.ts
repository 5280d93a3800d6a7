import type { Address } from '@dewpoint/contracts/statement.ts';
import type { OrderCounts } from '../../domain/catalogue/order.ts';

/** Sums as the chain's events say, kept by the reader. */
export interface HoldingStore {
  /** Base units; 0 for an account that never held any. */
  balanceOf(programId: string, account: Address): Promise<bigint>;
  /** Issued = minted so far, burned, both in base units; outstanding = issued - burned. */
  supply(programId: string): Promise<{ readonly issued: bigint; readonly burned: bigint }>;
  /** Base units of the settlement token in the reserve, what is owed included; and what settled rounds owe. */
  reserve(programId: string): Promise<{ readonly reserve: bigint; readonly owed: bigint }>;
  orderCounts(programId: string): Promise<OrderCounts>;
  /** Base units of points that an account has in escrow: for open orders, and locked against changes. */
  escrowed(
    programId: string,
    account: Address,
  ): Promise<{ readonly ordered: bigint; readonly objected: bigint }>;
  /** Newest block that the reader has worked off for this chain, and whether the chain answers. */
  asOf(chainId: number): Promise<{ readonly blockNumber: number; readonly stale: boolean }>;
}
