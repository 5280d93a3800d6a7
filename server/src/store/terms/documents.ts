import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Connection } from 'mongoose';
import type { DocumentStore } from '../../ports/stores/terms.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface DocumentRow {
  /** keccak256 of the text. */
  _id: Hex;
  text: string;
}

interface ClaimRow {
  /** `${organisationId}:${hash}` */
  _id: string;
  organisationId: string;
  /** Unix milliseconds. */
  claimedAtMs: number;
}

const claimId = (organisationId: string, hash: Hex): string => `${organisationId}:${hash}`;

/** Creates the indexes and opens the store of documents. */
export async function createDocumentStore(connection: Connection): Promise<DocumentStore> {
  const documents = connection.collection<DocumentRow>('documents');
  const claims = connection.collection<ClaimRow>('documentClaims');
  await claims.createIndexes([{ key: { organisationId: 1, claimedAtMs: 1 } }]);
  return {
    put: async ({ hash, text }) => {
      await documents.updateOne({ _id: hash }, { $setOnInsert: { text } }, { upsert: true });
    },
    find: async (hash) => {
      const found = await documents.findOne({ _id: hash });
      return found === null ? null : { hash, text: found.text };
    },
    claim: async (organisationId, hash, claimedAtMs) => {
      try {
        await claims.insertOne({ _id: claimId(organisationId, hash), organisationId, claimedAtMs });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return false;
      }
    },
    unclaim: async (organisationId, hash) => {
      await claims.deleteOne({ _id: claimId(organisationId, hash) });
    },
    hasClaimed: async (organisationId, hash) =>
      (await claims.findOne({ _id: claimId(organisationId, hash) })) !== null,
    claimedSince: async (organisationId, sinceMs) => {
      const found = await claims.find({ organisationId, claimedAtMs: { $gt: sinceMs } }).toArray();
      return found.map(({ claimedAtMs }) => claimedAtMs);
    },
  };
}
