import type { mongo } from 'mongoose';
import type { ReadEvent } from '../../domain/events.ts';
import { isOfDay, totalChangesOf } from '../../domain/projections/totals.ts';
import { fromStored, type Stored } from '../mongo/bigints.ts';
import type { Migration } from '../mongo/dataVersion.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import type { TotalDocument } from './holderCount.ts';

interface EventOfDay {
  readonly programId: string;
  readonly blockNumber: number;
  readonly logIndex: number;
  readonly blockTimeMs: number | null;
  readonly event: Stored<ReadEvent>;
}

interface Sum {
  amount: bigint;
  blockNumber: number;
  logIndex: number;
}

const WRITTEN_AT_ONCE = 1_000;

/** Adds what each day added to totals, out of the stored events, to data that has the totals alone. */
export const addDailyTotals: Migration = async (connection) => {
  const events = connection
    .collection<EventOfDay>('chainEvents')
    .find(
      {},
      { projection: { programId: 1, blockNumber: 1, logIndex: 1, blockTimeMs: 1, event: 1 } },
    );
  const sums = new Map<string, Sum>();
  for await (const { programId, blockNumber, logIndex, blockTimeMs, event } of events) {
    for (const { name, delta } of totalChangesOf(fromStored<ReadEvent>(event), blockTimeMs)) {
      if (!isOfDay(name)) continue;
      const id = `${programId}:${name}`;
      const sum = sums.get(id) ?? { amount: 0n, blockNumber: 0, logIndex: 0 };
      sum.amount += delta;
      const isLater =
        blockNumber > sum.blockNumber ||
        (blockNumber === sum.blockNumber && logIndex > sum.logIndex);
      if (isLater) Object.assign(sum, { blockNumber, logIndex });
      sums.set(id, sum);
    }
  }
  const written: mongo.AnyBulkWriteOperation<TotalDocument>[] = [...sums].map(
    ([_id, { amount, blockNumber, logIndex }]) => ({
      replaceOne: {
        // Another process may have brought the data along, and read on: what it has of later events stays.
        filter: {
          _id,
          $or: [
            { blockNumber: { $lt: blockNumber } },
            { blockNumber, logIndex: { $lt: logIndex } },
          ],
        },
        replacement: { amount: amount.toString(), blockNumber, logIndex },
        upsert: true,
      },
    }),
  );
  const totals = connection.collection<TotalDocument>('holdings');
  for (let at = 0; at < written.length; at += WRITTEN_AT_ONCE) {
    try {
      await totals.bulkWrite(written.slice(at, at + WRITTEN_AT_ONCE), { ordered: false });
    } catch (error) {
      // Those that are there and are not earlier.
      duplicatesOf(error);
    }
  }
};
