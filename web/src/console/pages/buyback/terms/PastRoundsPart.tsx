import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints, toBase } from '../../../../shared/format/amounts.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { moneyChangeOf } from '../../../terms/changeOf.ts';
import { sumOfRounds, type RecomputedRound } from './pastRounds.ts';

/** Bars are as long as this much of the longer one is, so that both ends are seen. */
const LONGEST_PERCENT = 94n;

/** What the settled rounds would have paid and bought on the typed terms. */
export function PastRoundsPart({
  rounds,
  version,
  token,
}: {
  readonly rounds: readonly RecomputedRound[];
  /** That is the newest. */
  readonly version: number;
  readonly token: { readonly symbol: string; readonly decimals: number };
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const [isOpen, setOpen] = useState(false);
  const { symbol, decimals } = token;
  const { before, after } = sumOfRounds(rounds, decimals);
  const units = (money: string): bigint => toBase(money, decimals);
  const longest = units(before.paid) > units(after.paid) ? before.paid : after.paid;
  const widthOf = (money: string): string => {
    const most = units(longest);
    return `${most === 0n ? 0n : (units(money) * LONGEST_PERCENT) / most}%`;
  };
  const bars = [
    { key: 'was', name: t('past.was'), paid: before.paid, look: 'bar-fill' },
    { key: 'yours', name: t('past.yours'), paid: after.paid, look: 'bar-fill new' },
  ];
  return (
    <section className="part">
      <h3>{t('past.title')}</h3>
      {rounds.length === 0 ? (
        <p className="preview-none">{t('past.none')}</p>
      ) : (
        <>
          <ul className="bars">
            {bars.map(({ key, name, paid, look }) => (
              <li key={key}>
                <span>{name}</span>
                <i className="bar-track" aria-hidden="true">
                  <i className={look} style={{ width: widthOf(paid) }} />
                </i>
                <b>
                  {showMoney(paid)} {symbol}
                </b>
              </li>
            ))}
          </ul>
          <dl className="facts">
            <div>
              <dt>{t('past.cost')}</dt>
              <dd>
                <Amount value={moneyChangeOf(before.paid, after.paid)} symbol={symbol} sign />
              </dd>
            </div>
            <div>
              <dt>{t('past.taken')}</dt>
              <dd>
                {showPoints(before.points)} → {showPoints(after.points)}
              </dd>
            </div>
          </dl>
          <p className="fine">{t('past.fine', { count: rounds.length, version })}</p>
          <button
            type="button"
            className="text-button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t('past.each')}
          </button>
          {isOpen && <RoundsTable rounds={rounds} symbol={symbol} />}
        </>
      )}
    </section>
  );
}

function RoundsTable({
  rounds,
  symbol,
}: {
  readonly rounds: readonly RecomputedRound[];
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  return (
    <div className="lines-scroll buy-past" role="region" aria-label={t('past.each')} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t('past.round')}</th>
            <th scope="col" className="number">
              {t('past.paid', { symbol })}
            </th>
            <th scope="col" className="number">
              {t('past.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rounds.map(({ number, before, after }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td className="number">
                {showMoney(before.paid)} → {showMoney(after.paid)}
              </td>
              <td className="number">
                {showPoints(before.points)} → {showPoints(after.points)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
