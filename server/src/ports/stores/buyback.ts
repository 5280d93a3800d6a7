/** What the chain says about rounds, as the indexer keeps it. Implemented in `server/src/store/buyback`. */
import type { Round, Share } from '../../domain/buyback/round.ts';
import type { PageBelowHolder, PageAboveHolder } from './pages.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

export interface RoundStore {
  /** Those of these rounds in which something happened. */
  findMany(programId: string, rounds: readonly number[]): Promise<Round[]>;
  /** Rounds with tenders that are not settled, oldest first: one at most that has closed, and the open one. */
  listUnsettled(programId: string): Promise<Round[]>;
  findShare(programId: string, round: number, holder: Address): Promise<Share | null>;
  /** Of all these accounts; by round, newest first. Those that were taken out again (amount 0) are left out. */
  listSharesOf(
    programId: string,
    holders: readonly Address[],
    page: PageBelowHolder,
  ): Promise<Share[]>;
  /** Every share of a holder whose points were not claimed back yet, newest round first: at most one for each round. */
  listUnclaimedOf(programId: string, holder: Address): Promise<Share[]>;
  /** Shares of one round that were not claimed yet; by holder. Whether anything is to be claimed follows from the round. */
  listUnclaimed(
    programId: string,
    round: number,
    claim: 'POINTS' | 'MONEY',
    page: PageAboveHolder,
  ): Promise<Share[]>;
}
