import type { Connection } from 'mongoose';
import type { OneUseRecord, OneUseStore } from '../../ports/stores/access.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface TokenDocument extends Omit<OneUseRecord, 'id'> {
  readonly _id: string;
  /** For the index that deletes documents. */
  readonly createdAt: Date;
}

/** As long as the idempotency keys that they are used under: a repeated call finds its token, and no other finds it unused. */
const DELETE_AFTER_SECONDS = 2 * 86_400;

/** Opens the store of tokens that are good once. */
export async function createOneUseStore(connection: Connection): Promise<OneUseStore> {
  const tokens = connection.collection<TokenDocument>('oneUseTokens');
  await tokens.createIndexes([
    { key: { createdAt: 1 }, expireAfterSeconds: DELETE_AFTER_SECONDS },
    { key: { programId: 1, externalId: 1 } },
  ]);

  return {
    keep: async ({ id, ...token }) => {
      try {
        await tokens.insertOne({ _id: id, ...token, createdAt: new Date(token.createdAtMs) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    use: async (id, usedBy, nowMs) => {
      await tokens.updateOne(
        { _id: id, usedBy: null, expiresAtMs: { $gt: nowMs } },
        { $set: { usedBy } },
      );
      const found = await tokens.findOne({ _id: id });
      if (found?.usedBy !== usedBy) return null;
      const { _id, createdAt: _, ...token } = found;
      return { id: _id, ...token };
    },
    eraseOf: async ({ programId, externalId }) => {
      await tokens.deleteMany({ programId, externalId });
    },
  };
}
