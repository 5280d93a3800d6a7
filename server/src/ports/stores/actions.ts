/** The append-only log of actions. Implemented in `server/src/store/actions`. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Anchor } from '../../domain/actions/anchor.ts';
import type { AnchoredLog, LogLeaf } from '../../domain/actions/anchoredEntry.ts';
import type { ActionEntry, Decisions, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import type { LogSums } from '../../domain/statements/statement.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { StatementKey } from './statements.ts';

/** Names one action of a member. */
export interface EntryKey {
  readonly memberId: string;
  readonly eventId: string;
}

/** Entries of one statement. */
export interface EntryCount extends StatementKey {
  readonly entries: number;
}

/** Entries of one statement that were logged at one moment. */
export interface LoggedEntries extends EntryCount {
  /** Time on the wall just before they were inserted. Unix milliseconds. */
  readonly loggedAtMs: number;
}

/** A statement with entries of some time. */
export interface LoggedStatement extends StatementKey {
  /** Time at which the last of them was logged. */
  readonly latestMs: number;
}

/** Place of an entry in the log of its program. */
export interface LogPlace {
  /** Time on the wall just before it was inserted. Unix milliseconds. */
  readonly loggedAtMs: number;
  /** Tells entries of one moment apart. */
  readonly id: string;
}

/** An entry with its place. */
export interface PlacedEntry {
  readonly entry: LogEntry;
  readonly place: LogPlace;
}

