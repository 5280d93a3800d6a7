/** What the chain says about changes of terms, as the indexer keeps it. Implemented in `server/src/store/terms`. */
import type { Change, Objection } from '../../domain/terms/change.ts';
import type { PageBelow, PageBelowHolder, PageAboveHolder } from './pages.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

export interface ChangeStore {
  find(programId: string, number: number): Promise<Change | null>;
  /** Those that this transaction announced, oldest first. */
  findByTransaction(programId: string, transactionHash: Hex): Promise<Change[]>;
  /** The one that was neither enacted nor struck down nor withdrawn; it may be dead by the clock. The newest of them. */
  findPending(programId: string): Promise<Change | null>;
  list(programId: string, page: PageBelow): Promise<Change[]>;
  findObjection(programId: string, change: number, holder: Address): Promise<Objection | null>;
  /** Of all these accounts; by number of the change, newest first. */
  listObjectionsOf(
    programId: string,
    holders: readonly Address[],
    page: PageBelowHolder,
  ): Promise<Objection[]>;
  /** Of one change, with points still locked; by holder. */
  listLockedObjections(
    programId: string,
    change: number,
    page: PageAboveHolder,
  ): Promise<Objection[]>;
}
