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

/** What one aggregation of the log found. */
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

/** What the chain says about one statement, from its newest `Settled` / `Skipped` events; null fields for none. */
export interface SettledStatement {
  readonly id: string;
  readonly settledLines: Hex;
  readonly settledPoints: bigint;
  readonly settledAt: ChainPosition | null;
  readonly skipped: Skip | null;
  /** When set, the statement is not handed in before this moment (budget used up: start of the next clock epoch). */
  readonly notBeforeMs: number | null;
}

/** A touch of one statement's log. */
export interface Mark {
  readonly memberId: string;
  readonly epoch: number;
  readonly account: Address;
  /** When its recording closes: from then on it is handed in without anybody asking. */
  readonly settleAfterMs: number;
  /** Actions inserted since the last mark: counted for the soft limit a member and epoch. */
  readonly inserted: number;
}

export interface StatementStore {
  /**
   * Before an insert: increments `marks`, creating statements where there are none. Gives the number of actions
   * recorded so far per statement id, for the soft limit.
   */
  open(programId: string, marks: readonly Mark[]): Promise<ReadonlyMap<string, number>>;
  /** After an insert: increments `marks` of statements that are there. */
  mark(programId: string, marks: readonly Mark[]): Promise<void>;
  /** Increments `marks` of every statement of these epochs (both included): all are aggregated again. */
  markEpochs(programId: string, fromEpoch: number, toEpoch: number): Promise<void>;
  /** Statements whose log was touched since the last aggregation, or in which something matured. Oldest epoch first. */
  findToAggregate(programId: string, nowMs: number, limit: number): Promise<StatementRecord[]>;
  /** Stores aggregates; one that is older than what is stored (`seen`, `asOfMs`) changes nothing. Keeps `due` right. */
  saveAggregates(programId: string, aggregates: readonly Aggregate[]): Promise<void>;
  /** Notes that these were aggregated and nothing had changed, unless they were marked again since `marks` was read. */
  confirm(
    programId: string,
    unchanged: readonly { readonly id: string; readonly marks: number }[],
  ): Promise<void>;
  /**
   * Stores what the chain says; called by the reader only, in chain order, also to undo. Keeps `due` right. Once nothing
   * is due any more, a statement that was hastened waits for the close of its recording again.
   */
  saveSettled(programId: string, states: readonly SettledStatement[]): Promise<void>;
  /** Asks for statements to be handed in now: lowers `settleAfterMs`. */
  hasten(programId: string, ids: readonly string[], settleAfterMs: number): Promise<void>;
  /**
   * Due statements with `settleAfterMs` <= nowMs and epoch within [minEpoch, maxEpoch]; those that wait longest first,
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
  /** Statements for (account, epoch) pairs named by chain events. */
  findByAccounts(
    programId: string,
    pairs: readonly { account: Address; epoch: number }[],
  ): Promise<StatementRecord[]>;
  findById(programId: string, id: string): Promise<StatementRecord | null>;
  /** Newest epoch first; `beforeEpoch` for the next page. */
  listOfMember(args: {
    programId: string;
    memberId: string;
    beforeEpoch: number | null;
    limit: number;
  }): Promise<StatementRecord[]>;
  /** All statements of a member from an epoch on, oldest epoch first. */
  listOfMemberSince(
    programId: string,
    memberId: string,
    minEpoch: number,
  ): Promise<StatementRecord[]>;
  /**
   * How far settling is: statements not aggregated since they were touched or since something matured in them, or due;
   * and the oldest epoch among them.
   */
  progress(
    programId: string,
    minEpoch: number,
    nowMs: number,
  ): Promise<{ readonly open: number; readonly oldestOpenEpoch: number | null }>;
}