export interface ActionLog {
  /**
   * Inserts entries without checking first, in one durable write.
   *
   * @returns per entry, null when it was inserted, or the entry that has its place already: an action with its {memberId, eventId}, or
   * the first decision on an action, or the one after a hold
   */
  insert<Entry extends LogEntry>(entries: readonly Entry[]): Promise<readonly (Entry | null)[]>;
  /**
   * Adds up the log of these statements in the database, by what was decided on each action, whatever its length.
   *
   * @param asOfMs Actions that mature up to this moment have matured.
   * @param recentFromMs Entries logged from this moment on are counted as recent.
   * @returns sums by statement id; a statement without entries has none
   */
  sumsOf(
    programId: string,
    keys: readonly StatementKey[],
    at: { readonly asOfMs: number; readonly recentFromMs: number },
  ): Promise<ReadonlyMap<string, LogSums>>;
  /** Counts the entries of these statements; by statement id, those without entries left out. */
  countsOf(
    programId: string,
    keys: readonly StatementKey[],
  ): Promise<ReadonlyMap<string, EntryCount>>;
  /** Counts the actions of these statements, void ones too; by statement id, those without left out. */
  countActions(
    programId: string,
    keys: readonly StatementKey[],
  ): Promise<ReadonlyMap<string, number>>;
  /** Finds when the next action of each rule matures that is not void, by rule id, in the log of one statement. */
  maturitiesOf(
    programId: string,
    key: StatementKey,
    asOfMs: number,
  ): Promise<ReadonlyMap<number, number>>;
  /**
   * Reads entries of a program, or of one of its statements, newest first by the time on the wall at which they were logged,
   * those of one moment by their ids.
   *
   * @param page `limit` entries after the place `after`, or from the newest on.
   */
  listEntries(
    of: { readonly programId: string; readonly statement: StatementKey | null },
    page: { readonly after: LogPlace | null; readonly limit: number },
  ): Promise<readonly PlacedEntry[]>;
  /** Counts the entries of one statement that were logged from a moment on. */
  countSince(programId: string, key: StatementKey, fromMs: number): Promise<number>;
  /** Finds the statements with entries that were logged from one moment on and before another one, each once. */
  statementsLogged(
    programId: string,
    range: { readonly fromMs: number; readonly beforeMs: number },
  ): AsyncIterable<LoggedStatement>;
  /** Finds when the first action was logged between two moments; null for none. */
  firstActionLogged(
    programId: string,
    range: { readonly fromMs: number; readonly beforeMs: number },
  ): Promise<number | null>;
  /** Counts the actions, void ones too, that were logged from one moment on and before another one. */
  countActionsLogged(
    programId: string,
    range: { readonly fromMs: number; readonly beforeMs: number },
  ): Promise<number>;
  /** Counts what was logged from a moment on, by statement and moment: for the newest seconds. */
  loggedSince(programId: string, fromMs: number): Promise<readonly LoggedEntries[]>;
  /** Counts the entries of every statement of an epoch. */
  countsOfEpoch(programId: string, epoch: number): AsyncIterable<EntryCount>;
  /** Lists the epochs within [fromEpoch, toEpoch] that have entries, oldest first. */
  epochsWithin(programId: string, fromEpoch: number, toEpoch: number): Promise<number[]>;
  /** Finds actions in the order of the keys; null for each key without one. */
  findActions(
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<readonly (ActionEntry | null)[]>;
  /** Finds what was decided on actions, in the order of the keys. */
  findDecisions(programId: string, keys: readonly EntryKey[]): Promise<readonly Decisions[]>;
  /**
   * Reads the entries that were recorded from one chain time on and before another one, actions of these epochs alone; in
   * any order.
   */
  recordedWithin(
    programId: string,
    range: {
      readonly fromMs: number;
      readonly beforeMs: number;
      readonly epochs: { readonly from: number; readonly to: number };
    },
  ): AsyncIterable<LogEntry>;
  /** Lists entries of a member that say what they said, some of them; in any order. */
  listUnerased(programId: string, memberId: string, limit: number): Promise<readonly LogEntry[]>;
  /**
   * Erases what entries say beyond what points are computed from. An event id stays in the key of its document until
   * {@link deleteErased}.
   */
  erase(entries: readonly { readonly entry: LogEntry; readonly leaf: Hex }[]): Promise<void>;
  /** Deletes what is left of erased entries of epochs before this one. */
  deleteErased(programId: string, beforeEpoch: number): Promise<void>;
  /**
   * Lists voids of a member in these epochs, newest epoch first, then by eventId.
   *
   * @param page `limit` voids after the one of `after`, or from the first on.
   */
  listVoids(
    key: {
      readonly programId: string;
      readonly memberId: string;
      readonly epochs: readonly number[];
    },
    page: { readonly after: Pick<VoidEntry, 'epoch' | 'eventId'> | null; readonly limit: number },
  ): Promise<readonly VoidEntry[]>;
}

/** Part of the leaves of a log, in their order. */
export type LogChunk = readonly LogLeaf[];

/** Stores the leaves of what is anchored, for ever: the entries that they are of may be erased. */
export interface AnchoredLogStore {
  /**
   * Saves a log unless there is one of its epoch.
   *
   * @param chunks Taken one at a time, as all of them may be more than memory holds.
   * @returns the one that is stored then
   */
  save(log: AnchoredLog, chunks: Iterable<LogChunk>): Promise<AnchoredLog>;
  find(programId: string, epoch: number): Promise<AnchoredLog | null>;
  /** Lists the first leaf of each chunk, in the order of the log. */
  chunkStarts(log: AnchoredLog): Promise<LogLeaf[]>;
  /** Reads the leaves of a chunk. @param index Place in the order of the log, from 0. */
  chunk(log: AnchoredLog, index: number): Promise<Hex[]>;
}

/** An action that was not recorded, as a developer wants to see it. */
export interface RejectionSample {
  /** The app's own id in the form in which it is kept, cut off where it is too long to be one. */
  readonly memberId: string;
  /** The app's own id, as given; cut off in the same way. */
  readonly eventId: string;
  readonly field: string | null;
  readonly message: string;
  /** Unix milliseconds of the clock on the wall. */
  readonly atMs: number;
}

/** Actions that were rejected with one code, and the newest of them as samples, newest first. */
export interface Rejections {
  readonly code: ErrorCode;
  readonly count: number;
  readonly samples: readonly RejectionSample[];
}

/** Counts rejected actions by program, day and code; what is older than a week is forgotten. */
export interface RejectionStore {
  /** Adds to the counts of a day, which is days since 1970 on the wall. */
  add(programId: string, day: number, added: readonly Rejections[]): Promise<void>;
  /** Reads the sums over the days from one on, most rejections first. */
  since(programId: string, day: number): Promise<Rejections[]>;
  /** Removes the samples of a member, named by the app's id. */
  eraseOf(programId: string, externalId: string): Promise<void>;
}

/** Reads anchors, which the indexer reads from the chain. */
export interface AnchorStore {
  find(programId: string, epoch: number): Promise<Anchor | null>;
}
