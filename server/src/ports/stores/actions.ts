/** The append-only log of actions. Implemented in `server/src/store/actions`. */
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import type { StatementKey } from './statements.ts';

/** Names one action of a member, or its void. */
export interface EntryKey {
  readonly memberId: string;
  readonly eventId: string;
}

export interface ActionLog {
  /** Inserts first, never checks first. Per entry: null when inserted, or the entry that stands there already under
   *  the same {programId, memberId, kind, eventId}. */
  insert<Entry extends LogEntry>(entries: readonly Entry[]): Promise<readonly (Entry | null)[]>;
  /** Everything the log holds for these statements, keyed by statement id `${memberId}:${epoch}`. */
  entriesOf(
    programId: string,
    keys: readonly StatementKey[],
  ): Promise<ReadonlyMap<string, readonly LogEntry[]>>;
  /** Per key: the action that stands there, or null. In input order. */
  findActions(
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<readonly (ActionEntry | null)[]>;
  /** Per key: the void that stands there, or null. In input order. */
  findVoids(programId: string, keys: readonly EntryKey[]): Promise<readonly (VoidEntry | null)[]>;
}
