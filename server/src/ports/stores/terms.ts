/** Changes of terms and objections, as the indexer reads them from the chain. Implemented in `server/src/store/terms`. */
import type { Change, Objection } from '../../domain/terms/change.ts';
import type { PageBelow, PageBelowHolder, PageAboveHolder } from './pages.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

export interface ChangeStore {
  find(programId: string, number: number): Promise<Change | null>;
  /** Finds the changes that a transaction announced, oldest first. */
  findByTransaction(programId: string, transactionHash: Hex): Promise<Change[]>;
  /** Finds the newest change that is not enacted, struck down or withdrawn; it may be dead by the clock. */
  findPending(programId: string): Promise<Change | null>;
  list(programId: string, page: PageBelow): Promise<Change[]>;
  findObjection(programId: string, change: number, holder: Address): Promise<Objection | null>;
  /** Lists the objections of these accounts, newest change first. */
  listObjectionsOf(
    programId: string,
    holders: readonly Address[],
    page: PageBelowHolder,
  ): Promise<Objection[]>;
  /** Lists the objections to one change that still have points locked, by holder. */
  listLockedObjections(
    programId: string,
    change: number,
    page: PageAboveHolder,
  ): Promise<Objection[]>;
}
