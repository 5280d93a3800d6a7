/** The append-only log of actions. Implemented in `server/src/store/actions`. */
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import type { StatementKey } from './statements.ts';

/** Names one action of a member, or its void. */
export interface EntryKey {
  readonly memberId: string;
  readonly eventId: string;
}

export interface ActionLog {
  /**
   * Inserts entries without checking first.
   *
   * @returns per entry, null when it was inserted, or the entry that has its {programId, memberId, kind, eventId} already
   */
  insert<Entry extends LogEntry>(entries: readonly Entry[]): Promise<readonly (Entry | null)[]>;
  /** Reads all entries of these statements, keyed by statement id `${memberId}:${epoch}`. */
  entriesOf(
    programId: string,
    keys: readonly StatementKey[],
  ): Promise<ReadonlyMap<string, readonly LogEntry[]>>;
  /** Finds actions in the order of the keys; null for each key without one. */
  findActions(
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<readonly (ActionEntry | null)[]>;
  /** Finds voids in the order of the keys; null for each key without one. */
  findVoids(programId: string, keys: readonly EntryKey[]): Promise<readonly (VoidEntry | null)[]>;
}
