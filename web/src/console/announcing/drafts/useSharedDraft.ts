import { useState } from 'react';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import { useAct } from '../../writes/useAct.ts';
import { DraftDelete, DraftSave, type DraftSaved, type SavedDraft } from './queries.ts';

/** Something that is done with a draft. */
interface DraftWrite {
  /** Of the write. */
  readonly name: string;
  readonly isUnderWay: boolean;
  readonly write: WriteState | null;
}

/** The draft of a page that people share, and what can be done with it. */
export interface SharedDraft {
  /** Null while there is none. */
  readonly draft: SavedDraft | null;
  /** Whether it was saved by another one after this page was opened: nobody writes over it unseen. */
  readonly isNews: boolean;
  /** What was saved from this page; null for nothing. */
  readonly saved: DraftSaved;
  readonly saving: DraftWrite;
  readonly deleting: DraftWrite;
  /** Says that it was looked at: it may be written over. */
  look(): void;
  /** @param terms in JSON, as the API takes them @param note null for none */
  save(terms: string, note: string | null): void;
  /** Deletes a revision. One that was saved since stays. */
  remove(revision: number): void;
}

const momentOf = (draft: { readonly savedAt: string } | null): number =>
  draft === null ? 0 : Date.parse(draft.savedAt);

/**
 * Shares a draft with those who may announce it.
 *
 * @param target what it is for
 * @param draft the newest one, as the program has it
 * @param isFormKept whether what is typed is still in the form after the page was loaded again
 */
export function useSharedDraft(
  target: 'RULES' | 'BUYBACK',
  draft: SavedDraft | null,
  isFormKept: boolean,
): SharedDraft {
  const [seenAtMs, setSeen] = useState(() => momentOf(draft));
  const [saved, setSaved] = useState<DraftSaved>(null);
  const [saveName, deleteName] = [`termsDraftSave:${target}`, `termsDraftDelete:${target}`];
  const save = useAct(
    { name: saveName, kind: 'termsDraftSave', document: DraftSave },
    ({ payload, isResumed }) => {
      const { draft: mine } = payload as { draft: DraftSaved };
      // What the form does not have any more is shown as one to be taken in.
      if (isFormKept || !isResumed) setSaved(mine);
      setSeen(momentOf(mine));
      save.forget();
    },
  );
  const remove = useAct(
    { name: deleteName, kind: 'termsDraftDelete', document: DraftDelete, isKeyless: true },
    () => remove.forget(),
  );
  return {
    ...{ draft, saved, isNews: momentOf(draft) > seenAtMs },
    saving: { name: saveName, isUnderWay: save.isUnderWay, write: save.write },
    deleting: { name: deleteName, isUnderWay: remove.isUnderWay, write: remove.write },
    look: () => setSeen(momentOf(draft)),
    save: (terms, note) =>
      save.start({
        ...{ target, terms, revision: draft?.revision ?? 0 },
        ...(note !== null && { note }),
      }),
    remove: (revision) => remove.start({ target, revision }),
  };
}
