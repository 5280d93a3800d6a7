import type { Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError, refuseIfAny, type Refusal } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import {
  checkDocument,
  MAX_DOCUMENTS_A_DAY,
  NO_DOCUMENT,
  type Document,
} from '../../domain/terms/document.ts';
import type { ContractCodec } from '../../ports/chain/contractCodec.ts';
import type { DocumentStore } from '../../ports/stores/terms.ts';

/** The organisation that stores texts for the rule sets of its programs. */
export type DocumentOwner = Pick<Program, 'organisationId'>;

/** Keeps the small print that rule sets name by its hash. */
export interface Documents {
  /**
   * Stores a text for ever, byte for byte, for the rule sets of a program to name. The same text again is no other one.
   *
   * @throws UserError for one that is too long or can't be read
   * @throws ServiceError QUOTA_USED_UP for a new text beyond {@link MAX_DOCUMENTS_A_DAY}
   */
  put(owner: DocumentOwner, text: string): Promise<Document>;
  /** Finds the document with a hash; null for none and for one that this service does not have. */
  find(hash: Hex): Promise<Document | null>;
  /**
   * Refuses a hash whose text the organisation has not stored and the program has not had in its rules: nobody could read it. What
   * other organisations have stored makes no difference. That of no document is right.
   *
   * @param field Path of the hash in the input.
   */
  checkStored(
    owner: DocumentOwner & Pick<Program, 'ruleSets'>,
    field: string,
    hash: Hex,
  ): Promise<Refusal | null>;
}

const DAY_MS = 86_400_000;

export function createDocuments(deps: {
  documents: DocumentStore;
  codec: Pick<ContractCodec, 'hashOf'>;
  wallNowMs: () => number;
}): Documents {
  const { documents, codec, wallNowMs } = deps;

  const documentOf = (text: string): Document => {
    refuseIfAny(checkDocument('text', text));
    return { hash: codec.hashOf(text), text };
  };

  /** Counted once it is claimed, so that calls at the same time find no room twice. @throws ServiceError */
  const claim = async (organisationId: string, hash: Hex): Promise<void> => {
    const nowMs = wallNowMs();
    if (!(await documents.claim(organisationId, hash, nowMs))) return;
    const claimed = await documents.claimedSince(organisationId, nowMs - DAY_MS);
    if (claimed.length <= MAX_DOCUMENTS_A_DAY) return;
    await documents.unclaim(organisationId, hash);
    throw new ServiceError({
      code: 'QUOTA_USED_UP',
      message: `The organisation has stored ${MAX_DOCUMENTS_A_DAY} texts within a day; repeat the request after "retryAfterMs".`,
      retryAfterMs: Math.max(1, Math.min(...claimed) + DAY_MS - nowMs),
    });
  };

  const find: Documents['find'] = (hash) =>
    hash === NO_DOCUMENT ? Promise.resolve(null) : documents.find(hash);

  return {
    find,
    put: async ({ organisationId }, text) => {
      const document = documentOf(text);
      await claim(organisationId, document.hash);
      await documents.put(document);
      return document;
    },
    checkStored: async ({ organisationId, ruleSets }, field, hash) => {
      if (hash === NO_DOCUMENT) return null;
      const isIts =
        ruleSets.some(({ documentHash }) => documentHash === hash) ||
        (await documents.hasClaimed(organisationId, hash));
      if (isIts && (await find(hash)) !== null) return null;
      const message = `${field} is ${hash}; it must be the hash of a text that documentPut has stored for this organisation.`;
      return { code: 'UNKNOWN_DOCUMENT', field, message };
    },
  };
}
