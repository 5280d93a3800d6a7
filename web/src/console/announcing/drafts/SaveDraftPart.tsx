import { Textarea } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { tabStorage } from '../../../shared/storage/tabStorage.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { useMay } from '../../access/barrier.ts';
import { useWorkplace } from '../../access/workplace.ts';
import { CheckLine } from '../../terms/CheckLine.tsx';
import { fieldErrors } from '../../writes/useAct.ts';
import type { SharedDraft } from './useSharedDraft.ts';
import './drafts.css';

const MAX_NOTE = 500;

/** What is typed as a note: kept in the tab, as the form that it belongs to is. */
function useKeptNote(target: string): [string, (note: string) => void] {
  const { programId } = useWorkplace();
  const [storage] = useState(tabStorage);
  const name = `dewpoint.note.${programId} ${target}`;
  const [note, setNote] = useState(() => storage.get(name) ?? '');
  return [
    note,
    (typed) => {
      setNote(typed);
      storage.set(name, typed);
    },
  ];
}

/** Leaves what is in the form to an owner, with a note. Nothing for owners, who announce it. */
export function SaveDraftPart({
  shared,
  terms,
  barrier,
}: {
  readonly shared: SharedDraft;
  /** In JSON, as the API takes them. */
  readonly terms: string;
  /** Why there is nothing to save, as the form says it; null for no reason. */
  readonly barrier: string | null;
}): JSX.Element | null {
  const { t } = useTranslation('console');
  const errorWords = useErrorWords();
  const mayAnnounce = useMay('OWNER');
  const maySave = useMay('MANAGER');
  const { draft, saved, saving, isNews } = shared;
  const [typedNote, setNote] = useKeptNote(saving.name);
  if (mayAnnounce) return null;
  const note = typedNote.trim() === '' ? null : typedNote.trim();
  const isSame = saved !== null && saved.terms === terms && saved.note === note;
  const isOver = draft !== null && draft.savedAt !== saved?.savedAt;
  return (
    <div className="announce">
      {maySave && (
        <Textarea
          label={t('announcing.draft.note')}
          description={t('announcing.draft.noteWhy')}
          autosize={false}
          rows={2}
          maxLength={MAX_NOTE}
          value={typedNote}
          error={fieldErrors(saving.write, errorWords)['note']}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
      )}
      {maySave && isOver && !isNews && <p className="fine">{t('announcing.draft.over')}</p>}
      {maySave && isNews && (
        <CheckLine isTicked={false} onTick={shared.look}>
          {t('announcing.draft.news', { name: draft?.savedBy ?? '' })}
        </CheckLine>
      )}
      <ActButton
        needs="MANAGER"
        variant="default"
        fullWidth
        barrier={barrier}
        disabled={isSame || isNews || saving.isUnderWay}
        onClick={() => shared.save(terms, note)}
      >
        {t('announcing.draft.save')}
      </ActButton>
      {isSame && (
        <p className="fine" role="status">
          {t('announcing.draft.saved')}
        </p>
      )}
      {saving.write !== null && <TransactionStatus name={saving.name} />}
    </div>
  );
}
