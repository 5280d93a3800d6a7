import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../../shared/format/dates.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { AskFirst } from '../../parts/AskFirst.tsx';
import type { SharedDraft } from './useSharedDraft.ts';
import './drafts.css';

/** Says that another person left a draft, and takes it into the form or deletes it. Nothing while there is none, or it is from this page. */
export function DraftNote({
  shared,
  use,
  isUsed,
  hasTyped,
}: {
  readonly shared: SharedDraft;
  /** Takes it into the form; null when it does not fit the newest version. */
  readonly use: { readonly isWhole: boolean; go(): void } | null;
  /** Whether it is in the form. */
  readonly isUsed: boolean;
  /** Whether something else is in the form. */
  readonly hasTyped: boolean;
}): JSX.Element | null {
  const { t, i18n } = useTranslation('console');
  /** When the one was saved that is to be deleted: another one is asked about anew. */
  const [asked, setAsked] = useState<string | null>(null);
  const { draft, saved, deleting } = shared;
  if (draft === null || draft.savedAt === saved?.savedAt) return null;
  const { note, savedBy, savedAt, revision } = draft;
  const isAsked = asked === savedAt;
  const what =
    use === null ? 'unfit' : isUsed ? 'isUsed' : hasTyped ? 'replaces' : ('unused' as const);
  return (
    <section className="panel draft-note" aria-labelledby="draft-note">
      <div className="part">
        <h2 id="draft-note">
          {t('announcing.draft.by', { name: savedBy, at: showMoment(savedAt, i18n.language) })}
        </h2>
        {note !== null && <blockquote>{note}</blockquote>}
        <p className="fine">{t(`announcing.draft.${what}`)}</p>
        {use?.isWhole === false && <p className="fine">{t('announcing.draft.part')}</p>}
        <div className="draft-ways">
          {use !== null && !isUsed && (
            <Button
              onClick={() => {
                shared.look();
                use.go();
              }}
            >
              {t('announcing.draft.use')}
            </Button>
          )}
          <ActButton needs="MANAGER" variant="default" onClick={() => setAsked(savedAt)}>
            {t('announcing.draft.delete')}
          </ActButton>
        </div>
        {!isAsked && deleting.write !== null && <TransactionStatus name={deleting.name} />}
      </div>
      <AskFirst
        isOpen={isAsked}
        title={t('announcing.draft.deleteTitle')}
        go={t('announcing.draft.deleteGo')}
        needs="MANAGER"
        name={deleting.name}
        isUnderWay={deleting.isUnderWay}
        isDanger
        onClose={() => setAsked(null)}
        onGo={() => shared.remove(revision)}
      >
        <p>{t('announcing.draft.deleteWords', { name: savedBy })}</p>
      </AskFirst>
    </section>
  );
}
