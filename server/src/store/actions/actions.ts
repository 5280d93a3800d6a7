import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection, mongo } from 'mongoose';
import type {
  ActionEntry,
  DecisionEntry,
  Decisions,
  LogEntry,
  VoidEntry,
} from '../../domain/actions/action.ts';
import { statementId } from '../../domain/ids.ts';
import type { ActionLog, EntryCount, EntryKey } from '../../ports/stores/actions.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import {
  actionId,
  decisionIds,
  entryId,
  EPOCH_DIGITS,
  epochMemberOf,
  epochRange,
  statementKeyOf,
  toActionDocument,
  toEntry,
  type ActionDocument,
  type EntryId,
} from './actionDocument.ts';
import { createLogPages } from './logPages.ts';
import { createMeteredActions } from './meteredActions.ts';
import { nextMaturities, sumLog } from './logSums.ts';

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

type Entries = Pick<
  ActionLog,
  | 'insert'
  | 'listUnerased'
  | 'erase'
  | 'deleteErased'
  | 'findActions'
  | 'findDecisions'
  | 'listVoids'
  | 'recordedWithin'
>;

/** What is written over what an entry said. */
const NO_SALT: Hex = `0x${'00'.repeat(32)}`;
const NOTHING_SAID = {
  action: { eventId: '', actor: null, reason: null, evidenceHash: null, salt: NO_SALT },
  decision: { eventId: '', actor: null, reason: null, salt: NO_SALT },
} as const;

