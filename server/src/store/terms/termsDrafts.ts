import type { Connection } from 'mongoose';
import type { TermsDraft } from '../../domain/terms/termsDraft.ts';
import type { TermsDraftStore } from '../../ports/stores/terms.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

type DraftRow = TermsDraft & {
  /** `${programId}:${target}` */
  readonly _id: string;
};

const idOf = ({ programId, target }: Pick<TermsDraft, 'programId' | 'target'>): string =>
  `${programId}:${target}`;

/** Opens the store of drafts of terms. */
export function createTermsDraftStore(connection: Connection): TermsDraftStore {
  const drafts = connection.collection<DraftRow>('termsDrafts');
  return {
    find: async (programId, target) => {
      const found = await drafts.findOne({ _id: idOf({ programId, target }) });
      if (found === null) return null;
      const { _id, ...draft } = found;
      return draft;
    },
    replace: async (draft) => {
      const _id = idOf(draft);
      if (draft.revision === 1) {
        try {
          await drafts.insertOne({ _id, ...draft });
          return true;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          return false;
        }
      }
      const before = { _id, revision: draft.revision - 1 };
      return (await drafts.replaceOne(before, draft)).matchedCount === 1;
    },
    delete: async ({ revision, ...key }) =>
      (await drafts.deleteOne({ _id: idOf(key), revision })).deletedCount === 1,
  };
}
