import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../format/amounts.ts';
import { showDay, showMoment, showMomentInFull } from '../format/dates.ts';

/** Points or money, exact. @param symbol of the money; left out for points */
export function Amount({
  value,
  symbol,
  sign = false,
}: {
  readonly value: string;
  readonly symbol?: string;
  /** Whether a plus or minus stands before it. */
  readonly sign?: boolean;
}): JSX.Element {
  const isLess = value.startsWith('-');
  const bare = isLess ? value.slice(1) : value;
  const shown = symbol === undefined ? showPoints(bare) : `${showMoney(bare)} ${symbol}`;
  return (
    <span className="amount">
      {isLess ? '\u2212' : sign ? '+' : ''}
      {shown}
    </span>
  );
}

/** A moment in the zone of the reader; in full, with the zone, where the pointer rests. */
export function When({
  iso,
  part = 'moment',
}: {
  readonly iso: string;
  readonly part?: 'day' | 'moment';
}): JSX.Element {
  const { i18n } = useTranslation();
  const show = part === 'day' ? showDay : showMoment;
  return (
    <time dateTime={iso} title={showMomentInFull(iso, i18n.language)}>
      {show(iso, i18n.language)}
    </time>
  );
}
