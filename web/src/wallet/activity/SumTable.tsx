import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../shared/format/amounts.ts';
import type { RuleNumbers } from './queries.ts';
import { sumOf } from './sum.ts';

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** A sum worked out, so that anybody can follow it by hand. */
export function SumTable({
  numbers,
  count,
  amount,
}: {
  readonly numbers: RuleNumbers;
  readonly count: number;
  readonly amount: string;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const sum = sumOf(numbers, count, amount);
  return (
    <dl className="sum">
      {sum.forActions !== null && (
        <div>
          <dt>
            {sum.isCountCapped
              ? t('sum.countedOf', { count, counted: sum.counted })
              : t('sum.counted', { count })}
          </dt>
          <dd>
            {sum.counted} × {showPoints(numbers.perAction)} = {showPoints(sum.forActions)}
          </dd>
        </div>
      )}
      {sum.forAmount !== null && (
        <div>
          <dt>{t('sum.amount', { perMillion: showPoints(numbers.perMillionUnits) })}</dt>
          <dd>
            {t('sum.byMillions', {
              amount: grouped(amount),
              perMillion: showPoints(numbers.perMillionUnits),
              points: showPoints(sum.forAmount),
            })}
          </dd>
        </div>
      )}
      {sum.isPointsCapped && (
        <div>
          <dt>{t('sum.most')}</dt>
          <dd>
            {showPoints(sum.before)} → {showPoints(sum.points)}
          </dd>
        </div>
      )}
      <div className="total">
        <dt>{t('sum.total')}</dt>
        <dd>{showPoints(sum.points)}</dd>
      </div>
    </dl>
  );
}
