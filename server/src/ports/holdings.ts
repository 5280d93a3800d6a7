import type { Address } from '@dewpoint/contracts/statement.ts';

/** Balances as the chain's Transfer events say, kept by the reader. */
export interface HoldingStore {
  /** Base units; 0 for an account that never held any. */
  balanceOf(programId: string, account: Address): Promise<bigint>;
  /** Issued = minted so far, burned, both in base units; outstanding = issued - burned. */
  supply(programId: string): Promise<{ readonly issued: bigint; readonly burned: bigint }>;
  /** Newest block that the reader has worked off for this chain, and whether the chain answers. */
  asOf(chainId: number): Promise<{ readonly blockNumber: number; readonly stale: boolean }>;
}
