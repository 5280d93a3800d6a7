/** The life of one transaction: what it does, what was signed for it, and where it is. Pure policy. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** What a transaction does. */
export type TransactionCall =
  /** `settle(batch)` of the program at `points`. */
  | { readonly kind: 'settle'; readonly points: Address; readonly batch: Hex }
  /** Sends nothing to oneself: uses up a nonce that nothing else will use. */
  | { readonly kind: 'noop' };

/** Per gas, in wei. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** One signed form of a transaction. All have the same nonce, so at most one is ever mined. */
export interface Attempt extends Fees {
  readonly hash: Hex;
  /** Dropped (null) once the transaction is final. */
  readonly raw: Hex | null;
  readonly gasLimit: bigint;
  readonly signedAtMs: number;
}

/**
 * - `queued`: has its nonce, nothing is signed for the present call
 * - `signed`: the last attempt is saved and may or may not have reached a node
 * - `broadcast`: a node took it
 * - `mined`: in a block, which may still go away; or displaced by somebody else's transaction
 * - `final`: the reader has worked off that block and it is deep enough
 */
export type TransactionStatus = 'queued' | 'signed' | 'broadcast' | 'mined' | 'final';

/** One nonce of one account on one chain. */
export interface TransactionRecord {
  /** `${chainId}:${from}:${nonce}` */
  readonly id: string;
  readonly chainId: number;
  readonly from: Address;
  readonly nonce: number;
  readonly call: TransactionCall;
  /** Null for a noop. */
  readonly programId: string | null;
  /** Statements in the batch: not handed in again while this transaction is open. */
  readonly statementIds: readonly string[];
  readonly gasLimit: bigint;
  readonly status: TransactionStatus;
  readonly attempts: readonly Attempt[];
  readonly queuedAtMs: number;
  /** When the last attempt was handed to a node; null for never. */
  readonly sentAtMs: number | null;
  /** Set while `mined` or `final`. */
  readonly mined: {
    /** Null when another transaction used the nonce. */
    readonly hash: Hex | null;
    readonly blockNumber: number;
    readonly gasUsed: bigint;
    readonly succeeded: boolean;
  } | null;
}
