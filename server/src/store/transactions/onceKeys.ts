import type { Connection } from 'mongoose';
import type { OnceRecord, OnceStore } from '../../ports/stores/transactions.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface OnceDocument extends Omit<OnceRecord, 'id'> {
  readonly _id: string;
  /** For the index that deletes documents. */
  readonly createdAt: Date;
}

/** Twice as long as keys are valid: a deleted one is not asked for any more. */
const DELETE_AFTER_SECONDS = 2 * 86_400;

const toRecord = ({ _id, createdAt: _, ...record }: OnceDocument): OnceRecord => ({
  id: _id,
  ...record,
});

/** Opens the store of writes that are done once. */
export async function createOnceStore(connection: Connection): Promise<OnceStore> {
  const keys = connection.collection<OnceDocument>('onceKeys');
  await keys.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELETE_AFTER_SECONDS });

  const find: OnceStore['find'] = async (id, sinceMs) => {
    const found = await keys.findOne({ _id: id, createdAtMs: { $gte: sinceMs } });
    return found === null ? null : toRecord(found);
  };

  return {
    find,
    claim: async (record, sinceMs) => {
      const { id, ...fields } = record;
      const document = { ...fields, createdAt: new Date(record.createdAtMs) };
      try {
        // Takes the place of one that is too old; runs into the unique _id of one that is not.
        await keys.replaceOne({ _id: id, createdAtMs: { $lt: sinceMs } }, document, {
          upsert: true,
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      // Another caller may have freed it in between: then this one goes on as if it had claimed it.
      return (await find(id, sinceMs)) ?? record;
    },
    finish: async (id, effectId, result) => {
      await keys.updateOne({ _id: id, effectId, result: null }, { $set: { result } });
      return (await keys.findOne({ _id: id }))?.result ?? result;
    },
    free: async (id, effectId) => {
      await keys.deleteOne({ _id: id, effectId, result: null });
    },
  };
}
