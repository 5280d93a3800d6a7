import { useId, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showUtcDay } from '../../../../shared/format/dates.ts';
import { heightsOf, type ChartSeries } from './heights.ts';

const WIDE = 600;
const HIGH = 180;

/** What a chart draws. */
interface ChartProps {
  readonly title: string;
  /** What is seen, in a sentence, for those who do not see it. */
  readonly says: string;
  /** Start of each day, ISO. */
  readonly days: readonly string[];
  /** Bars stand side by side; lines go from day to day. */
  readonly kind: 'bars' | 'lines';
  readonly series: readonly ChartSeries[];
  /** Of the amounts, which have so many decimals. */
  readonly decimals: number;
  readonly show: (amount: string) => string;
}

/** Amounts by day, as a drawing and as a table. All amounts are exact decimal strings; the drawing alone is rounded. */
export function Chart(props: ChartProps): JSX.Element {
  const { title, says, days, kind, series, decimals, show } = props;
  const { t, i18n } = useTranslation('liability');
  const id = useId();
  const [isTable, setTable] = useState(false);
  const { top, heights } = heightsOf(series, decimals, HIGH);
  return (
    <section className="panel lia-chart" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="text-button" onClick={() => setTable(!isTable)}>
          {t(isTable ? 'chart.asChart' : 'chart.asTable')}
          <span className="visually-hidden">: {title}</span>
        </button>
      </div>
      {isTable ? (
        <DayTable {...props} />
      ) : (
        <div className="lia-drawing">
          <ul className="lia-legend">
            {series.map(({ name, look }) => (
              <li key={name}>
                <i className={look} aria-hidden="true" />
                {name}
              </li>
            ))}
          </ul>
          <p className="lia-top">{show(top)}</p>
          <div role="img" aria-label={says}>
            <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
              <path className="lia-grid" d={`M0 .5H${WIDE}M0 ${HIGH / 2}H${WIDE}`} />
              {series.map(({ look }, at) =>
                kind === 'bars' ? (
                  <path
                    key={look}
                    className={`lia-bars ${look}`}
                    d={barsOf(heights[at] ?? [], at, series.length)}
                  />
                ) : (
                  <path key={look} className={`lia-line ${look}`} d={lineOf(heights[at] ?? [])} />
                ),
              )}
            </svg>
          </div>
          <p className="chart-ends">
            {[days[0], days.at(-1)].map(
              (day, at) =>
                day !== undefined && <span key={at}>{showUtcDay(day, i18n.language)}</span>,
            )}
          </p>
        </div>
      )}
    </section>
  );
}

/** Two bars of a day stand beside each other, with room around them. */
function barsOf(heights: readonly number[], at: number, of: number): string {
  const step = WIDE / Math.max(1, heights.length);
  const width = (step * 0.7) / of;
  return heights
    .map((height, day) => {
      const left = day * step + step * 0.15 + at * width;
      return `M${left} ${HIGH}V${HIGH - height}h${width * 0.92}V${HIGH}Z`;
    })
    .join('');
}

/** A line through the middle of each day. */
function lineOf(heights: readonly number[]): string {
  const step = WIDE / Math.max(1, heights.length);
  return heights
    .map((height, day) => `${day === 0 ? 'M' : 'L'}${(day + 0.5) * step} ${HIGH - height}`)
    .join('');
}

/** The newest day first: what happened of late is in sight. */
function DayTable({ says, days, series, show }: ChartProps): JSX.Element {
  const { t, i18n } = useTranslation('liability');
  return (
    <div className="lines-scroll lia-table" role="region" aria-label={says} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t('chart.day')}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .map((day, at) => (
              <tr key={day}>
                <th scope="row">{showUtcDay(day, i18n.language)}</th>
                {series.map(({ name, amounts }) => (
                  <td key={name} className="number">
                    {show(amounts[at] ?? '0')}
                  </td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </div>
  );
}
