import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../../shared/format/dates.ts';
import { ProviderButton } from './ProviderButton.tsx';
import type { BillingState } from './queries.ts';

/** Looks of the tag by how the organisation stands. */
const TAGS = { IDLE: 'quiet', PAID: 'better', GRACE: 'waiting', STOPPED: 'worse' } as const;
/** States in which there is no plan to manage any more. */
const ENDED: readonly string[] = ['CANCELED'];

function PlanFact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The plan, how it stands, and the way to the provider of payments. */
export function PlanPanel({ billing }: { readonly billing: BillingState }): JSX.Element {
  const { t, i18n } = useTranslation('billing');
  const { standing, plan, graceUntil, recordingStopped } = billing;
  const at = (iso: string): string => showMoment(iso, i18n.language);
  const hasPlan = plan !== null && !ENDED.includes(plan.state);
  const wordsOf = standing === 'GRACE' && !hasPlan ? 'GRACE_NO_PLAN' : standing;
  return (
    <section className="panel" aria-labelledby="plan">
      <div className="panel-head">
        <h2 id="plan">{t('plan.title')}</h2>
        <span className={`tag ${TAGS[standing]}`}>{t(`standing.${standing}`)}</span>
      </div>
      <div className="part">
        <p>{t(`standingWords.${wordsOf}`)}</p>
        {graceUntil !== null && <p>{t('grace', { time: at(graceUntil) })}</p>}
        {recordingStopped !== null && (
          <p>{t(`stopped.${recordingStopped.reason}`, { time: at(recordingStopped.since) })}</p>
        )}
      </div>
      {plan !== null && (
        <div className="part">
          <dl className="facts">
            <PlanFact name={t('plan.state')}>{t(`states.${plan.state}`)}</PlanFact>
            <PlanFact name={t('plan.since')}>{at(plan.startedAt)}</PlanFact>
            {hasPlan && <PlanFact name={t('plan.period')}>{at(plan.periodEnd)}</PlanFact>}
            {plan.cancelsAt !== null && (
              <PlanFact name={t('plan.ends')}>{at(plan.cancelsAt)}</PlanFact>
            )}
          </dl>
        </div>
      )}
      <div className="part">
        <ProviderButton to={hasPlan ? 'portal' : 'checkout'} />
      </div>
    </section>
  );
}
