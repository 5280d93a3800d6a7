import type { Connection, mongo } from 'mongoose';
import { statementId } from '../../domain/ids.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { StatementLines, StatementStore } from '../../ports/stores/statements.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import {
  accountEpochOf,
  DERIVE_DUE,
  END_HASTE,
  newDocument,
  toRecord,
  type StatementDocument,
} from './statementDocument.ts';
import { updateEach } from '../mongo/updateEach.ts';

type Statements = mongo.Collection<StatementDocument>;

/** Puts all epochs of one member next to each other, members in the order of their first. */
function groupedByMember(records: readonly StatementRecord[]): StatementRecord[] {
  const byMember = new Map<string, StatementRecord[]>();
  for (const record of records) {
    const group = byMember.get(record.memberId);
    if (group === undefined) byMember.set(record.memberId, [record]);
    else group.push(record);
  }
  return [...byMember.values()].flat();
}

/** Of more unaggregated statements, those that are due as well count twice: telling them apart would cost too much. */
const MAX_TOLD_APART = 500;

const LINES_PER_BATCH = 1_000;

type Reads = Pick<
  StatementStore,
  | 'countByEpoch'
  | 'linesWithin'
  | 'findByAccounts'
  | 'findById'
  | 'findByIds'
  | 'findMatured'
  | 'listOfMember'
  | 'listOfMemberSince'
  | 'progress'
  | 'unsettledPoints'
>;

function createReads(statements: Statements): Reads {
  const records = async (cursor: mongo.FindCursor<StatementDocument>): Promise<StatementRecord[]> =>
    (await cursor.toArray()).map(toRecord);
  const count = async (
    filter: mongo.Filter<StatementDocument>,
    rest: mongo.Filter<StatementDocument>,
  ): Promise<{ open: number; oldest: number | null }> => {
    const [found] = await statements
      .aggregate<{ open: number; oldest: number }>([
        { $match: filter },
        { $match: rest },
        { $group: { _id: null, open: { $sum: 1 }, oldest: { $min: '$epoch' } } },
      ])
      .toArray();
    return found ?? { open: 0, oldest: null };
  };

  return {
    findMatured: (programId, nowMs, limit) =>
      records(
        statements
          .find({ programId, nextMaturesAtMs: { $gt: 0, $lte: nowMs } })
          .sort({ epoch: 1 })
          .limit(limit),
      ),
    findByIds: async (programId, ids) => {
      if (ids.length === 0) return new Map();
      const found = await records(statements.find({ _id: { $in: [...ids] } }));
      return new Map(
        found.filter((one) => one.programId === programId).map((record) => [record.id, record]),
      );
    },
    findByAccounts: (programId, pairs) =>
      records(
        statements.find({
          programId,
          accountEpoch: { $in: pairs.map(({ account, epoch }) => accountEpochOf(account, epoch)) },
        }),
      ),
    findById: async (programId, id) => {
      const found = await statements.findOne({ _id: id });
      return found?.programId === programId ? toRecord(found) : null;
    },
    listOfMember: ({ programId, memberId, beforeEpoch, limit }) =>
      records(
        statements
          .find({ programId, memberId, epoch: { $lt: beforeEpoch ?? Number.MAX_SAFE_INTEGER } })
          .sort({ epoch: -1 })
          .limit(limit),
      ),
    listOfMemberSince: (programId, memberId, minEpoch) =>
      records(
        statements.find({ programId, memberId, epoch: { $gte: minEpoch } }).sort({ epoch: 1 }),
      ),
    unsettledPoints: async (programId, minEpoch) => {
      const add = async (
        filter: mongo.Filter<StatementDocument>,
        more: '$points' | '$expectedPoints',
        less: '$settledPoints' | '$points',
      ): Promise<bigint> => {
        const [found] = await statements
          .aggregate<{ sum: number }>([
            { $match: { programId, epoch: { $gte: minEpoch }, ...filter } },
            { $group: { _id: null, sum: { $sum: { $subtract: [more, less] } } } },
          ])
          .toArray();
        return BigInt(found?.sum ?? 0);
      };
      const [due, maturing] = await Promise.all([
        add({ dueAtMs: { $gt: 0 } }, '$points', '$settledPoints'),
        add({ nextMaturesAtMs: { $gt: 0 } }, '$expectedPoints', '$points'),
      ]);
      return { due, maturing };
    },
    countByEpoch: async (programId, { fromEpoch, toEpoch, limit }) => {
      const counted = await statements
        .aggregate<{ _id: number; statements: number }>([
          { $match: { programId, epoch: { $gte: fromEpoch, $lte: toEpoch } } },
          { $sort: { epoch: -1 } },
          { $limit: limit },
          { $group: { _id: '$epoch', statements: { $sum: 1 } } },
          { $sort: { _id: -1 } },
        ])
        .toArray();
      return counted.map(({ _id: epoch, statements: count }) => ({ epoch, statements: count }));
    },
    linesWithin: (programId, { fromEpoch, toEpoch, limit }) =>
      statements
        .find({ programId, epoch: { $gte: fromEpoch, $lte: toEpoch } })
        .sort({ epoch: -1 })
        .limit(limit)
        // Who computes over many rows lets others in between two batches.
        .batchSize(LINES_PER_BATCH)
        .project<StatementLines>({ _id: 0, memberId: 1, epoch: 1, expectedLines: 1 }),
    progress: async (programId, { minEpoch, nowMs, unaggregated }) => {
      const open = unaggregated.filter((key) => key.epoch >= minEpoch);
      const others =
        open.length > MAX_TOLD_APART
          ? { epoch: { $gte: minEpoch } }
          : {
              epoch: { $gte: minEpoch },
              _id: { $nin: open.map(({ memberId, epoch }) => statementId(memberId, epoch)) },
            };
      const matured = { $gt: 0, $lte: nowMs };
      const counts = await Promise.all([
        count({ programId, dueAtMs: { $gt: 0 } }, others),
        count({ programId, nextMaturesAtMs: matured }, { ...others, dueAtMs: null }),
      ]);
      const oldest = [
        ...counts.map((each) => each.oldest),
        ...open.map(({ epoch }) => epoch),
      ].filter((epoch) => epoch !== null);
      return {
        open: counts.reduce((sum, each) => sum + each.open, open.length),
        oldestOpenEpoch: oldest.length === 0 ? null : Math.min(...oldest),
      };
    },
  };
}

