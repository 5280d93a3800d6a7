/** Events of the chain and the projections and totals that are derived from them. Implemented in `server/src/store/indexer`. */
import type { ChainMoment, ReadEvent } from '../../domain/events.ts';
import type { DailyTotal } from '../../domain/projections/totals.ts';
import type { OrderCounts } from '../../domain/catalogue/order.ts';
import type { BuybackTermsVersion, RuleSet } from '../../domain/program.ts';
import type {
  ProjectionKind,
  ProjectionName,
  Projections,
} from '../../domain/projections/project.ts';
import type { ChainPosition } from '../../domain/statements/statementRecord.ts';
import type { ChainLog } from '../chain/chain.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** An event as stored, with the program that it belongs to. */
export interface StoredEvent extends Omit<ChainLog, 'event'> {
  readonly chainId: number;
  readonly programId: string;
  readonly event: ReadEvent;
}

/** Names the statement of an account and an epoch. */
export interface StatementOnChain {
  readonly account: Address;
  readonly epoch: number;
}

/** Stores events under the key (chain, transaction hash, log index). */
export interface ChainEventStore {
  /** Inserts or replaces events. */
  upsert(events: readonly StoredEvent[]): Promise<void>;
  /** Lists the events above a block in chain order. */
  listAbove(chainId: number, blockNumber: number): Promise<StoredEvent[]>;
  deleteAbove(chainId: number, blockNumber: number): Promise<void>;
  /** Lists outcomes of these statements up to a block, in chain order. */
  statementEvents(
    programId: string,
    statements: readonly StatementOnChain[],
    throughBlock: number,
  ): Promise<StoredEvent[]>;
  /**
   * Lists the events that happened to accounts (see `domain/members/activity.ts`), newest first.
   *
   * @param page `limit` events below a position, or from the newest on; with `to`, only moves to that account.
   */
  ofHolders(
    programId: string,
    holders: readonly Address[],
    kinds: readonly ReadEvent['kind'][],
    page: {
      readonly below: { readonly blockNumber: number; readonly logIndex: number } | null;
      readonly limit: number;
      readonly to?: Address;
    },
  ): Promise<StoredEvent[]>;
  /**
   * Finds the moments of events by their positions, as `positionKey` names them. What is not stored, or was stored without its
   * time, has none.
   */
  momentsOf(
    chainId: number,
    positions: readonly ChainPosition[],
  ): Promise<ReadonlyMap<string, ChainMoment>>;
  /**
   * Reads the sum of all objections to a change after each step of time in which one came, oldest first.
   *
   * @returns steps from 0 for the first `stepMs` after `fromMs`, and base units of points
   */
  objectionsByStep(
    programId: string,
    change: number,
    range: { readonly fromMs: number; readonly stepMs: number },
  ): Promise<readonly { readonly step: number; readonly objections: bigint }[]>;
  /** Finds the first block of a range with events of these kinds; null for none. @param above The block before the range. */
  nextBlock(
    programId: string,
    kinds: readonly ReadEvent['kind'][],
    range: { readonly above: number; readonly through: number },
  ): Promise<number | null>;
  /** Lists the events of these kinds in a range, in chain order. */
  listRange(
    programId: string,
    kinds: readonly ReadEvent['kind'][],
    range: { readonly above: number; readonly through: number },
  ): Promise<StoredEvent[]>;
  /** Reads the base units of money that came into the reserve since a time, less those that were withdrawn. */
  addedToReserve(programId: string, sinceMs: number): Promise<bigint>;
  ruleSets(programId: string, throughBlock: number): Promise<RuleSet[]>;
  buybackTerms(programId: string, throughBlock: number): Promise<BuybackTermsVersion[]>;
  /**
   * Reads the events that decide each projection, by `nameOf`, in chain order; of events whose newest decides, only that one.
   *
   * @param throughBlock Null for all that are stored.
   */
  projectionEvents(
    programId: string,
    names: readonly ProjectionName[],
    throughBlock: number | null,
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
}

/** A new state of one projection. */
export interface ProjectionChange extends ProjectionName {
  /** Version from {@link ProjectionLedger.versions}; null when there was no such projection. */
  readonly before: string | null;
  /** Null when the events mention no such projection (any more). */
  readonly after: { readonly version: string; readonly record: Projections[ProjectionKind] } | null;
}

/** Stores changes, rounds, items, orders, shares, objections and anchors, each as a fold of its events. */
export interface ProjectionLedger {
  /** Reads the version of each existing projection, by `nameOf`: the event that its record ends with. */
  versions(
    programId: string,
    names: readonly ProjectionName[],
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * Saves new states of projections.
   *
   * @throws ChainError RACE_LOST when a projection is not at its `before` any more, as another worker changed it
   */
  save(programId: string, changes: readonly ProjectionChange[]): Promise<void>;
}

/** Reads totals that the indexer keeps from events. */
export interface TotalsStore {
  /** Reads the balance of an account in base units; 0 for an account that never had any. */
  balanceOf(programId: string, account: Address): Promise<bigint>;
  /** Reads the balances of accounts in base units, in their order. */
  balancesOf(programId: string, accounts: readonly Address[]): Promise<bigint[]>;
  /** Reads how many accounts but these have a balance. */
  holders(programId: string, except: readonly Address[]): Promise<number>;
  /** Reads how many accounts have tendered in each of these rounds, in their order. */
  tenderers(programId: string, rounds: readonly number[]): Promise<number[]>;
  /** Reads the base units minted (`issued`) and burned so far; outstanding = issued - burned. */
  supply(programId: string): Promise<{ readonly issued: bigint; readonly burned: bigint }>;
  /**
   * Reads totals, and what each day from one on through another added to them, at one moment and in base units: a row a day, in the
   * order of the totals.
   *
   * @param range Days since 1970, in UTC.
   */
  addedOnDays(
    programId: string,
    totals: readonly DailyTotal[],
    range: { readonly fromDay: number; readonly toDay: number },
  ): Promise<{ readonly totals: bigint[]; readonly days: bigint[][] }>;
  /** Reads the base units of the settlement token in the reserve, including those that settled rounds owe. */
  reserve(programId: string): Promise<{ readonly reserve: bigint; readonly owed: bigint }>;
  /** Reads the block of the newest event that is in the reserve of {@link reserve}; 0 for none. */
  reserveChangedAt(programId: string): Promise<number>;
  orderCounts(programId: string): Promise<OrderCounts>;
  /** Reads the base units of points that an account has in escrow: for open orders, and locked against changes. */
  escrowed(
    programId: string,
    account: Address,
  ): Promise<{ readonly ordered: bigint; readonly objected: bigint }>;
  /** Reads the newest block of this chain that the indexer has read, and whether no node answers. */
  asOf(chainId: number): Promise<{ readonly blockNumber: number; readonly stale: boolean }>;
}

/** Stores totals with the position up to which events are added: repeating a range adds nothing twice. */
export interface TotalsLedger extends TotalsStore {
  /** Adds events to totals, given in chain order; events at or below the position change nothing. */
  apply(programId: string, events: readonly StoredEvent[]): Promise<void>;
  /** Undoes events, given all those above `blockNumber`. Repeating it changes nothing. */
  undo(programId: string, events: readonly StoredEvent[], blockNumber: number): Promise<void>;
}

/** How far the indexer is on one chain. */
export interface IndexerCursor {
  readonly chainId: number;
  /** Everything up to this block is in the read model. */
  readonly blockNumber: number;
  readonly blockHash: Hex;
  /** Older blocks that were the end of a range, ascending, to find the common ancestor after a reorg. */
  readonly checkpoints: readonly { readonly number: number; readonly hash: Hex }[];
  /** Programs whose events are read up to `blockNumber`; any other program is read from its creation. */
  readonly programIds: readonly string[];
  /** Programs of these that are read up to an earlier block only, since their events after it make no sense. */
  readonly halted: readonly { readonly programId: string; readonly blockNumber: number }[];
  /** Names the one that may save it: see {@link CursorStore.take}. */
  readonly version: number;
}

export interface CursorStore {
  /**
   * Makes the caller the only one that can save the cursor: earlier takers fail from now on. Null when there is no cursor.
   */
  take(chainId: number): Promise<IndexerCursor | null>;
  /** Creates the cursor; false when another worker created it first. */
  create(cursor: IndexerCursor): Promise<boolean>;
  /** Saves the cursor; false, with nothing written, when another worker took it meanwhile. */
  save(cursor: IndexerCursor): Promise<boolean>;
  /** Notes whether the chain answers; `asOf` is stale without a recent "yes". */
  noteAnswer(chainId: number, answers: boolean): Promise<void>;
}
