import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../../../shared/ui/Values.tsx';
import type { ReservePart } from '../data/reserveParts.ts';
import { isNothing } from '../data/typedMoney.ts';

const PERCENT = 10;

/** The reserve as one bar, and under it what each part of the bar is for. */
export function ReserveBars({
  parts,
  symbol,
}: {
  readonly parts: readonly ReservePart[];
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  return (
    <>
      <div className="buy-bar" aria-hidden="true">
        {parts
          .filter(({ amount }) => !isNothing(amount))
          .map(({ name, share }) => (
            <i key={name} className={`is-${name}`} style={{ width: `${share / PERCENT}%` }} />
          ))}
      </div>
      <ul className="buy-parts">
        {parts.map(({ name, amount, round }) => (
          <li key={name}>
            <i className={`is-${name}`} aria-hidden="true" />
            <span>{t(`reserve.parts.${name}`, { round: round ?? '' })}</span>
            <b>
              <Amount value={amount} symbol={symbol} />
            </b>
          </li>
        ))}
      </ul>
    </>
  );
}
