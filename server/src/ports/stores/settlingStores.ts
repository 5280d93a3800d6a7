/** What the reader, the settler and the sender keep. Implemented in `server/src/store`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { FactKind, FactName, FactRecords } from '../../domain/projections/project.ts';
import type { BuybackTermsVersion, RuleSet } from '../../domain/program.ts';
import type {
  Attempt,
  TransactionCall,
  TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import type { ChainLog, MinedReceipt } from '../chain/chain.ts';
import type { HoldingStore } from './totals.ts';

/** What became of a transaction. */
export interface Outcome {
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
  listMinedOfKind(chainId: number, actKind: string): Promise<TransactionRecord[]>;
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
  markMined(outcomes: readonly Outcome[]): Promise<void>;
  /** mined in a block <= `throughBlock` -> final; raw bytes are dropped. Number of transactions. */
  finalise(chainId: number, throughBlock: number): Promise<number>;
  /** The chain lost every block above this one: what was mined in them is open again, to be sent again. */
  reopenAbove(chainId: number, blockNumber: number): Promise<number>;
  /** Settle transactions that are in blocks, and their gas with calldata. */
  gasUsed(programId: string): Promise<{ readonly transactions: number; readonly gasUsed: bigint }>;
}

/** An event as stored, with the program that it belongs to. */
export interface StoredEvent extends ChainLog {
  readonly chainId: number;
  readonly programId: string;
}

/** Key: (chain, transaction hash, log index). */
export interface ChainEventStore {
  /** Inserts or replaces. */
  upsert(events: readonly StoredEvent[]): Promise<void>;
  /** In chain order. */
  listAbove(chainId: number, blockNumber: number): Promise<StoredEvent[]>;
  deleteAbove(chainId: number, blockNumber: number): Promise<void>;
  /** `Settled` and `Skipped` of these accounts up to a block, in chain order. */
  statementEvents(
    programId: string,
    accounts: readonly Address[],
    throughBlock: number,
  ): Promise<StoredEvent[]>;
  ruleSets(programId: string, throughBlock: number): Promise<RuleSet[]>;
  buybackTerms(programId: string, throughBlock: number): Promise<BuybackTermsVersion[]>;
  /**
   * Per fact, by `nameOf`: the events that decide it, in chain order; of those whose newest decides, only that one.
   *
   * @param throughBlock Null for all that are stored.
   */
  factEvents(
    programId: string,
    names: readonly FactName[],
    throughBlock: number | null,
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
}

/** What becomes of one fact. */
export interface FactChange extends FactName {
  /** What {@link FactLedger.versions} gave; null when there was no such fact. */
  readonly before: string | null;
  /** Null when the events tell of no such fact (any more). */
  readonly after: { readonly version: string; readonly record: FactRecords[FactKind] } | null;
}

/** Changes, rounds, items, orders and what accounts have in them, each as a fold of its events. */
export interface FactLedger {
  /** Per fact that is there, by `nameOf`: which event its record ends with. */
  versions(programId: string, names: readonly FactName[]): Promise<ReadonlyMap<string, string>>;
  /** @throws ChainError RACE_LOST when a fact is not at its `before` any more: somebody else works on this chain. */
  save(programId: string, changes: readonly FactChange[]): Promise<void>;
}

/** Sums with the position up to which they are worked off: repeating a range adds nothing twice. */
export interface HoldingLedger extends HoldingStore {
  /** Adds what events add to sums, given in chain order; those at or below what is worked off change nothing. */
  apply(programId: string, events: readonly StoredEvent[]): Promise<void>;
  /** Takes back what events added (all that there are above `blockNumber`). Repeating it changes nothing. */
  undo(programId: string, events: readonly StoredEvent[], blockNumber: number): Promise<void>;
}

/** How far the reader is on one chain. */
export interface ReaderCursor {
  readonly chainId: number;
  /** Everything up to this block is worked off. */
  readonly blockNumber: number;
  readonly blockHash: Hex;
  /** Older blocks that were the end of a range, ascending, to find the common ancestor after a reorg. */
  readonly checkpoints: readonly { readonly number: number; readonly hash: Hex }[];
  /** Programs whose events are worked off up to `blockNumber`; a program that is not here is read from its creation. */
  readonly programIds: readonly string[];
  /** Who may write it: see {@link CursorStore.take}. */
  readonly version: number;
}

export interface CursorStore {
  /**
   * Makes the caller the only one that can save: whoever took it before fails from now on. Null when there is no cursor.
   */
  take(chainId: number): Promise<ReaderCursor | null>;
  /** False when somebody else created it first. */
  create(cursor: ReaderCursor): Promise<boolean>;
  /** False when somebody else took the cursor meanwhile; nothing is written then. */
  save(cursor: ReaderCursor): Promise<boolean>;
  /** Notes whether the chain answers; `asOf` says stale without a recent "yes". */
  noteAnswer(chainId: number, answers: boolean): Promise<void>;
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

/** Who works on something, for liveness only: nothing breaks when two do. */
export interface LeaseStore {
  /** Takes or renews; false when somebody else holds it. */
  acquire(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
