import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Details, Fact } from '../../../shared/ui/Details.tsx';
import { StepList, type TermsStep } from '../../terms/StepList.tsx';
import { hurtOf } from './changeWords.tsx';
import { forceOf } from './data/force.ts';
import type { ChangeOfProgram, DeskChange } from './data/queries.ts';

/** What happened with a change, and what is to come. */
function stepsOf(
  program: ChangeOfProgram,
  change: DeskChange,
  t: (
    key: `dates.${'announced' | 'notice' | 'lastRound' | 'force' | 'inForce' | 'dies' | DeskChange['state']}`,
    values?: object,
  ) => string,
): readonly TermsStep[] {
  const { state, announcedAt, noticeEndsAt, earliestEffect, diesAt, resolved } = change;
  const steps: TermsStep[] = [{ at: announcedAt, words: t('dates.announced'), look: 'open' }];
  const end = resolved?.at ?? null;
  const hasNotice = hurtOf(change) !== 'nobody';
  if (hasNotice && (end === null || Date.parse(noticeEndsAt) <= Date.parse(end))) {
    steps.push({ at: noticeEndsAt, words: t('dates.notice'), look: 'open' });
  }
  if (state === 'PENDING') {
    if (earliestEffect !== null) {
      const { firstEligibleRound: round } = change;
      const words = round === null ? t('dates.force') : t('dates.lastRound', { round });
      steps.push({ at: earliestEffect, words, look: 'force' });
    }
    steps.push({ at: diesAt, words: t('dates.dies'), look: 'end' });
  } else {
    const look = state === 'ENACTED' ? 'force' : 'end';
    steps.push({ at: end ?? diesAt, words: t(`dates.${state}`), look });
    const { at } = forceOf(program, change);
    if (at !== null) steps.push({ at, words: t('dates.inForce'), look: 'force' });
  }
  return steps;
}

/** The dates of a change, and what the machine calls it. */
export function ChangeDates({
  program,
  change,
}: {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}): JSX.Element {
  const { t } = useTranslation('changes');
  const steps = stepsOf(program, change, (key, values) => t(key, { ...values }));
  return (
    <section className="panel" aria-labelledby="dates">
      <div className="panel-head">
        <h2 id="dates">{t('dates.title')}</h2>
      </div>
      <div className="part">
        <StepList steps={steps} />
        <Details>
          <Fact name={t('dates.block')}>{change.blockNumber}</Fact>
          <Fact name={t('dates.hash')}>{change.transactionHash}</Fact>
        </Details>
      </div>
    </section>
  );
}
