import type { Hex } from '@dewpoint/contracts/statement.ts';
import { refuseIfAny, type Refusal } from '../../domain/errors.ts';
import { checkDocument, NO_DOCUMENT, type Document } from '../../domain/terms/document.ts';
import type { ContractCodec } from '../../ports/chain/contractCodec.ts';
import type { DocumentStore } from '../../ports/stores/terms.ts';

/** Keeps the small print that rule sets name by its hash. */
export interface Documents {
  /** Stores a text for ever, byte for byte. @throws UserError for one that is too long or can't be read */
  put(text: string): Promise<Document>;
  /** Finds the document with a hash; null for none and for one that this service does not have. */
  find(hash: Hex): Promise<Document | null>;
  /** Refuses a hash whose text nobody could read; that of no document is right. @param field Path of the hash in the input. */
  checkStored(field: string, hash: Hex): Promise<Refusal | null>;
}

export function createDocuments(deps: {
  documents: DocumentStore;
  codec: Pick<ContractCodec, 'hashOf'>;
}): Documents {
  const { documents, codec } = deps;
  const find: Documents['find'] = (hash) =>
    hash === NO_DOCUMENT ? Promise.resolve(null) : documents.find(hash);
  return {
    find,
    put: async (text) => {
      refuseIfAny(checkDocument('text', text));
      const document = { hash: codec.hashOf(text), text };
      await documents.put(document);
      return document;
    },
    checkStored: async (field, hash) => {
      if (hash === NO_DOCUMENT || (await find(hash)) !== null) return null;
      const message = `${field} is ${hash}; it must be the hash of a text that documentPut has stored.`;
      return { code: 'UNKNOWN_DOCUMENT', field, message };
    },
  };
}
