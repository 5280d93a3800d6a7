/** The chain as the services use it. Implemented in `server/src/chain`, the one place that knows an RPC. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program, ProgramContracts } from '../../domain/program.ts';
import type { ProgramEvent } from '../../domain/events.ts';
import type { ChainPosition } from '../../domain/statements/statementRecord.ts';
import type {
  Failure,
  Fees,
  Revert,
  TransactionCall,
} from '../../domain/transactions/transaction.ts';

/**
 * Refusal of an RPC. `retryable` says whether the same call may work later by itself.
 * When no RPC answers at all, a `ServiceError` CHAIN_UNAVAILABLE is thrown instead.
 */
export class ChainError extends Error {
  override readonly name = 'ChainError';
  readonly kind: ChainErrorKind;
  readonly retryable: boolean;

  constructor(args: {
    kind: ChainErrorKind;
    message: string;
    retryable: boolean;
    cause?: unknown;
  }) {
    super(args.message, { cause: args.cause });
    this.kind = args.kind;
    this.retryable = args.retryable;
  }
}
/** The events of one program make no sense. Those of others do. */
export class UnreadableEvents extends Error {
  override readonly name = 'UnreadableEvents';
  /** Points contract of the program. */
  readonly points: Address;

  constructor(points: Address, cause: unknown) {
    super(`The events of the program ${points} make no sense.`, { cause });
    this.points = points;
  }
}
export type ChainErrorKind =
  /** More logs than the RPC gives in one answer: ask for fewer blocks. */
  | 'RANGE_TOO_LARGE'
  /** The node does not have what was asked for (a block that it pruned, a method that it lacks). */
  | 'NOT_SERVED'
  /** A call or an estimate reverted where nothing may revert. */
  | 'REVERTED'
  /** Another worker, or a reorganisation, came between: the step is done again. */
  | 'RACE_LOST'
  /** Anything else that a node says. */
  | 'RPC';

export interface BlockHeader {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly timestampMs: number;
}

export interface ChainLog {
  /** Points contract of the program whose contract emitted it. */
  readonly points: Address;
  readonly at: ChainPosition;
  readonly blockHash: Hex;
  /** Timestamp of the block, unix milliseconds; null for an event of Points where the node does not say. */
  readonly blockTimeMs: number | null;
  readonly event: ProgramEvent;
}

export interface ChainReader {
  head(): Promise<BlockHeader>;
  /** Reads the header of a block; null when the chain has no such block (any more). */
  header(blockNumber: number): Promise<BlockHeader | null>;
  /**
   * Reads the events of these programs in this range, both ends included, in chain order. Unknown events are left out.
   *
   * @throws UnreadableEvents for one that can't be decoded
   */
  logs(args: {
    programs: readonly ProgramContracts[];
    fromBlock: number;
    toBlock: number;
  }): Promise<ChainLog[]>;
}

/** Result of a transaction as if it were mined now. */
export type Simulation =
  | { readonly ok: true; readonly gas: bigint }
  | {
      readonly ok: false;
      readonly reason: 'NOT_RECORDER' | 'REVERTED';
      /** Null when the contract gave no known reason. */
      readonly revert: Revert | null;
      readonly detail: string;
    };

/** Answer of a node to a raw transaction. */
export type BroadcastAnswer =
  /** In its pool (now or already). */
  | 'ACCEPTED'
  /** The nonce is used on chain: by one of our own attempts, or by another holder of this key. */
  | 'NONCE_TOO_LOW'
  /** Another transaction with this nonce is in the pool and pays more, or the fee is below what is taken now. */
  | 'UNDERPRICED'
  /** The account can't pay for the gas. */
  | 'INSUFFICIENT_FUNDS'
  /** Refused for good in this form: replace it at the same nonce. */
  | 'INVALID';

export interface MinedReceipt {
  readonly hash: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly gasUsed: bigint;
  readonly succeeded: boolean;
}

export interface TransactionGateway {
  /** Counts the transactions of the account that are in blocks. */
  minedNonce(account: Address): Promise<number>;
  /** Reads what an account has for gas, in wei. */
  balance(account: Address): Promise<bigint>;
  /** Estimates gas on the newest state that the node knows, its pool included where it can. */
  simulate(from: Address, call: TransactionCall): Promise<Simulation>;
  /**
   * Tells whether a call succeeds within a gas limit, on the same state. A node does so once, where it tries an estimate with
   * one limit after the other.
   */
  succeedsWithin(from: Address, call: TransactionCall, gasLimit: bigint): Promise<boolean>;
  /** Reads the present fees for inclusion soon. */
  fees(): Promise<Fees>;
  /** Reads the highest gas limit of a transaction that a block takes. */
  blockGasLimit(): Promise<bigint>;
  broadcast(raw: Hex): Promise<{ readonly answer: BroadcastAnswer; readonly detail: string }>;
  /** Reads receipts in the order of the hashes; null for those that are in no block. */
  receipts(hashes: readonly Hex[]): Promise<(MinedReceipt | null)[]>;
  /**
   * Finds out why a transaction reverted in its block, through the forwarder as well. Its failure is empty when the node can not
   * tell.
   *
   * @throws ServiceError CHAIN_UNAVAILABLE when no node answers
   */
  revertReason(of: {
    readonly hash: Hex;
    readonly from: Address;
    readonly call: TransactionCall;
    readonly gasLimit: bigint;
    readonly blockNumber: number;
  }): Promise<Failure>;
  /**
   * Reads the base units that the program can mint now: what the budget of the epoch of the next block has left, and of a backed
   * program no more than the reserve backs. Not above 0 when there is nothing left.
   */
  roomLeft(program: Pick<Program, 'address' | 'buyback' | 'backed'>): Promise<bigint>;
}
