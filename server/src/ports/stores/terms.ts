/** Changes of terms and objections, as the indexer reads them from the chain, documents and drafts. Implemented in `server/src/store/terms`. */
import type { Change, Objection } from '../../domain/terms/change.ts';
import type { Document } from '../../domain/terms/document.ts';
import type { DraftTarget, TermsDraft } from '../../domain/terms/termsDraft.ts';
import type { PageBelow, PageBelowHolder, PageAboveHolder } from './pages.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

export interface ChangeStore {
  find(programId: string, number: number): Promise<Change | null>;
  /** Finds the changes that a transaction announced, oldest first. */
  findByTransaction(programId: string, transactionHash: Hex): Promise<Change[]>;
  /** Finds the newest change that is not enacted, struck down or withdrawn; it may be dead by the clock. */
  findPending(programId: string): Promise<Change | null>;
  list(programId: string, page: PageBelow): Promise<Change[]>;
  /** Lists the changes that hurt members or holders, oldest first: at most one in a notice period. */
  listHurtful(programId: string): Promise<Change[]>;
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

/** Stores the small print of programs by its hash. What has the same text is the same document, for all programs. */
export interface DocumentStore {
  /** Stores a document for ever; one that is there stays as it is. */
  put(document: Document): Promise<void>;
  find(hash: Hex): Promise<Document | null>;
  /** Notes that an organisation stores a document; false when it has before. */
  claim(organisationId: string, hash: Hex, claimedAtMs: number): Promise<boolean>;
  /** Takes a claim back. */
  unclaim(organisationId: string, hash: Hex): Promise<void>;
  hasClaimed(organisationId: string, hash: Hex): Promise<boolean>;
  /** Lists the times of the claims of an organisation after a moment. Unix milliseconds. */
  claimedSince(organisationId: string, sinceMs: number): Promise<number[]>;
}

/** Stores drafts of terms, of each program at most one for each target. */
export interface TermsDraftStore {
  find(programId: string, target: DraftTarget): Promise<TermsDraft | null>;
  /**
   * Saves a draft in the place of a revision; 0 for that of none. No revision ever comes again, also after one was deleted.
   *
   * @returns the draft with its revision; null when another one is there
   */
  replace(draft: Omit<TermsDraft, 'revision'>, revision: number): Promise<TermsDraft | null>;
  /** Deletes this revision of a draft; false when it is not there. */
  delete(draft: Pick<TermsDraft, 'programId' | 'target' | 'revision'>): Promise<boolean>;
}
