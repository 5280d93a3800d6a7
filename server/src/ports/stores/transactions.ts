/** The queue of transactions and idempotency keys. Implemented in `server/src/store/transactions`. */
import type {
  Attempt,
  Failure,
  TransactionCall,
  TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import type { SigningRecord } from '../../domain/transactions/signingRecord.ts';
import type { MinedReceipt } from '../chain/chain.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';

/** Outcome of a transaction. */
export interface TransactionOutcome {
  /** Id of its document. */
  readonly id: string;
  /** Null when the nonce was used elsewhere. */
  readonly receipt: MinedReceipt | null;
  /** Block of the receipt; without one the newest block by which the nonce was used. */
  readonly blockNumber: number;
  /** Why it reverted; null when it did not. */
  readonly failure: Failure | null;
}

/** An attempt that is signed and not saved yet. */
export interface NewAttempt {
  /** Id of its transaction. */
  readonly id: string;
  /** How many attempts the transaction had when it was signed. */
  readonly attemptsBefore: number;
  readonly attempt: Attempt;
}

/** Stores transactions. Every write compares and sets the status (or the number of attempts), so repeating it does nothing. */
export interface TransactionStore {
  /**
   * Takes a nonce by inserting its document; false when the nonce, or the `requestId`, is taken already. The insert is
   * the only claim on a nonce that there is.
   */
  insert(transaction: TransactionRecord): Promise<boolean>;
  find(id: string): Promise<TransactionRecord | null>;
  findByRequest(requestId: string): Promise<TransactionRecord | null>;
  /** Lists transactions whose `requestId` has a prefix, oldest first. */
  listByRequestPrefix(prefix: string): Promise<TransactionRecord[]>;
  /** Lists writes of one kind that are in blocks and succeeded. */
  listMinedOfKind(chainId: number, requestKind: string): Promise<TransactionRecord[]>;
  /** Lists requests of a member that were queued after a time, or that are still open. */
  listOfMember(memberId: string, queuedSinceMs: number): Promise<TransactionRecord[]>;
  /** Lists open transactions that a member asked for, and those that the relayer sends for it, oldest first. */
  listOpenFor(memberId: string, limit: number): Promise<TransactionRecord[]>;
  /** Reads the highest nonce that has a document; null when there is none. */
  highestNonce(chainId: number, from: Address): Promise<number | null>;
  /** Lists queued, signed and broadcast transactions, lowest nonce first. */
  listOpen(chainId: number, from: Address, limit: number): Promise<TransactionRecord[]>;
  /** @param kind Counts only those that do this. */
  countOpen(chainId: number, from: Address, kind?: TransactionCall['kind']): Promise<number>;
  /** Lists the accounts that have open transactions. */
  listSending(chainId: number): Promise<Address[]>;
  /** Lists open transactions of one kind of a program. */
  listOpenOfKind(programId: string, requestKind: string): Promise<TransactionRecord[]>;
  /** Lists open transactions that carry signed requests of an account to a forwarder. */
  listOpenRequests(forwarder: Address, account: Address): Promise<TransactionRecord[]>;
  /** Lists the nonces within [from, to] that have a document. */
  noncesWithin(args: {
    chainId: number;
    from: Address;
    lowest: number;
    highest: number;
  }): Promise<ReadonlySet<number>>;
  /**
   * Reads the statements of one program that are in open transactions, so that they are not sent twice. Derived from the
   * documents, so there is no claim that could be left behind.
   */
  openStatementIds(programId: string): Promise<Set<string>>;
  /**
   * Saves attempts, of one transaction each, before anything is broadcast. One whose transaction got another attempt meanwhile,
   * or is not open any more, changes nothing.
   *
   * @returns how many were saved
   */
  addAttempts(added: readonly NewAttempt[]): Promise<number>;
  /** Marks transactions as sent: signed -> broadcast, or a later sending of the same. */
  markBroadcast(ids: readonly string[], sentAtMs: number): Promise<void>;
  /** Replaces what an open transaction does, at the same nonce; its statements are free again. Back to queued. */
  replaceCall(id: string, call: TransactionCall, why: Failure): Promise<void>;
  /** Has a final transaction do nothing if a lost block ever opens it again: another one has taken its place. */
  retire(id: string): Promise<void>;
  /** Tells whether a transaction is in a block that carried out the request of an account with this nonce at the forwarder. */
  hasForwarded(forwarder: Address, account: Address, forwardNonce: bigint): Promise<boolean>;
  /** Marks transactions as mined, in blocks that the indexer has read: it notices when they go away. */
  markMined(outcomes: readonly TransactionOutcome[]): Promise<void>;
  /** Makes transactions mined in a block <= `throughBlock` final and drops their raw bytes. @returns how many */
  finalise(chainId: number, throughBlock: number): Promise<number>;
  /** Opens the transactions that were mined above a block again, as the chain lost these blocks. */
  reopenAbove(chainId: number, blockNumber: number): Promise<number>;
  /** Counts the settle transactions that are in blocks, and adds up their gas with calldata. */
  gasUsed(programId: string): Promise<{ readonly transactions: number; readonly gasUsed: bigint }>;
}

/** Stores what wallets were asked to sign, for a day. */
export interface SigningStore {
  /** Inserts a request. @returns the one that is stored under its id */
  keep(record: SigningRecord): Promise<SigningRecord>;
  find(id: string): Promise<SigningRecord | null>;
}

/** The write that an idempotency key names. */
export interface IdempotencyRecord {
  /** Hash of the key and of everything that it is valid within. */
  readonly id: string;
  readonly inputHash: string;
  /** Name of the one transaction that is, or will be, queued under the key. */
  readonly requestId: string;
  readonly createdAtMs: number;
  /** Name of the failed transaction that this one takes the place of; null for the first. */
  readonly replaces: string | null;
}

export interface IdempotencyStore {
  /** Finds the record of a key; null when there is none or it is older than `sinceMs`. */
  find(id: string, sinceMs: number): Promise<IdempotencyRecord | null>;
  /** Writes the record unless there is one that is not older than `sinceMs`. @returns the one that is stored then */
  claim(record: IdempotencyRecord, sinceMs: number): Promise<IdempotencyRecord>;
  /** Writes the record if it `replaces` the request that is stored. @returns the one that is stored then */
  replace(record: IdempotencyRecord): Promise<IdempotencyRecord>;
}

/** A write that sends no transaction, under its idempotency key. */
export interface OnceRecord {
  /** Hash of the key and of everything that it is valid within. */
  readonly id: string;
  readonly inputHash: string;
  /** Name of the effect, for what it writes to be found again after a crash. */
  readonly effectId: string;
  /** JSON text of the result; null until it is done. */
  readonly result: string | null;
  readonly createdAtMs: number;
}

export interface OnceStore {
  /** Inserts a write, unless there is one under its id that is not older than `sinceMs`. @returns the one that stands */
  claim(record: OnceRecord, sinceMs: number): Promise<OnceRecord>;
  find(id: string, sinceMs: number): Promise<OnceRecord | null>;
  /** Saves the result of an effect, unless one is saved. @returns the one that stands */
  finish(id: string, effectId: string, result: string): Promise<string>;
  /** Frees the key of an effect that was refused: nothing was done. */
  free(id: string, effectId: string): Promise<void>;
}
