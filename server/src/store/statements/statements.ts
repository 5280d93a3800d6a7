import type { Connection, mongo } from 'mongoose';
import { statementId } from '../../domain/ids.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { Mark, StatementStore } from '../../ports/stores/statements.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import {
  accountEpochOf,
  DERIVE_DUE,
  DERIVE_TOUCHED,
  END_HASTE,
  newDocument,
  toRecord,
  type StatementDocument,
} from './statementDocument.ts';
import { updateEach } from '../mongo/updateEach.ts';

type Statements = mongo.Collection<StatementDocument>;

const TOUCH = { $inc: { marks: 1 }, $set: { touched: true } };

/** Marks statements, of which those in `missing` are probably not there yet. */
async function touch(
  statements: Statements,
  programId: string,
  known: readonly string[],
  missing: readonly Mark[],
): Promise<void> {
  const bump = async (ids: readonly string[]): Promise<void> => {
    if (ids.length > 0) await statements.updateMany({ _id: { $in: [...ids] } }, TOUCH);
  };
  const create = async (): Promise<void> => {
    if (missing.length === 0) return;
    const documents = missing.map((mark) => newDocument(programId, mark));
    try {
      await statements.insertMany(documents, { ordered: false });
    } catch (error) {
      // Another process created these at the same time: they are marked like any other.
      await bump(duplicatesOf(error).flatMap((index) => documents[index]?._id ?? []));
    }
  };
  await Promise.all([bump(known), create()]);
}

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

type Reads = Pick<
  StatementStore,
  | 'findByAccounts'
  | 'findById'
  | 'findToAggregate'
  | 'listOfMember'
  | 'listOfMemberSince'
  | 'progress'
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
    findToAggregate: async (programId, nowMs, limit) => {
      const [touched, matured] = await Promise.all([
        records(statements.find({ programId, touched: true }).sort({ epoch: 1 }).limit(limit)),
        records(
          statements.find({ programId, nextMaturesAtMs: { $gt: 0, $lte: nowMs } }).limit(limit),
        ),
      ]);
      const byId = new Map([...matured, ...touched].map((record) => [record.id, record]));
      return [...byId.values()].toSorted((a, b) => a.epoch - b.epoch).slice(0, limit);
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
    progress: async (programId, minEpoch, nowMs) => {
      const epoch = { $gte: minEpoch };
      const matured = { $gt: 0, $lte: nowMs };
      const counts = await Promise.all([
        count({ programId, touched: true }, { epoch }),
        count({ programId, dueAtMs: { $gt: 0 } }, { epoch, touched: false }),
        count({ programId, nextMaturesAtMs: matured }, { epoch, touched: false, dueAtMs: null }),
      ]);
      const oldest = counts.map((each) => each.oldest).filter((found) => found !== null);
      return {
        open: counts.reduce((sum, { open }) => sum + open, 0),
        oldestOpenEpoch: oldest.length === 0 ? null : Math.min(...oldest),
      };
    },
  };
}

type Marking = Pick<StatementStore, 'open' | 'mark' | 'markEpochs'>;

function createMarking(statements: Statements): Marking {
  return {
    open: async (programId, marks) => {
      const ids = marks.map(({ memberId, epoch }) => statementId(memberId, epoch));
      const found = await statements
        .find({ _id: { $in: ids } }, { projection: { recorded: 1 } })
        .toArray();
      const recorded = new Map(found.map((document) => [document._id, document.recorded]));
      const missing = marks.filter(
        ({ memberId, epoch }) => !recorded.has(statementId(memberId, epoch)),
      );
      await touch(statements, programId, [...recorded.keys()], missing);
      return recorded;
    },
    mark: async (_programId, marks) => {
      const idsByInserted = new Map<number, string[]>();
      for (const { memberId, epoch, inserted } of marks) {
        const ids = idsByInserted.get(inserted) ?? [];
        ids.push(statementId(memberId, epoch));
        idsByInserted.set(inserted, ids);
      }
      await Promise.all(
        [...idsByInserted].map(([inserted, ids]) =>
          statements.updateMany(
            { _id: { $in: ids } },
            { $inc: { marks: 1, recorded: inserted }, $set: { touched: true } },
          ),
        ),
      );
    },
    markEpochs: async (programId, fromEpoch, toEpoch) => {
      await statements.updateMany({ programId, epoch: { $gte: fromEpoch, $lte: toEpoch } }, TOUCH);
    },
  };
}

type Saving = Pick<StatementStore, 'saveAggregates' | 'confirm' | 'saveSettled' | 'hasten'>;

const IS_NEWER_AGGREGATE = {
  $and: [{ $lte: ['$seen', '$__row.set.seen'] }, { $lte: ['$asOfMs', '$__row.set.asOfMs'] }],
};

function createSaving(statements: Statements): Saving {
  return {
    saveAggregates: async (_programId, aggregates) => {
      const rows = aggregates.map(({ id, points, expectedPoints, ...aggregate }) => ({
        _id: id,
        set: { ...aggregate, points: Number(points), expectedPoints: Number(expectedPoints) },
      }));
      const then = [DERIVE_TOUCHED, DERIVE_DUE];
      await updateEach(statements, rows, { onlyIf: IS_NEWER_AGGREGATE, then });
    },
    confirm: async (_programId, unchanged) => {
      const idsByMarks = new Map<number, string[]>();
      for (const { id, marks } of unchanged) {
        const ids = idsByMarks.get(marks) ?? [];
        ids.push(id);
        idsByMarks.set(marks, ids);
      }
      await Promise.all(
        [...idsByMarks].map(([marks, ids]) =>
          statements.updateMany(
            { _id: { $in: ids }, marks },
            { $set: { seen: marks, touched: false } },
          ),
        ),
      );
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

/** Opens the store of statements, which is also the queue of what is to be aggregated and settled. */
export async function createStatementStore(connection: Connection): Promise<StatementStore> {
  const statements = connection.collection<StatementDocument>('statements');
  await statements.createIndexes([
    { key: { programId: 1, memberId: 1, epoch: 1 } },
    { key: { programId: 1, epoch: 1 } },
    { key: { programId: 1, accountEpoch: 1 } },
    // What is to be done: only that is in these, however many statements there were.
    {
      key: { programId: 1, touched: 1, epoch: 1 },
      partialFilterExpression: { touched: true },
    },
    {
      key: { programId: 1, nextMaturesAtMs: 1 },
      partialFilterExpression: { nextMaturesAtMs: { $gt: 0 } },
    },
    { key: { programId: 1, dueAtMs: 1 }, partialFilterExpression: { dueAtMs: { $gt: 0 } } },
  ]);

  return {
    ...createReads(statements),
    ...createMarking(statements),
    ...createSaving(statements),
    findDue: async ({ programId, nowMs, minEpoch, maxEpoch, limit, excludeIds }) => {
      for (;;) {
        const waiting = await statements
          .find({ programId, dueAtMs: { $gt: 0, $lte: nowMs } })
          .sort({ dueAtMs: 1 })
          .limit(limit + excludeIds.size)
          .toArray();
        const lapsed = waiting.filter(({ epoch }) => epoch < minEpoch).map(({ _id }) => _id);
        if (lapsed.length === 0) {
          const due = waiting.filter(({ _id, epoch }) => epoch <= maxEpoch && !excludeIds.has(_id));
          return groupedByMember(due.slice(0, limit).map(toRecord));
        }
        // They would stand before all others for ever.
        await statements.updateMany({ _id: { $in: lapsed } }, { $set: { dueAtMs: null } });
      }
    },
  };
}
