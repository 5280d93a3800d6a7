import type { Connection } from 'mongoose';
import type { WebhookCursor, WebhookCursorStore } from '../../ports/webhooks.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface CursorDocument extends Omit<WebhookCursor, 'programId'> {
  readonly _id: string;
}

/** Opens the store that says how far programs are told of. */
export async function createWebhookCursorStore(
  connection: Connection,
): Promise<WebhookCursorStore> {
  const cursors = connection.collection<CursorDocument>('webhookCursors');
  await cursors.createIndexes([{ key: { chainId: 1, blockNumber: 1 } }]);
  return {
    find: async (programId) => {
      const found = await cursors.findOne({ _id: programId });
      if (found === null) return null;
      const { _id, ...cursor } = found;
      return { programId: _id, ...cursor };
    },
    save: async ({ programId, version, ...cursor }) => {
      try {
        const { matchedCount, upsertedCount } = await cursors.updateOne(
          { _id: programId, version },
          { $set: { ...cursor, version: version + 1 } },
          // A first cursor has version 0, and no stored one has.
          { upsert: version === 0 },
        );
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    rewind: async (chainId, blockNumber) => {
      await cursors.updateMany(
        { chainId, blockNumber: { $gt: blockNumber } },
        { $set: { blockNumber }, $inc: { version: 1 } },
      );
    },
  };
}
