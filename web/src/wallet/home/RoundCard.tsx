import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showMoney, showPoints } from '../../shared/format/amounts.ts';
import { Countdown } from '../../shared/ui/time/Countdown.tsx';
import { usePointName } from '../shell/useProgram.ts';
import type { HomeView } from './data/queries.ts';

type OpenRound = NonNullable<HomeView['program']['currentRound']>;

/** "5" for "5.00": a whole number of points in the middle of a sentence. */
const short = (points: string): string => showPoints(points).replace(/\.00$/, '');

/** A buyback round that is open: what it pays, whether the money is there, and how long it is open. */
export function RoundCard({
  round,
  symbol,
}: {
  readonly round: OpenRound;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { opensAt, closesAt, terms, cover } = round;
  return (
    <section className="card" aria-labelledby="round-title">
      <div className="round">
        <Countdown opensAt={opensAt} closesAt={closesAt} />
        <div>
          <h2 id="round-title">{t('round.open')}</h2>
          <p>
            {terms !== null &&
              t('round.terms', {
                points,
                price: `${showMoney(terms.pricePerPoint)} ${symbol}`,
                least: short(terms.minTender),
              })}
            {t('between')}
            {cover !== null &&
              t(cover.covered ? 'round.covered' : 'round.notCovered', {
                available: `${showMoney(cover.available)} ${symbol}`,
                budget: `${showMoney(cover.budget)} ${symbol}`,
              })}
          </p>
        </div>
      </div>
      <div className="actions">
        <Link className="button" href="/buyback">
          {t('round.sell', { points })}
        </Link>
      </div>
    </section>
  );
}
