import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../shared/format/amounts.ts';
import { StepList, type TermsStep } from '../terms/StepList.tsx';
import type { TermsOutlook } from './outlook.ts';

/** What happens when, if it is announced now, and what strikes it down. */
export function OutlookTimeline({
  outlook,
  now,
  inForce,
}: {
  readonly outlook: TermsOutlook;
  /** By the clock of the service, ISO. */
  readonly now: string;
  /** Says from what on it is in force. */
  readonly inForce: string;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { noticeEndsAt, earliestEffect, diesAt, objectionsNeeded, lastRound } = outlook;
  const steps: TermsStep[] = [{ at: now, words: t('announcing.timeline.announced'), look: 'open' }];
  if (noticeEndsAt !== null) {
    const points = showPoints(objectionsNeeded ?? '0');
    const words = t('announcing.timeline.notice', { points });
    steps.push({ at: noticeEndsAt, words, look: 'open' });
  }
  if (lastRound !== null) {
    const words = t('announcing.timeline.lastRound');
    steps.push({ at: lastRound.closesAt, words, look: 'open' });
  }
  steps.push({ at: earliestEffect, words: inForce, look: 'force' });
  if (diesAt !== null) {
    steps.push({ at: diesAt, words: t('announcing.timeline.dies'), look: 'end' });
  }
  return (
    <section className="part">
      <h3>{t('announcing.timeline.title')}</h3>
      <StepList steps={steps} />
    </section>
  );
}