function createEntries(actions: Actions, wallNowMs: () => number): Entries {
  const findByIds = async (ids: readonly EntryId[]): Promise<Map<EntryId, LogEntry>> => {
    if (ids.length === 0) return new Map();
    const found = await actions.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(found.map((document) => [document._id, toEntry(document)]));
  };

  const findActions = async (
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<(ActionEntry | null)[]> => {
    const ids = keys.map(actionId);
    const found = await findByIds(ids);
    return ids.map((id) => {
      const entry = found.get(id) as ActionEntry | undefined; // the place is part of the id
      return entry?.programId === programId ? entry : null;
    });
  };

  const findDecisions = async (
    programId: string,
    keys: readonly EntryKey[],
  ): Promise<Decisions[]> => {
    const found = await findByIds(keys.flatMap(decisionIds));
    return keys.map((key): Decisions => {
      const [first = null, afterHold = null] = decisionIds(key).map((id) => {
        const entry = found.get(id) as DecisionEntry | undefined; // as above
        return entry?.programId === programId ? entry : null;
      });
      return first?.kind === 'hold' ? { hold: first, end: afterHold } : { hold: null, end: first };
    });
  };

  const standingThere = async <Entry extends LogEntry>(
    entries: readonly Entry[],
    refused: ReadonlySet<number>,
  ): Promise<(Entry | null)[]> => {
    const ids = entries.map((entry, index) => (refused.has(index) ? entryId(entry) : null));
    const found = await findByIds(ids.filter((id) => id !== null));
    return ids.map((id) => {
      if (id === null) return null;
      const standing = found.get(id);
      if (standing === undefined) throw new Error(`Entry ${id} was refused and is not there.`);
      return standing as Entry; // actions and decisions have places of their own
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
    listUnerased: async (programId, memberId, limit) => {
      const of = { programId, _id: { $gte: `${memberId}:`, $lt: `${memberId};` } };
      const found = await actions
        .find({ ...of, leaf: { $exists: false } } as mongo.Filter<ActionDocument>)
        .limit(limit)
        .toArray();
      return found.map((document) => toEntry(document));
    },
    erase: async (erased) => {
      if (erased.length === 0) return;
      await actions.bulkWrite(
        erased.map(({ entry, leaf }) => ({
          updateOne: {
            filter: { _id: entryId(entry) },
            update: {
              $set: { ...NOTHING_SAID[entry.kind === 'action' ? 'action' : 'decision'], leaf },
            },
          },
        })),
        { ordered: false },
      );
    },
    deleteErased: async (programId, beforeEpoch) => {
      await actions.deleteMany({
        programId,
        leaf: { $exists: true },
        epoch: { $lt: beforeEpoch },
      });
    },
    findActions,
    findDecisions,
    recordedWithin: async function* (programId, { fromMs, beforeMs, epochs }) {
      const range = { $gte: fromMs, $lt: beforeMs };
      const epochMember = epochRange(epochs.from, epochs.to);
      const recorded = { programId, epochMember, kind: 'action' as const, recordedAtMs: range };
      for await (const document of actions.find(recorded)) yield toEntry(document);
      const voided = { programId, kind: 'void' as const, voidedAtMs: range };
      for await (const document of actions.find(voided)) yield toEntry(document);
      const moved = { programId, decidedAtMs: range };
      for await (const document of actions.find(moved)) yield toEntry(document);
    },
    listVoids: async ({ memberId, epochs }, { after, limit }) => {
      // By an index of voids alone, in two questions: an `$or` would not find it.
      const list = (filter: mongo.Filter<ActionDocument>): Promise<ActionDocument[]> =>
        actions
          .find({ memberId, kind: 'void', ...filter })
          .sort({ epoch: -1, eventId: 1 })
          .limit(limit)
          .toArray();
      const older = epochs.filter((epoch) => after === null || epoch < after.epoch);
      const found = [
        ...(after !== null && epochs.includes(after.epoch)
          ? await list({ epoch: after.epoch, eventId: { $gt: after.eventId } })
          : []),
        ...(await list({ epoch: { $in: older } })),
      ];
      return found.slice(0, limit).map((document) => toEntry(document) as VoidEntry);
    },
  };
}

type Sums = Omit<
  ActionLog,
  keyof Entries | 'listEntries' | 'firstActionLogged' | 'countActionsLogged'
>;

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
    maturitiesOf: (programId, key, asOfMs) =>
      nextMaturities(actions, programId, { of: [epochMemberOf(key)], by: '$ruleId' }, asOfMs),
    countSince: async (programId, key, fromMs) => {
      const match = { programId, epochMember: epochMemberOf(key), loggedAtMs: { $gte: fromMs } };
      const [found] = await actions.aggregate<Counted>(countByStatement(match)).toArray();
      return found?.entries ?? 0;
    },
    statementsLogged: async function* (programId, { fromMs, beforeMs }) {
      const match = { programId, loggedAtMs: { $gte: fromMs, $lt: beforeMs } };
      const found = actions.aggregate<{ _id: string; latestMs: number }>([
        { $match: match },
        { $group: { _id: '$epochMember', latestMs: { $max: '$loggedAtMs' } } },
      ]);
      for await (const { _id, latestMs } of found) yield { ...statementKeyOf(_id), latestMs };
    },
    loggedSince: async (programId, fromMs) => {
      const found = await actions
        .aggregate<{ _id: { of: string; at: number }; entries: number }>([
          { $match: { programId, loggedAtMs: { $gte: fromMs } } },
          { $group: { _id: { of: '$epochMember', at: '$loggedAtMs' }, entries: { $sum: 1 } } },
        ])
        .toArray();
      return found.map(({ _id: { of, at }, entries }) => ({
        ...statementKeyOf(of),
        loggedAtMs: at,
        entries,
      }));
    },
    countsOfEpoch: async function* (programId, epoch) {
      const match = { programId, epochMember: epochRange(epoch, epoch) };
      for await (const counted of actions.aggregate<Counted>(countByStatement(match))) {
        yield countOf(counted);
      }
    },
    epochsWithin: async (programId, fromEpoch, toEpoch) => {
      const found = await actions
        .aggregate<{ _id: string }>([
          { $match: { programId, epochMember: epochRange(fromEpoch, toEpoch) } },
          { $group: { _id: { $substrBytes: ['$epochMember', 0, EPOCH_DIGITS] } } },
        ])
        .toArray();
      return found.map(({ _id }) => Number(_id)).sort((a, b) => a - b);
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
  await actions.createIndexes([
    { key: { programId: 1, epochMember: 1, loggedAtMs: 1 } },
    { key: { programId: 1, loggedAtMs: 1 } },
    {
      key: { memberId: 1, epoch: -1, eventId: 1 },
      partialFilterExpression: { kind: 'void' },
    },
    { key: { programId: 1, voidedAtMs: 1 }, partialFilterExpression: { kind: 'void' } },
    { key: { programId: 1, decidedAtMs: 1 }, partialFilterExpression: { decidedAtMs: { $gt: 0 } } },
    // Of what was erased alone.
    { key: { leaf: 1 }, sparse: true },
  ]);
  return {
    ...createEntries(actions, wallNowMs),
    ...createLogPages(actions),
    ...createMeteredActions(actions),
    ...createSums(actions),
  };
}
