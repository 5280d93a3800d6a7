import type { Connection, mongo } from 'mongoose';
import type { ActionEntry, LogEntry, VoidEntry } from '../../domain/actions/action.ts';
import { statementId } from '../../domain/ids.ts';
import type { ActionLog, EntryCount, EntryKey } from '../../ports/stores/actions.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import {
  entryId,
  epochMemberOf,
  epochRange,
  statementKeyOf,
  toActionDocument,
  toEntry,
  voidRange,
  type ActionDocument,
  type EntryId,
} from './actionDocument.ts';
import { sumLog } from './logSums.ts';
import { upgradeLog } from './upgradeLog.ts';

type Actions = mongo.Collection<ActionDocument>;

interface Counted {
  readonly _id: string;
  readonly entries: number;
}

/** Statements in one query of counts. */
const STATEMENTS_PER_QUERY = 500;

const countOf = ({ _id, entries }: Counted): EntryCount => ({ ...statementKeyOf(_id), entries });

const countByStatement = (match: mongo.Document): mongo.Document[] => [
  { $match: match },
  { $group: { _id: '$epochMember', entries: { $sum: 1 } } },
];

type Entries = Pick<ActionLog, 'insert' | 'findActions' | 'findVoids' | 'listVoids'>;

function createEntries(actions: Actions, wallNowMs: () => number): Entries {
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
      const loggedAtMs = wallNowMs();
      const documents: mongo.OptionalUnlessRequiredId<ActionDocument>[] = entries.map((entry) =>
        toActionDocument(entry, loggedAtMs),
      );
      try {
        await actions.insertMany(documents, { ordered: false });
        return entries.map(() => null);
      } catch (error) {
        return await standingThere(entries, new Set(duplicatesOf(error)));
      }
    },
    findActions: (programId, keys) => findOfKind<ActionEntry>('action', programId, keys),
    findVoids: (programId, keys) => findOfKind<VoidEntry>('void', programId, keys),
    // By the range of their keys, which are the voids of the member alone: they are few.
    listVoids: async ({ programId, memberId, epochs }, { after, limit }) => {
      const found = await actions
        .find({
          _id: voidRange(memberId),
          programId,
          epoch: { $in: [...epochs] },
          ...(after !== null && {
            $or: [
              { epoch: { $lt: after.epoch } },
              { epoch: after.epoch, eventId: { $gt: after.eventId } },
            ],
          }),
        })
        .sort({ epoch: -1, eventId: 1 })
        .limit(limit)
        .toArray();
      return found.map((document) => toEntry(document) as VoidEntry); // the kind is in the filter
    },
  };
}

type Sums = Omit<ActionLog, keyof Entries>;

function createSums(actions: Actions): Sums {
  const count = async (
    programId: string,
    keys: readonly StatementKey[],
    filter: mongo.Document = {},
  ): Promise<EntryCount[]> => {
    const counts: EntryCount[] = [];
    for (let from = 0; from < keys.length; from += STATEMENTS_PER_QUERY) {
      const part = keys.slice(from, from + STATEMENTS_PER_QUERY).map(epochMemberOf);
      const match = { programId, epochMember: { $in: part }, ...filter };
      const found = await actions.aggregate<Counted>(countByStatement(match)).toArray();
      counts.push(...found.map(countOf));
    }
    return counts;
  };
  const idOf = ({ memberId, epoch }: StatementKey): string => statementId(memberId, epoch);

  return {
    sumsOf: (programId, keys, at) => sumLog(actions, programId, keys, at),
    countsOf: async (programId, keys) =>
      new Map((await count(programId, keys)).map((counted) => [idOf(counted), counted])),
    countActions: async (programId, keys) => {
      const counts = await count(programId, keys, { kind: 'action' });
      return new Map(counts.map((counted) => [idOf(counted), counted.entries]));
    },
    countSince: async (programId, key, fromMs) => {
      const match = { programId, epochMember: epochMemberOf(key), loggedAtMs: { $gte: fromMs } };
      const [found] = await actions.aggregate<Counted>(countByStatement(match)).toArray();
      return found?.entries ?? 0;
    },
    loggedBetween: async (programId, { fromMs, beforeMs, maxEntries }) => {
      const range = { programId, loggedAtMs: { $gte: fromMs, $lt: beforeMs } };
      // Where a moment is cut in two, the moments before it are returned; one that fills a page by itself, whole.
      const [last] = await actions
        .find(range, { projection: { loggedAtMs: 1 } })
        .sort({ loggedAtMs: 1 })
        .skip(maxEntries)
        .limit(1)
        .toArray();
      const cutMs = last === undefined ? beforeMs : Math.max(last.loggedAtMs, fromMs + 1);
      const found = await actions
        .aggregate<{ _id: { of: string; at: number }; entries: number }>([
          { $match: { programId, loggedAtMs: { $gte: fromMs, $lt: cutMs } } },
          { $group: { _id: { of: '$epochMember', at: '$loggedAtMs' }, entries: { $sum: 1 } } },
        ])
        .toArray();
      const logged = found.map(({ _id: { of, at }, entries }) => ({
        ...statementKeyOf(of),
        loggedAtMs: at,
        entries,
      }));
      return { logged, atEnd: last === undefined };
    },
    countsOfEpoch: async function* (programId, epoch) {
      const match = { programId, epochMember: epochRange(epoch, epoch) };
      for await (const counted of actions.aggregate<Counted>(countByStatement(match))) {
        yield countOf(counted);
      }
    },
    firstEpochWithin: async (programId, fromEpoch, toEpoch) => {
      const [found] = await actions
        .find(
          { programId, epochMember: epochRange(fromEpoch, toEpoch) },
          { projection: { epoch: 1 } },
        )
        .sort({ epochMember: 1 })
        .limit(1)
        .toArray();
      return found?.epoch ?? null;
    },
  };
}

/** Opens the append-only log. Nothing in here changes or deletes an entry. */
export async function createActionLog(
  connection: Connection,
  wallNowMs: () => number,
): Promise<ActionLog> {
  // The driver's own collection: mongoose would build a document for each of a thousand entries.
  const actions = connection.collection<ActionDocument>('actions');
  await upgradeLog(actions, wallNowMs());
  await actions.createIndexes([
    { key: { programId: 1, epochMember: 1, loggedAtMs: 1 } },
    { key: { programId: 1, loggedAtMs: 1 } },
  ]);
  return { ...createEntries(actions, wallNowMs), ...createSums(actions) };
}
