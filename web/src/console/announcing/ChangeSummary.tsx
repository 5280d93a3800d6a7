import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { isHurtful, toneOf, type VerdictKind } from './HurtVerdict.tsx';
import './effect.css';

/** On a narrow page: what the column below says, in one line that stays in sight and leads there. */
export function ChangeSummary({
  kind,
  title,
  noticeSeconds,
  children,
}: {
  readonly kind: VerdictKind;
  readonly title: string;
  readonly noticeSeconds: number;
  /** What it costs, once that is known. */
  readonly children?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { long } = useDurationWords();
  return (
    <p className={`change-summary ${toneOf(kind)}`}>
      <a
        href="#effect"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('effect')?.scrollIntoView();
        }}
      >
        {title}
      </a>
      {isHurtful(kind) && (
        <span>{t('announcing.waits', { notice: long(noticeSeconds * 1_000) })}</span>
      )}
      {children}
    </p>
  );
}
