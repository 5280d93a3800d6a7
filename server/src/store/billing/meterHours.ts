import type { Connection, mongo } from 'mongoose';
import type { MeterHour, MeterState } from '../../domain/billing/meterHour.ts';
import type { MeterHourStore, UsageDay } from '../../ports/stores/billing/meterHours.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

type MeterDocument = Omit<MeterHour, 'id'> & { readonly _id: string };

const OPEN: readonly MeterState[] = ['PENDING', 'SENT'];
const STUCK: readonly MeterState[] = ['REFUSED', 'HELD'];
const HOURS_PER_DAY = 24;

const toEntry = ({ _id, ...entry }: MeterDocument): MeterHour => ({ id: _id, ...entry });

/** Opens the ledger of what is billed. Its documents are never deleted. */
export async function createMeterHourStore(connection: Connection): Promise<MeterHourStore> {
  const hours = connection.collection<MeterDocument>('meterHours');
  await hours.createIndexes([
    { key: { programId: 1, hour: 1 }, unique: true },
    { key: { organisationId: 1, hour: 1 } },
    { key: { state: 1, dueAtMs: 1 } },
    { key: { state: 1, hour: 1 } },
  ]);
  return {
    insert: async ({ id, ...entry }) => {
      try {
        await hours.insertOne({ _id: id, ...entry });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    find: async (id) => {
      const found = await hours.findOne({ _id: id });
      return found === null ? null : toEntry(found);
    },
    newestHour: async (programId) => {
      const [newest] = await hours.find({ programId }).sort({ hour: -1 }).limit(1).toArray();
      return newest?.hour ?? null;
    },
    ofHour: async (organisationId, hour) => {
      const found = await hours.find({ organisationId, hour }).toArray();
      return found.map(toEntry);
    },
    listDue: async (state, nowMs, limit) => {
      const due = { state, dueAtMs: { $lte: nowMs } };
      const found = await hours.find(due).sort({ dueAtMs: 1 }).limit(limit).toArray();
      return found.map(toEntry);
    },
    update: async ({ id, state, attempts }, changes) => {
      const { matchedCount } = await hours.updateOne(
        { _id: id, state, attempts },
        { $set: changes },
      );
      return matchedCount === 1;
    },
    days: async (organisationId, fromHour) => {
      const grouped: mongo.Document[] = [
        { $match: { organisationId, hour: { $gte: fromHour } } },
        {
          $group: { _id: { hour: '$hour', state: '$state' }, count: { $sum: '$count' } },
        },
      ];
      interface Sum {
        readonly _id: { readonly hour: number; readonly state: MeterState };
        readonly count: number;
      }
      const days = new Map<number, UsageDay>();
      for (const { _id, count } of await hours.aggregate<Sum>(grouped).toArray()) {
        const day = Math.floor(_id.hour / HOURS_PER_DAY);
        const before = days.get(day) ?? { day, count: 0, waived: 0 };
        const waived = _id.state === 'WAIVED' ? count : 0;
        days.set(day, { day, count: before.count + count, waived: before.waived + waived });
      }
      return [...days.values()].toSorted((a, b) => b.day - a.day);
    },
    sums: async () => {
      const [open, stuck, [oldest]] = await Promise.all([
        hours.countDocuments({ state: { $in: [...OPEN] } }),
        hours.countDocuments({ state: { $in: [...STUCK] } }),
        hours
          .find({ state: { $in: [...OPEN] } })
          .sort({ hour: 1 })
          .limit(1)
          .toArray(),
      ]);
      return { open, stuck, oldestOpenHour: oldest?.hour ?? null };
    },
  };
}
