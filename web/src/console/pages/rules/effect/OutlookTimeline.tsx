import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { epochOf } from '../../../terms/epochs.ts';
import type { DeskClock } from '../../../terms/fields.ts';
import { StepList, type TermsStep } from '../../../terms/StepList.tsx';
import type { OutlookOfRules } from './queries.ts';

/** What happens when, if it is announced now, and what strikes it down. */
export function OutlookTimeline({
  outlook,
  clock,
}: {
  readonly outlook: OutlookOfRules;
  readonly clock: DeskClock;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { noticeEndsAt, earliestEffect, diesAt, objectionsNeeded, lastRound } = outlook;
  const epoch = epochOf(clock, earliestEffect);
  const steps: TermsStep[] = [{ at: clock.now, words: t('timeline.announced'), look: 'open' }];
  if (noticeEndsAt !== null) {
    const points = showPoints(objectionsNeeded ?? '0');
    steps.push({ at: noticeEndsAt, words: t('timeline.notice', { points }), look: 'open' });
  }
  if (lastRound !== null) {
    steps.push({ at: lastRound.closesAt, words: t('timeline.lastRound'), look: 'open' });
  }
  steps.push({ at: earliestEffect, words: t('timeline.force', { epoch }), look: 'force' });
  if (diesAt !== null) steps.push({ at: diesAt, words: t('timeline.dies'), look: 'end' });
  return (
    <section className="part">
      <h3>{t('timeline.title')}</h3>
      <StepList steps={steps} />
    </section>
  );
}
