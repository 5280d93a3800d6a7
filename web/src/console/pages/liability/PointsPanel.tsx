import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { Amount } from '../../../shared/ui/Values.tsx';
import type { DeskLiability } from './data/queries.ts';
import { thousandthsOf } from './data/shares.ts';

const PLACES = ['inAccounts', 'tendered', 'ordered', 'objected'] as const;
const TO_COME = ['due', 'maturing'] as const;
const PERCENT = 10;

/** Points that members have, by where they lie, and those that come. */
export function PointsPanel({
  liability,
  symbol,
}: {
  readonly liability: DeskLiability;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('liability');
  const { outstanding, worth, pricePerPoint } = liability;
  return (
    <section className="panel" aria-labelledby="points">
      <div className="panel-head">
        <h2 id="points">{t('points.title')}</h2>
      </div>
      <div className="part">
        <p className="lia-number">{showPoints(outstanding)}</p>
        <p className="lia-fine">
          {t('points.worth', {
            worth: `${showMoney(worth)} ${symbol}`,
            price: `${showMoney(pricePerPoint)} ${symbol}`,
          })}
        </p>
        <div className="lia-bar" aria-hidden="true">
          {PLACES.map((place) => {
            const share = thousandthsOf(liability[place], outstanding);
            return share === 0 ? null : (
              <i key={place} className={`is-${place}`} style={{ width: `${share / PERCENT}%` }} />
            );
          })}
        </div>
        <ul className="lia-parts">
          {PLACES.map((place) => (
            <li key={place}>
              <i className={`is-${place}`} aria-hidden="true" />
              <span>
                {t(`points.${place}.title`)} <small>{t(`points.${place}.words`)}</small>
              </span>
              <b>
                <Amount value={liability[place]} />
              </b>
            </li>
          ))}
        </ul>
      </div>
      <div className="part">
        <h3>{t('points.toCome')}</h3>
        <ul className="lia-parts">
          {TO_COME.map((place) => (
            <li key={place}>
              <i aria-hidden="true" />
              <span>
                {t(`points.${place}.title`)} <small>{t(`points.${place}.words`)}</small>
              </span>
              <b>
                <Amount value={liability[place]} />
              </b>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
