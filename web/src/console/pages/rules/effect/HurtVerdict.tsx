import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import type { Hurt } from './judged.ts';

/** What the column says first. */
export type VerdictKind = 'none' | 'wrong' | 'better' | 'members' | 'holders' | 'both';

/** Whom the change hurts, as one word. */
export const verdictOf = ({ members, holders }: Hurt): VerdictKind =>
  members ? (holders ? 'both' : 'members') : holders ? 'holders' : 'better';

const SIGNS: Readonly<Record<'bad' | 'good' | 'quiet', string>> = {
  bad: 'M10 6v5M10 13.800v.2',
  good: 'm6.500 10.300 2.400 2.400 4.700-5.200',
  quiet: 'M6.500 10h7',
};

/** How a verdict looks. */
export const toneOf = (kind: VerdictKind): 'bad' | 'good' | 'quiet' =>
  kind === 'none' ? 'quiet' : kind === 'better' ? 'good' : 'bad';

/** Says whom a change hurts, before anybody asks. */
export function HurtVerdict({
  kind,
  worse,
  noticeSeconds,
  hasBetter,
  children,
}: {
  readonly kind: VerdictKind;
  /** How many numbers hurt. */
  readonly worse: number;
  readonly noticeSeconds: number;
  /** Whether some of it is better, and could come without notice. */
  readonly hasBetter: boolean;
  /** What can be done about it, in the line. */
  readonly children?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { long } = useDurationWords();
  const tone = toneOf(kind);
  const notice = long(noticeSeconds * 1_000);
  const isHurting = tone === 'bad' && kind !== 'wrong';
  return (
    <div className={`verdict ${tone}`} role="status">
      <h2>
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
          <circle cx="10" cy="10" r="7.500" />
          <path d={SIGNS[tone]} strokeLinecap="round" />
        </svg>
        {t(`verdict.${kind}.title`)}
      </h2>
      <p>
        {isHurting
          ? t(`verdict.${kind}.words`, { count: worse, notice })
          : t(`verdict.${kind}.words`)}
        {isHurting && hasBetter && t('between') + t('verdict.apart')}
        {children}
      </p>
    </div>
  );
}
