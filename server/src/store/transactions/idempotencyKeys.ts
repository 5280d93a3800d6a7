import type { Connection } from 'mongoose';
import type { IdempotencyRecord, IdempotencyStore } from '../../ports/stores/transactions.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface KeyDocument {
  _id: string;
  inputHash: string;
  requestId: string;
  createdAtMs: number;
  /** Left out for the first. */
  replaces?: string;
  /** For the index that deletes documents. */
  createdAt: Date;
}

/** Twice as long as keys are valid: a deleted one is not asked for any more. */
const DELETE_AFTER_SECONDS = 2 * 86_400;

const toRecord = (document: KeyDocument): IdempotencyRecord => {
  const { _id, createdAt: _, replaces, ...record } = document;
  return { id: _id, ...record, replaces: replaces ?? null };
};
const toFields = ({ id: _, replaces, ...record }: IdempotencyRecord): Omit<KeyDocument, '_id'> => ({
  ...record,
  ...(replaces !== null && { replaces }),
  createdAt: new Date(record.createdAtMs),
});

/** Opens the store of idempotency keys. */
export async function createIdempotencyStore(connection: Connection): Promise<IdempotencyStore> {
  const keys = connection.collection<KeyDocument>('idempotencyKeys');
  await keys.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELETE_AFTER_SECONDS });

  const find: IdempotencyStore['find'] = async (id, sinceMs) => {
    const found = await keys.findOne({ _id: id, createdAtMs: { $gte: sinceMs } });
    return found === null ? null : toRecord(found);
  };
  /** @throws when there is none: it was only just there */
  const standing = async (id: string, sinceMs: number): Promise<IdempotencyRecord> => {
    const stands = await find(id, sinceMs);
    if (stands !== null) return stands;
    throw new Error(`The idempotency record ${id} was written and is not there.`);
  };
  return {
    find,
    replace: async (record) => {
      const { id, replaces } = record;
      if (replaces === null) throw new Error(`The idempotency record ${id} replaces nothing.`);
      await keys.replaceOne({ _id: id, requestId: replaces }, toFields(record));
      return standing(id, 0);
    },
    claim: async (record, sinceMs) => {
      const { id } = record;
      const fields = toFields(record);
      try {
        // Takes the place of one that is too old; runs into the unique _id of one that is not.
        await keys.replaceOne({ _id: id, createdAtMs: { $lt: sinceMs } }, fields, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return standing(id, sinceMs);
    },
  };
}
