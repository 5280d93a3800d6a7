import type { Connection } from 'mongoose';
import type { PaymentEvent } from '../../ports/payments.ts';
import type { PaymentEventStore } from '../../ports/stores/billing/paymentEvents.ts';

interface EventDocument extends Omit<PaymentEvent, 'id' | 'paymentId'> {
  readonly _id: string;
  /** Messages of earlier versions name none. */
  readonly paymentId?: string | null;
  readonly receivedAtMs: number;
  readonly attempts: number;
  /** Left out of those that are worked off. */
  readonly dueAtMs?: number;
  /** For the index that deletes documents. */
  readonly finishedAt?: Date;
}

/** The provider sends a message again for three days; the rest is for people who ask what was sent. */
const KEPT_SECONDS = 90 * 86_400;

/** Opens the store of the provider's messages. */
export async function createPaymentEventStore(connection: Connection): Promise<PaymentEventStore> {
  const events = connection.collection<EventDocument>('stripeEvents');
  await events.createIndexes([
    { key: { dueAtMs: 1 }, sparse: true },
    { key: { finishedAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ]);
  const open = { dueAtMs: { $exists: true } };
  return {
    keep: async ({ id, ...event }, receivedAtMs) => {
      await events.updateOne(
        { _id: id },
        { $setOnInsert: { ...event, receivedAtMs, attempts: 0, dueAtMs: receivedAtMs } },
        { upsert: true },
      );
    },
    listDue: async (nowMs, limit) => {
      const found = await events
        .find({ dueAtMs: { $lte: nowMs } })
        .sort({ dueAtMs: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, type, createdAtMs, customerId, paymentId = null, attempts }) => ({
        ...{ id: _id, type, createdAtMs, customerId, paymentId, attempts },
      }));
    },
    finish: async (id, finishedAtMs) => {
      await events.updateOne(
        { _id: id },
        { $set: { finishedAt: new Date(finishedAtMs) }, $unset: { dueAtMs: '' } },
      );
    },
    postpone: async (id, dueAtMs) => {
      await events.updateOne({ _id: id, ...open }, { $set: { dueAtMs }, $inc: { attempts: 1 } });
    },
    open: async () => {
      const [count, [oldest]] = await Promise.all([
        events.countDocuments(open),
        events.find(open).sort({ receivedAtMs: 1 }).limit(1).toArray(),
      ]);
      return { count, oldestMs: oldest?.receivedAtMs ?? null };
    },
  };
}
