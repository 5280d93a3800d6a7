/** Statements, from the log to the chain. Implemented in `server/src/store/statements`. */
import type {
  ChainPosition,
  Skip,
  StatementRecord,
} from '../../domain/statements/statementRecord.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** Names one statement. */
export interface StatementKey {
  readonly memberId: string;
  readonly epoch: number;
}

/** Result of one aggregation of the log. */
export interface Aggregate {
  readonly id: string;
  /** `marks` as read BEFORE the log was read. */
  readonly seen: number;
  readonly asOfMs: number;
  readonly lines: Hex;
  readonly points: bigint;
  readonly expectedLines: Hex;
  readonly expectedPoints: bigint;
  readonly nextMaturesAtMs: number | null;
}

/** State of one statement on chain, from its newest `Settled` and `Skipped` events; fields are null without one. */
export interface SettledStatement {
  readonly id: string;
  readonly settledLines: Hex;
  readonly settledPoints: bigint;
  readonly settledAt: ChainPosition | null;
  readonly skipped: Skip | null;
  /** Time before which the statement is not settled (budget used up: start of the next epoch); null for none. */
  readonly notBeforeMs: number | null;
}

/** Mark that the log of one statement has changed. */
export interface Mark {
  readonly memberId: string;
  readonly epoch: number;
  readonly account: Address;
  /** Close of its recording: from then on the service settles it by itself. */
  readonly settleAfterMs: number;
  /** Actions inserted since the last mark: counted for the soft limit a member and epoch. */
  readonly inserted: number;
}

export interface StatementStore {
  /**
   * Increments `marks` before an insert, creating statements where there are none.
   *
   * @returns the number of actions recorded so far per statement id, for the soft limit
   */
  open(programId: string, marks: readonly Mark[]): Promise<ReadonlyMap<string, number>>;
  /** Increments `marks` of existing statements after an insert. */
  mark(programId: string, marks: readonly Mark[]): Promise<void>;
  /** Increments `marks` of every statement of these epochs (both included), so that all are aggregated again. */
  markEpochs(programId: string, fromEpoch: number, toEpoch: number): Promise<void>;
  /** Finds statements with new or newly matured actions since the last aggregation, oldest epoch first. */
  findToAggregate(programId: string, nowMs: number, limit: number): Promise<StatementRecord[]>;
  /** Saves aggregates and updates `due`; one that is older than the stored one (`seen`, `asOfMs`) changes nothing. */
  saveAggregates(programId: string, aggregates: readonly Aggregate[]): Promise<void>;
  /** Notes that these were aggregated and nothing had changed, unless they were marked again since `marks` was read. */
  confirm(
    programId: string,
    unchanged: readonly { readonly id: string; readonly marks: number }[],
  ): Promise<void>;
  /**
   * Saves the state of statements on chain and updates `due`; only the indexer calls it, in chain order, also to undo. Once
   * nothing is due any more, a hastened statement waits for the close of its recording again.
   */
  saveSettled(programId: string, states: readonly SettledStatement[]): Promise<void>;
  /** Lowers `settleAfterMs`, so that statements are settled now. */
  hasten(programId: string, ids: readonly string[], settleAfterMs: number): Promise<void>;
  /**
   * Finds due statements with `settleAfterMs` <= nowMs and epoch within [minEpoch, maxEpoch]; those that wait longest first,
   * all epochs of one member next to each other. Due ones below minEpoch have lapsed: they are never due again.
   */
  findDue(args: {
    programId: string;
    nowMs: number;
    minEpoch: number;
    maxEpoch: number;
    limit: number;
    excludeIds: ReadonlySet<string>;
  }): Promise<StatementRecord[]>;
  /** Finds the statements of (account, epoch) pairs in chain events. */
  findByAccounts(
    programId: string,
    pairs: readonly { account: Address; epoch: number }[],
  ): Promise<StatementRecord[]>;
  findById(programId: string, id: string): Promise<StatementRecord | null>;
  /** Lists statements of a member, newest epoch first; `beforeEpoch` for the next page. */
  listOfMember(args: {
    programId: string;
    memberId: string;
    beforeEpoch: number | null;
    limit: number;
  }): Promise<StatementRecord[]>;
  /** Lists all statements of a member from an epoch on, oldest epoch first. */
  listOfMemberSince(
    programId: string,
    memberId: string,
    minEpoch: number,
  ): Promise<StatementRecord[]>;
  /**
   * Counts statements that have new or newly matured actions or are due, and reads the oldest epoch among them.
   */
  progress(
    programId: string,
    minEpoch: number,
    nowMs: number,
  ): Promise<{ readonly open: number; readonly oldestOpenEpoch: number | null }>;
}
