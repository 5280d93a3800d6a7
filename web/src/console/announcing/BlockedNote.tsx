import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoment } from '../../shared/format/dates.ts';
import type { ProgramWays, TermsOutlook } from './outlook.ts';
import './effect.css';

/**
 * Says why a change could not be announced now: the contract's word, else what is known of the program.
 *
 * @param about.now by the clock of the service, ISO
 */
export function useBlocked(
  { pendingChange, changeRest }: ProgramWays,
  outlook: TermsOutlook | null,
  about: {
    readonly now: string;
    readonly isHurting: boolean;
    readonly target: 'RULES' | 'BUYBACK';
  },
): string | null {
  const { t, i18n } = useTranslation('console');
  const { now, isHurting, target } = about;
  const refusal = outlook?.blockedBy ?? null;
  const rests = changeRest.until !== null && Date.parse(changeRest.until) > Date.parse(now);
  // Nothing but the contract knows whether the newest version is in the way.
  const known =
    pendingChange !== null && (isHurting || pendingChange.target === target)
      ? 'CHANGE_PENDING'
      : isHurting && rests
        ? 'COOLDOWN'
        : null;
  const code = refusal?.code ?? known;
  switch (code) {
    case 'CHANGE_PENDING':
      return t('announcing.blocked.CHANGE_PENDING', { number: pendingChange?.number ?? '' });
    case 'COOLDOWN': {
      const { until } = changeRest;
      const at = until === null ? '' : showMoment(until, i18n.language);
      return t('announcing.blocked.COOLDOWN', { at });
    }
    case 'IMPROVED_ALREADY':
    case 'NEWEST_NOT_IN_FORCE':
      return t(`announcing.blocked.${code}`);
    default:
      return refusal?.message ?? null;
  }
}

/** Why a change can not be announced now, with the way to the one that is before it. */
export function BlockedNote({
  words,
  pending,
}: {
  readonly words: string;
  readonly pending: ProgramWays['pendingChange'];
}): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <p className="part blocked">
      {words}{' '}
      {pending !== null && (
        <Link href={`/changes/${pending.number}`}>{t('announcing.blocked.look')}</Link>
      )}
    </p>
  );
}