type Saving = Pick<StatementStore, 'create' | 'saveAggregates' | 'saveSettled' | 'hasten'>;

const IS_NEWER_AGGREGATE = {
  $and: [{ $lte: ['$entries', '$__row.set.entries'] }, { $lte: ['$asOfMs', '$__row.set.asOfMs'] }],
};

function createSaving(statements: Statements): Saving {
  return {
    create: async (programId, created) => {
      if (created.length === 0) return [];
      const documents = created.map((statement) => newDocument(programId, statement));
      // What another process created at the same time stays.
      const standing = await statements
        .insertMany(documents, { ordered: false })
        .then((): number[] => [], duplicatesOf);
      const isStanding = new Set(standing);
      return documents.filter((_, index) => !isStanding.has(index)).map(toRecord);
    },
    saveAggregates: async (_programId, aggregates) => {
      const rows = aggregates.map(({ id, points, expectedPoints, ...aggregate }) => ({
        _id: id,
        set: { ...aggregate, points: Number(points), expectedPoints: Number(expectedPoints) },
      }));
      const saved = await updateEach(statements, rows, {
        onlyIf: IS_NEWER_AGGREGATE,
        then: [DERIVE_DUE],
      });
      if (saved === rows.length) return new Set();
      const stored = await statements
        .find(
          { _id: { $in: rows.map(({ _id }) => _id) } },
          { projection: { entries: 1, asOfMs: 1 } },
        )
        .toArray();
      const storedById = new Map(stored.map((document) => [document._id, document]));
      const isLost = ({ _id, set }: (typeof rows)[number]): boolean => {
        const found = storedById.get(_id);
        return (
          found === undefined || (found.entries ?? 0) < set.entries || found.asOfMs < set.asOfMs
        );
      };
      return new Set(rows.filter(isLost).map(({ _id }) => _id));
    },
    saveSettled: async (_programId, states) => {
      const rows = states.map(({ id, settledPoints, notBeforeMs, ...state }) => ({
        _id: id,
        set: { ...state, settledPoints: Number(settledPoints), notBeforeMs: notBeforeMs ?? 0 },
      }));
      await updateEach(statements, rows, { then: [END_HASTE, DERIVE_DUE] });
    },
    hasten: async (_programId, ids, settleAfterMs) => {
      if (ids.length === 0) return;
      await statements.updateMany({ _id: { $in: [...ids] } }, [
        { $set: { settleAfterMs: { $min: ['$settleAfterMs', settleAfterMs] } } },
        DERIVE_DUE,
      ]);
    },
  };
}

/** Opens the store of statements, which is also the queue of what is to be settled. */
export async function createStatementStore(connection: Connection): Promise<StatementStore> {
  const statements = connection.collection<StatementDocument>('statements');
  await statements.createIndexes([
    { key: { programId: 1, memberId: 1, epoch: 1 } },
    { key: { programId: 1, accountEpoch: 1 } },
    { key: { programId: 1, epoch: -1 } },
    // What is to be done: only that is in these, however many statements there were.
    {
      key: { programId: 1, nextMaturesAtMs: 1 },
      partialFilterExpression: { nextMaturesAtMs: { $gt: 0 } },
    },
    { key: { programId: 1, dueAtMs: 1 }, partialFilterExpression: { dueAtMs: { $gt: 0 } } },
  ]);

  return {
    ...createReads(statements),
    ...createSaving(statements),
    findDue: async ({ programId, nowMs, minEpoch, maxEpoch, limit, excludeIds }) => {
      for (;;) {
        // Of most that are excluded nothing else is read.
        const waiting = await statements
          .find({ programId, dueAtMs: { $gt: 0, $lte: nowMs } })
          .sort({ dueAtMs: 1 })
          .limit(limit + excludeIds.size)
          .project<Pick<StatementDocument, '_id' | 'epoch'>>({ epoch: 1 })
          .toArray();
        const lapsed = waiting.filter(({ epoch }) => epoch < minEpoch).map(({ _id }) => _id);
        if (lapsed.length === 0) {
          const due = waiting.filter(({ _id, epoch }) => epoch <= maxEpoch && !excludeIds.has(_id));
          const ids = due.slice(0, limit).map(({ _id }) => _id);
          const found = await statements.find({ _id: { $in: ids }, dueAtMs: { $gt: 0 } }).toArray();
          const byId = new Map(found.map((document) => [document._id, toRecord(document)]));
          return groupedByMember(ids.flatMap((id) => byId.get(id) ?? []));
        }
        // They would stand before all others for ever.
        await statements.updateMany({ _id: { $in: lapsed } }, { $set: { dueAtMs: null } });
      }
    },
  };
}
