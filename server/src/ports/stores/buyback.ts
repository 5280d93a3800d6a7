/** Rounds and shares, as the indexer reads them from the chain. Implemented in `server/src/store/buyback`. */
import type { Round, Share } from '../../domain/buyback/round.ts';
import type { PageBelowHolder, PageAboveHolder } from './pages.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

export interface RoundStore {
  /** Finds those of these rounds that have events. */
  findMany(programId: string, rounds: readonly number[]): Promise<Round[]>;
  /** Lists rounds with tenders that are not settled, oldest first: at most one that has closed, and the open one. */
  listUnsettled(programId: string): Promise<Round[]>;
  findShare(programId: string, round: number, holder: Address): Promise<Share | null>;
  /** Lists the shares of these accounts, newest round first. Shares that were taken out again (amount 0) are left out. */
  listSharesOf(
    programId: string,
    holders: readonly Address[],
    page: PageBelowHolder,
  ): Promise<Share[]>;
  /** Lists the shares of a holder whose points are not claimed back, newest round first: at most one for each round. */
  listUnclaimedOf(programId: string, holder: Address): Promise<Share[]>;
  /** Lists the shares of a holder whose money is not claimed, oldest round first. The round tells whether it owes any. */
  listUnpaidOf(programId: string, holder: Address): Promise<Share[]>;
  /** Lists the shares of one round by holder. Shares that were taken out again (amount 0) are left out. */
  listSharesIn(programId: string, round: number, page: PageAboveHolder): Promise<Share[]>;
  /** Lists the shares of one round whose points are not claimed back, by holder. The round tells whether there are any. */
  listUnclaimed(programId: string, round: number, page: PageAboveHolder): Promise<Share[]>;
}
