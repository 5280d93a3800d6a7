/** Events of the chain and what is derived from them. Implemented in `server/src/store/indexer`. */
import type { OrderCounts } from '../../domain/catalogue/order.ts';
import type { BuybackTermsVersion, RuleSet } from '../../domain/program.ts';
import type {
  ProjectionKind,
  ProjectionName,
  Projections,
} from '../../domain/projections/project.ts';
import type { ChainLog } from '../chain/chain.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

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
   * Per projection, by `nameOf`: the events that decide it, in chain order; of those whose newest decides, only that one.
   *
   * @param throughBlock Null for all that are stored.
   */
  projectionEvents(
    programId: string,
    names: readonly ProjectionName[],
    throughBlock: number | null,
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
}

/** What becomes of one projection. */
export interface ProjectionChange extends ProjectionName {
  /** What {@link ProjectionLedger.versions} gave; null when there was no such projection. */
  readonly before: string | null;
  /** Null when the events tell of no such projection (any more). */
  readonly after: { readonly version: string; readonly record: Projections[ProjectionKind] } | null;
}

/** Changes, rounds, items, orders and what accounts have in them, each as a fold of its events. */
export interface ProjectionLedger {
  /** Per projection that is there, by `nameOf`: which event its record ends with. */
  versions(
    programId: string,
    names: readonly ProjectionName[],
  ): Promise<ReadonlyMap<string, string>>;
  /** @throws ChainError RACE_LOST when a projection is not at its `before` any more: somebody else works on this chain. */
  save(programId: string, changes: readonly ProjectionChange[]): Promise<void>;
}

/** Sums as the chain's events say, kept by the reader. */
export interface TotalsStore {
  /** Base units; 0 for an account that never held any. */
  balanceOf(programId: string, account: Address): Promise<bigint>;
  /** Issued = minted so far, burned, both in base units; outstanding = issued - burned. */
  supply(programId: string): Promise<{ readonly issued: bigint; readonly burned: bigint }>;
  /** Base units of the settlement token in the reserve, what is owed included; and what settled rounds owe. */
  reserve(programId: string): Promise<{ readonly reserve: bigint; readonly owed: bigint }>;
  orderCounts(programId: string): Promise<OrderCounts>;
  /** Base units of points that an account has in escrow: for open orders, and locked against changes. */
  escrowed(
    programId: string,
    account: Address,
  ): Promise<{ readonly ordered: bigint; readonly objected: bigint }>;
  /** Newest block that the reader has worked off for this chain, and whether the chain answers. */
  asOf(chainId: number): Promise<{ readonly blockNumber: number; readonly stale: boolean }>;
}

/** Sums with the position up to which they are worked off: repeating a range adds nothing twice. */
export interface TotalsLedger extends TotalsStore {
  /** Adds what events add to sums, given in chain order; those at or below what is worked off change nothing. */
  apply(programId: string, events: readonly StoredEvent[]): Promise<void>;
  /** Takes back what events added (all that there are above `blockNumber`). Repeating it changes nothing. */
  undo(programId: string, events: readonly StoredEvent[], blockNumber: number): Promise<void>;
}

/** How far the reader is on one chain. */
export interface IndexerCursor {
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
  take(chainId: number): Promise<IndexerCursor | null>;
  /** False when somebody else created it first. */
  create(cursor: IndexerCursor): Promise<boolean>;
  /** False when somebody else took the cursor meanwhile; nothing is written then. */
  save(cursor: IndexerCursor): Promise<boolean>;
  /** Notes whether the chain answers; `asOf` says stale without a recent "yes". */
  noteAnswer(chainId: number, answers: boolean): Promise<void>;
}
