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
  /** Entries of the log that were added up, voids included. */
  readonly entries: number;
  /** Entries logged from this moment on were counted as recent. Unix milliseconds of the clock on the wall. */
  readonly recentFromMs: number;
  readonly recentEntries: number;
  /** Chain time up to which matured actions count. */
  readonly asOfMs: number;
  /** Rule set that the points are computed by; 0 while none is known. */
  readonly ruleSetVersion: number;
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

/** What one statement says once everything in its log has matured. */
export interface StatementLines extends StatementKey {
  readonly expectedLines: Hex;
}

/** A statement whose first entries were found. */
export interface NewStatement extends StatementKey {
  readonly account: Address;
  /** Close of its recording: from then on the service settles it by itself. */
  readonly settleAfterMs: number;
  /** What its log adds up to; left out for nothing yet. */
  readonly aggregate?: Omit<Aggregate, 'id'>;
}

export interface StatementStore {
  /** Creates statements; those that are there stay as they are. @returns those that were created */
  create(programId: string, created: readonly NewStatement[]): Promise<StatementRecord[]>;
  /** Finds statements of which an action has matured since they were aggregated, oldest epoch first. */
  findMatured(programId: string, nowMs: number, limit: number): Promise<StatementRecord[]>;
  /**
   * Saves aggregates and updates `due`; one that is older than the stored one (`entries`, `asOfMs`) changes nothing.
   *
   * @returns ids of those that were not saved, though what is stored is older in one of the two: they are to be aggregated again
   */
  saveAggregates(programId: string, aggregates: readonly Aggregate[]): Promise<ReadonlySet<string>>;
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
  /** Finds the statements that exist, by id. */
  findByIds(
    programId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StatementRecord>>;
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
   * Adds up what statements of epochs from one on have earned and the chain has not minted, in base units of points.
   *
   * @returns `due` can be settled now; `maturing` comes to it unless it is voided
   */
  unsettledPoints(
    programId: string,
    minEpoch: number,
  ): Promise<{ readonly due: bigint; readonly maturing: bigint }>;
  /** Counts the statements of each epoch within [fromEpoch, toEpoch] that has any, newest epoch first. */
  countByEpoch(
    programId: string,
    range: { readonly fromEpoch: number; readonly toEpoch: number; readonly limit: number },
  ): Promise<readonly { readonly epoch: number; readonly statements: number }[]>;
  /** Reads the lines of the statements of epochs within [fromEpoch, toEpoch], newest epoch first; at most `limit`. */
  linesWithin(
    programId: string,
    range: { readonly fromEpoch: number; readonly toEpoch: number; readonly limit: number },
  ): AsyncIterable<StatementLines>;
  /**
   * Counts statements that are among `unaggregated`, have newly matured actions or are due, and reads the oldest epoch among
   * them. Each counts once, unless hundreds are unaggregated.
   */
  progress(
    programId: string,
    args: {
      readonly minEpoch: number;
      readonly nowMs: number;
      readonly unaggregated: readonly StatementKey[];
    },
  ): Promise<{ readonly open: number; readonly oldestOpenEpoch: number | null }>;
}
