import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';
import type { CursorStore, IndexerCursor } from '../../ports/stores/indexer.ts';

export interface CursorDocument {
  /** Chain id. */
  _id: number;
  blockNumber: number;
  blockHash: Hex;
  checkpoints: { number: number; hash: Hex }[];
  programIds: string[];
  /** Missing in a cursor of an earlier version. */
  halted?: { programId: string; blockNumber: number }[];
  /** Whether the chain answered last, and when. */
  answers: boolean;
  answeredAtMs: number;
  version: number;
}

export const CURSOR_COLLECTION = 'readerCursors';

/** Opens the store of the indexer's cursors. */
export function createCursorStore(connection: Connection, wallNowMs: () => number): CursorStore {
  const fieldsOf = ({ chainId: _, ...cursor }: IndexerCursor): Omit<CursorDocument, '_id'> => ({
    ...cursor,
    checkpoints: [...cursor.checkpoints],
    programIds: [...cursor.programIds],
    halted: [...cursor.halted],
    answers: true,
    answeredAtMs: wallNowMs(),
  });
  const cursors = connection.collection<CursorDocument>(CURSOR_COLLECTION);
  return {
    take: async (chainId): Promise<IndexerCursor | null> => {
      const taken = await cursors.findOneAndUpdate(
        { _id: chainId },
        { $inc: { version: 1 } },
        { returnDocument: 'after' },
      );
      if (taken === null) return null;
      const { blockNumber, blockHash, checkpoints, programIds, halted = [], version } = taken;
      return { chainId, blockNumber, blockHash, checkpoints, programIds, halted, version };
    },
    create: async (cursor) => {
      try {
        await cursors.insertOne({ _id: cursor.chainId, ...fieldsOf(cursor) });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    save: async (cursor) => {
      const { chainId, version } = cursor;
      const saved = await cursors.updateOne({ _id: chainId, version }, { $set: fieldsOf(cursor) });
      return saved.matchedCount === 1;
    },
    noteAnswer: async (chainId, answers) => {
      const written = answers ? { answers, answeredAtMs: wallNowMs() } : { answers };
      await cursors.updateOne({ _id: chainId }, { $set: written });
    },
  };
}
