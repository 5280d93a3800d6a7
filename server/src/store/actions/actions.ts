import type { Connection, mongo } from 'mongoose';
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import { statementId } from '../../domain/ids.ts';
import type { ActionLog, EntryKey } from '../../ports/stores/actions.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';

/** Key of an entry: the unique index in one string, so that many are found by one indexed field. */
type EntryId = `${string}:${LogEntry['kind']}:${string}`;

type ActionDocument = LogEntry & {
  readonly _id: EntryId;
  /** Member and epoch in one string, for the same reason. */
  readonly statementId: string;
};

const entryId = (
  kind: LogEntry['kind'],
  { memberId, eventId }: Pick<LogEntry, 'memberId' | 'eventId'>,
): EntryId => `${memberId}:${kind}:${eventId}`;

const toDocument = (entry: LogEntry): ActionDocument => ({
  _id: entryId(entry.kind, entry),
  statementId: statementId(entry.memberId, entry.epoch),
  ...entry,
});

const toEntry = ({ _id, statementId: _, ...entry }: ActionDocument): LogEntry => entry;

/** Opens the append-only log. Nothing in here changes or deletes an entry. */
export async function createActionLog(connection: Connection): Promise<ActionLog> {
  // The driver's own collection: mongoose would build a document for each of a thousand entries.
  const actions = connection.collection<ActionDocument>('actions');
  await actions.createIndexes([
    { key: { programId: 1, memberId: 1, kind: 1, eventId: 1 }, unique: true },
    { key: { programId: 1, statementId: 1 } },
  ]);

  const findByIds = async (ids: readonly EntryId[]): Promise<Map<EntryId, LogEntry>> => {
    if (ids.length === 0) return new Map();
    const found = await actions.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(found.map((document) => [document._id, toEntry(document)]));
  };

  const findOfKind = async <Entry extends LogEntry>(
    kind: Entry['kind'],
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<(Entry | null)[]> => {
    const ids = keys.map((key) => entryId(kind, key));
    const found = await findByIds(ids);
    return ids.map((id) => {
      const entry = found.get(id) as Entry | undefined;
      return entry?.programId === programId ? entry : null;
    });
  };

  const standingThere = async <Entry extends LogEntry>(
    entries: readonly Entry[],
    refused: ReadonlySet<number>,
  ): Promise<(Entry | null)[]> => {
    const ids = entries.map((entry, index) =>
      refused.has(index) ? entryId(entry.kind, entry) : null,
    );
    const found = await findByIds(ids.filter((id) => id !== null));
    return ids.map((id) => {
      if (id === null) return null;
      const standing = found.get(id);
      if (standing === undefined) throw new Error(`Entry ${id} was refused and is not there.`);
      return standing as Entry; // the kind is part of the id
    });
  };

  return {
    insert: async (entries) => {
      if (entries.length === 0) return [];
      const documents: mongo.OptionalUnlessRequiredId<ActionDocument>[] = entries.map((entry) =>
        toDocument(entry),
      );
      try {
        await actions.insertMany(documents, { ordered: false });
        return entries.map(() => null);
      } catch (error) {
        return await standingThere(entries, new Set(duplicatesOf(error)));
      }
    },
    entriesOf: async (programId, keys: readonly StatementKey[]) => {
      const byStatement = new Map<string, LogEntry[]>(
        keys.map(({ memberId, epoch }) => [statementId(memberId, epoch), []]),
      );
      const found = await actions
        .find({ programId, statementId: { $in: [...byStatement.keys()] } })
        .toArray();
      for (const document of found) {
        byStatement.get(document.statementId)?.push(toEntry(document));
      }
      return byStatement;
    },
    findActions: (programId, keys) => findOfKind<ActionEntry>('action', programId, keys),
    findVoids: (programId, keys) => findOfKind<VoidEntry>('void', programId, keys),
  };
}
