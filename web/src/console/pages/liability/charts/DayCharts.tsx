import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import type { DeskLiabilityDay } from '../data/queries.ts';
import { Chart } from './Chart.tsx';

/** Points, what changed them, and the money, by day. */
export function DayCharts({
  days,
  token,
}: {
  readonly days: readonly DeskLiabilityDay[];
  readonly token: { readonly symbol: string; readonly decimals: number };
}): JSX.Element {
  const { t } = useTranslation('liability');
  const starts = days.map(({ startsAt }) => startsAt);
  const amounts = (field: Exclude<keyof DeskLiabilityDay, 'startsAt'>): string[] =>
    days.map((day) => day[field]);
  const newest = days.at(-1);
  const money = (amount: string): string => `${showMoney(amount)} ${token.symbol}`;
  return (
    <div className="lia-charts">
      <Chart
        title={t('chart.outstanding')}
        says={t('chart.saysOutstanding', { points: showPoints(newest?.outstanding ?? '0') })}
        days={starts}
        kind="lines"
        series={[
          {
            ...{ name: t('chart.outstandingLine'), look: 'is-first' },
            amounts: amounts('outstanding'),
          },
        ]}
        decimals={POINT_DECIMALS}
        show={showPoints}
      />
      <Chart
        title={t('chart.changes')}
        says={t('chart.saysChanges', {
          issued: showPoints(newest?.issued ?? '0'),
          burned: showPoints(newest?.burned ?? '0'),
        })}
        days={starts}
        kind="bars"
        series={[
          { name: t('chart.issued'), look: 'is-first', amounts: amounts('issued') },
          { name: t('chart.burned'), look: 'is-second', amounts: amounts('burned') },
        ]}
        decimals={POINT_DECIMALS}
        show={showPoints}
      />
      <Chart
        title={t('chart.money')}
        says={t('chart.saysMoney', {
          reserve: money(newest?.reserve ?? '0'),
          owed: money(newest?.owed ?? '0'),
        })}
        days={starts}
        kind="lines"
        series={[
          { name: t('chart.reserve'), look: 'is-first', amounts: amounts('reserve') },
          { name: t('chart.owed'), look: 'is-second', amounts: amounts('owed') },
        ]}
        decimals={token.decimals}
        show={money}
      />
    </div>
  );
}
