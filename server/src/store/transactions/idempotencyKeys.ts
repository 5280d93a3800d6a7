import type { Connection } from 'mongoose';
import type { IdempotencyRecord, IdempotencyStore } from '../../ports/stores/transactions.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface KeyDocument {
  _id: string;
  inputHash: string;
  requestId: string;
  createdAtMs: number;
  /** For the index that deletes documents. */
  createdAt: Date;
}

/** Twice as long as keys are valid: a deleted one is not asked for any more. */
const DELETE_AFTER_SECONDS = 2 * 86_400;

const toRecord = ({ _id, createdAt: _, ...record }: KeyDocument): IdempotencyRecord => ({
  id: _id,
  ...record,
});

/** Opens the store of idempotency keys. */
export async function createIdempotencyStore(connection: Connection): Promise<IdempotencyStore> {
  const keys = connection.collection<KeyDocument>('idempotencyKeys');
  await keys.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELETE_AFTER_SECONDS });

  const find: IdempotencyStore['find'] = async (id, sinceMs) => {
    const found = await keys.findOne({ _id: id, createdAtMs: { $gte: sinceMs } });
    return found === null ? null : toRecord(found);
  };
  return {
    find,
    claim: async ({ id, ...record }, sinceMs) => {
      const fields = { ...record, createdAt: new Date(record.createdAtMs) };
      try {
        // Takes the place of one that is too old; runs into the unique _id of one that is not.
        await keys.replaceOne({ _id: id, createdAtMs: { $lt: sinceMs } }, fields, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const stands = await find(id, sinceMs);
      if (stands === null)
        throw new Error(`The idempotency record ${id} was written and is not there.`);
      return stands;
    },
  };
}
