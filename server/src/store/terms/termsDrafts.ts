import type { Connection } from 'mongoose';
import type { TermsDraft } from '../../domain/terms/termsDraft.ts';
import type { TermsDraftStore } from '../../ports/stores/terms.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

type DraftRow = TermsDraft & {
  /** `${programId}:${target}` */
  readonly _id: string;
  /** Set once it is deleted: the row stays, so that no revision ever comes again. */
  readonly isDeleted?: true;
};

/** A draft that is not deleted. */
const THERE = { isDeleted: { $exists: false } };

const idOf = ({ programId, target }: Pick<TermsDraft, 'programId' | 'target'>): string =>
  `${programId}:${target}`;

/** Opens the store of drafts of terms. */
export function createTermsDraftStore(connection: Connection): TermsDraftStore {
  const drafts = connection.collection<DraftRow>('termsDrafts');
  return {
    find: async (programId, target) => {
      const found = await drafts.findOne({ _id: idOf({ programId, target }) });
      if (found === null || found.isDeleted === true) return null;
      const { _id, ...draft } = found;
      return draft;
    },
    replace: async (draft, revision) => {
      const _id = idOf(draft);
      if (revision > 0) {
        const next = { ...draft, revision: revision + 1 };
        const { matchedCount } = await drafts.replaceOne({ _id, revision, ...THERE }, next);
        return matchedCount === 1 ? next : null;
      }
      const deleted = await drafts.findOne({ _id, isDeleted: true });
      const first = { ...draft, revision: (deleted?.revision ?? 0) + 1 };
      if (deleted !== null) {
        const gone = { _id, revision: deleted.revision, isDeleted: true as const };
        return (await drafts.replaceOne(gone, first)).matchedCount === 1 ? first : null;
      }
      try {
        await drafts.insertOne({ _id, ...first });
        return first;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return null;
      }
    },
    delete: async ({ revision, ...key }) => {
      const said = { terms: '', note: null, savedBy: '', isDeleted: true as const };
      const of = { _id: idOf(key), revision, ...THERE };
      return (await drafts.updateOne(of, { $set: said })).matchedCount === 1;
    },
  };
}
