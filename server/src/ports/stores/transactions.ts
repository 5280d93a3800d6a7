/** The queue of transactions, and what idempotency keys stand for. Implemented in `server/src/store/transactions`. */
import type {
  Attempt,
  TransactionCall,
  TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import type { MinedReceipt } from '../chain/chain.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

/** What became of a transaction. */
export interface TransactionOutcome {
  /** Of its document. */
  readonly id: string;
  /** Null when somebody else used the nonce. */
  readonly receipt: MinedReceipt | null;
  /** Block of the receipt; without one the newest block by which the nonce was used. */
  readonly blockNumber: number;
}

/** Every write is a compare-and-set on the status (or the number of attempts), so each is a no-op when repeated. */
export interface TransactionStore {
  /**
   * Takes a nonce by inserting its document; false when the nonce, or the `requestId`, is taken already. The insert is
   * the only claim on a nonce that there is.
   */
  insert(transaction: TransactionRecord): Promise<boolean>;
  find(id: string): Promise<TransactionRecord | null>;
  findByRequest(requestId: string): Promise<TransactionRecord | null>;
  /** Those whose `requestId` begins so, oldest first. */
  listByRequestPrefix(prefix: string): Promise<TransactionRecord[]>;
  /** Acts of one kind that are in blocks and succeeded. */
  listMinedOfKind(chainId: number, requestKind: string): Promise<TransactionRecord[]>;
  /** Requests of a member that were queued after a moment, or that are still open. */
  listOfMember(memberId: string, queuedSinceMs: number): Promise<TransactionRecord[]>;
  /** Highest nonce that has a document; null for none. */
  highestNonce(chainId: number, from: Address): Promise<number | null>;
  /** Queued, signed or broadcast, lowest nonce first. */
  listOpen(chainId: number, from: Address, limit: number): Promise<TransactionRecord[]>;
  countOpen(chainId: number, from: Address): Promise<number>;
  /** Nonces within [from, to] that have a document. */
  noncesWithin(args: {
    chainId: number;
    from: Address;
    lowest: number;
    highest: number;
  }): Promise<ReadonlySet<number>>;
  /**
   * Statements of one program that are in open transactions: not handed in a second time meanwhile. Derived from the
   * documents, so there is no claim that could be left behind.
   */
  openStatementIds(programId: string): Promise<Set<string>>;
  /** Saves an attempt before anything is broadcast; false when another attempt was saved meanwhile. */
  addAttempt(id: string, attemptsBefore: number, attempt: Attempt): Promise<boolean>;
  /** signed -> broadcast, or a later sending of the same. */
  markBroadcast(ids: readonly string[], sentAtMs: number): Promise<void>;
  /** Replaces what an open transaction does, at the same nonce; its statements are free again. Back to queued. */
  replaceCall(id: string, call: TransactionCall): Promise<void>;
  /** -> mined, provisional. Only for blocks that the reader has worked off: it then notices when they go away. */
  markMined(outcomes: readonly TransactionOutcome[]): Promise<void>;
  /** mined in a block <= `throughBlock` -> final; raw bytes are dropped. Number of transactions. */
  finalise(chainId: number, throughBlock: number): Promise<number>;
  /** The chain lost every block above this one: what was mined in them is open again, to be sent again. */
  reopenAbove(chainId: number, blockNumber: number): Promise<number>;
  /** Settle transactions that are in blocks, and their gas with calldata. */
  gasUsed(programId: string): Promise<{ readonly transactions: number; readonly gasUsed: bigint }>;
}

/** What an idempotency key stands for. */
export interface IdempotencyRecord {
  /** Of the key and of everything that it is valid within. */
  readonly id: string;
  readonly inputHash: string;
  /** Of the one transaction that is, or will be, queued under the key. */
  readonly requestId: string;
  readonly createdAtMs: number;
}

export interface IdempotencyStore {
  /** Null where there is none, or where it is older than `sinceMs`. */
  find(id: string, sinceMs: number): Promise<IdempotencyRecord | null>;
  /** Writes the record unless one stands there that is not older than `sinceMs`. @returns the one that stands */
  claim(record: IdempotencyRecord, sinceMs: number): Promise<IdempotencyRecord>;
}
