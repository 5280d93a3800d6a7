import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection } from 'mongoose';
import type { DocumentStore } from '../../ports/stores/terms.ts';

interface DocumentRow {
  /** keccak256 of the text. */
  _id: Hex;
  text: string;
}

/** Opens the store of documents. */
export function createDocumentStore(connection: Connection): DocumentStore {
  const documents = connection.collection<DocumentRow>('documents');
  return {
    put: async ({ hash, text }) => {
      await documents.updateOne({ _id: hash }, { $setOnInsert: { text } }, { upsert: true });
    },
    find: async (hash) => {
      const found = await documents.findOne({ _id: hash });
      return found === null ? null : { hash, text: found.text };
    },
  };
}
