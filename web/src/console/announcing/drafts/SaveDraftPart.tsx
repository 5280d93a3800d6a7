import { Textarea } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { useMay } from '../../access/barrier.ts';
import { CheckLine } from '../../terms/CheckLine.tsx';
import { fieldErrors } from '../../writes/useAct.ts';
import type { SharedDraft } from './useSharedDraft.ts';
import './drafts.css';

const MAX_NOTE = 500;

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
  const [typedNote, setNote] = useState('');
  if (mayAnnounce) return null;
  const { draft, saved, saving, isNews } = shared;
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
