import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useDurationWords } from '../../../shared/ui/time/useDurationWords.ts';
import type { DeskAction } from '../../actions/queries.ts';

/** How long an action can be looked at yet. */
export function DeadlineWords({
  action: { voidableUntil },
  nowMs,
}: {
  readonly action: DeskAction;
  /** By the clock of the service. */
  readonly nowMs: number;
}): JSX.Element | null {
  const { t } = useTranslation('review');
  const { long } = useDurationWords();
  if (voidableUntil === null) return null;
  const left = Date.parse(voidableUntil) - nowMs;
  return (
    <span className={left > 0 ? 'review-left' : 'review-left over'}>
      {left > 0 ? t('left', { left: long(left) }) : t('tooLate')}
    </span>
  );
}
