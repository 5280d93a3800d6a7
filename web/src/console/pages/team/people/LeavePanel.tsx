import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ActButton } from '../../../access/ActButton.tsx';
import { LEAVE } from '../../../access/leaving.ts';
import { useSignedIn, useWorkplace } from '../../../access/workplace.ts';
import { AskingAs } from '../../../asking/AskingAs.tsx';
import { AskFirst } from '../../../parts/AskFirst.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { TeamLeave } from './queries.ts';

/** Lets the person who is signed in leave, whatever the role. */
export function LeavePanel({ isLastOwner }: { readonly isLastOwner: boolean }): JSX.Element {
  const { t } = useTranslation('team');
  return (
    <section className="panel" aria-labelledby="leave">
      <div className="panel-head">
        <h2 id="leave">{t('leave.title')}</h2>
      </div>
      <div className="part team-form">
        <p>{t('leave.words')}</p>
        <AskingAs api={useSignedIn().api}>
          <Leaving isLastOwner={isLastOwner} />
        </AskingAs>
      </div>
    </section>
  );
}

/** The button, and what it asks first. It is written as a person alone: who has left is not heard as one of the team. */
function Leaving({ isLastOwner }: { readonly isLastOwner: boolean }): JSX.Element {
  const { t } = useTranslation('team');
  const { organisation } = useWorkplace().membership;
  const [isAsked, setAsked] = useState(false);
  const isGone = useCallback(() => location.assign('/console'), []);
  const leave = useAct({ name: LEAVE, kind: LEAVE, document: TeamLeave }, isGone);
  return (
    <>
      <ActButton
        needs="ANYBODY"
        variant="default"
        barrier={isLastOwner ? t('people.lastOwner') : null}
        onClick={() => setAsked(true)}
      >
        {t('leave.go')}
      </ActButton>
      <AskFirst
        isOpen={isAsked}
        title={t('leave.ask', { organisation: organisation.name })}
        go={t('leave.go')}
        needs="ANYBODY"
        name={LEAVE}
        isUnderWay={leave.isUnderWay}
        isDanger
        onGo={() => leave.start({ organisationId: organisation.id })}
        onClose={() => setAsked(false)}
      >
        <p>{t('leave.words')}</p>
      </AskFirst>
    </>
  );
}
