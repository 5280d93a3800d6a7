import type { Connection, mongo } from 'mongoose';
import { MAX_KEPT_ATTEMPTS } from '../../domain/webhooks/delivery.ts';
import type { WebhookDeliveryRecord, WebhookDeliveryStore } from '../../ports/webhooks.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import { updateEach } from '../mongo/updateEach.ts';

interface DeliveryDocument extends Omit<WebhookDeliveryRecord, 'id' | 'attempts'> {
  readonly _id: string;
  readonly attempts: WebhookDeliveryRecord['attempts'][number][];
  /** For the index that deletes documents. */
  readonly createdAt: Date;
}

/** A month: what a person looks for in the log is younger. */
export const KEPT_SECONDS = 30 * 86_400;

const toRecord = ({ _id, createdAt: _, ...delivery }: DeliveryDocument): WebhookDeliveryRecord => ({
  id: _id,
  ...delivery,
});

type Filter = mongo.Filter<DeliveryDocument>;
const OPEN: Filter = { state: { $in: ['WAITING', 'RETRYING'] } };

/** A single one is looked for by itself: the engine sorts by the index then. */
const oneOf = (ids: readonly string[]): string | { $in: string[] } =>
  ids.length === 1 ? (ids[0] ?? '') : { $in: [...ids] };

/** Opens the store of deliveries. */
export async function createWebhookDeliveryStore(
  connection: Connection,
): Promise<WebhookDeliveryStore> {
  const deliveries = connection.collection<DeliveryDocument>('webhookDeliveries');
  await deliveries.createIndexes([
    { key: { endpointId: 1, state: 1, position: 1 } },
    { key: { endpointId: 1, state: 1, dueAtMs: 1 } },
    { key: { endpointId: 1, createdAtMs: 1, _id: 1 } },
    { key: { environment: 1, state: 1, createdAtMs: 1 } },
    { key: { eventId: 1 } },
    { key: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ]);

  return {
    add: async (added) => {
      if (added.length === 0) return;
      const documents = added.map(({ id, ...delivery }): DeliveryDocument => ({
        _id: id,
        ...delivery,
        attempts: [...delivery.attempts],
        createdAt: new Date(delivery.createdAtMs),
      }));
      try {
        await deliveries.insertMany(documents, { ordered: false });
      } catch (error) {
        duplicatesOf(error);
      }
    },
    find: async (id) => {
      const found = await deliveries.findOne({ _id: id });
      return found === null ? null : toRecord(found);
    },
    findMany: async (ids) => {
      const found = await deliveries.find({ _id: { $in: [...ids] } }).toArray();
      return new Map(found.map((document) => [document._id, toRecord(document)]));
    },
    listWaiting: async (endpointIds, limit) =>
      (
        await deliveries
          .find({ endpointId: oneOf(endpointIds), state: 'WAITING' })
          .sort({ position: 1 })
          .limit(limit)
          .toArray()
      ).map(toRecord),
    listRetrying: async (endpointIds, limit) =>
      (
        await deliveries
          .find({ endpointId: oneOf(endpointIds), state: 'RETRYING' })
          .sort({ dueAtMs: 1 })
          .limit(limit)
          .toArray()
      ).map(toRecord),
    noteAttempts: async (attempted) => {
      const rows = attempted.map(({ id, attempts, ...after }) => ({
        _id: id,
        set: { ...after, attempts: attempts.slice(-MAX_KEPT_ATTEMPTS) },
      }));
      await updateEach(deliveries, rows, { onlyIf: { $in: ['$state', ['WAITING', 'RETRYING']] } });
    },
    again: async (ids, nowMs) => {
      await deliveries.updateMany(
        { _id: { $in: [...ids] }, state: { $ne: 'WAITING' } },
        { $set: { state: 'RETRYING', dueAtMs: nowMs, retriedFromMs: nowMs, failed: 0 } },
      );
    },
    giveUp: async (endpointId, nowMs, ids) => {
      await deliveries.updateMany(
        { endpointId, ...OPEN, ...(ids !== undefined && { _id: { $in: [...ids] } }) },
        { $set: { state: 'DEAD', dueAtMs: nowMs } },
      );
    },
    removeOf: async (endpointId) => {
      await deliveries.deleteMany({ endpointId });
    },
    page: async (endpointId, { state, after, limit }) => {
      const older: Filter =
        after === null
          ? {}
          : {
              $or: [
                { createdAtMs: { $lt: after.createdAtMs } },
                { createdAtMs: after.createdAtMs, _id: { $lt: after.id } },
              ],
            };
      const found = await deliveries
        .find({ endpointId, ...(state !== null && { state }), ...older })
        .sort({ createdAtMs: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(toRecord);
    },
    eraseAnswers: async (eventIds) => {
      if (eventIds.length === 0) return;
      await deliveries.updateMany(
        { eventId: { $in: [...eventIds] }, 'attempts.0': { $exists: true } },
        { $set: { 'attempts.$[].answer': '' } },
      );
    },
    backlog: async (environment) => {
      const [waiting, retrying, oldest] = await Promise.all([
        deliveries.countDocuments({ environment, state: 'WAITING' }),
        deliveries.countDocuments({ environment, state: 'RETRYING' }),
        deliveries.findOne({ environment, state: 'WAITING' }, { sort: { createdAtMs: 1 } }),
      ]);
      return { waiting, retrying, oldestWaitingMs: oldest?.createdAtMs ?? null };
    },
  };
}
