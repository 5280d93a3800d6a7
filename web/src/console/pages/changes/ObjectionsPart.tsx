import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showPoints, toBase } from '../../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../../shared/format/dates.ts';
import type { DeskChange } from './data/queries.ts';
import { useObjectionWords } from './changeWords.tsx';

const WIDE = 560;
const HIGH = 150;
/** Room over the highest line, in thousandths. */
const ROOM = 1_120n;
const WHOLE = 1_000n;

const units = (points: string): bigint => toBase(points, POINT_DECIMALS);

/** Objections from the announcement on, as a drawing and as a table. */
export function ObjectionsPart({ change }: { readonly change: DeskChange }): JSX.Element | null {
  const { t, i18n } = useTranslation('changes');
  const words = useObjectionWords();
  const [isTable, setTable] = useState(false);
  const { objectionsOverTime: steps, announcedAt, noticeEndsAt } = change;
  const needed = change.objectionsNeeded ?? change.struckDownBy;
  if (steps.length === 0) return null;
  if (needed === null && steps.every(({ objections }) => units(objections) === 0n)) {
    return (
      <section className="panel" aria-labelledby="objections">
        <div className="panel-head">
          <h2 id="objections">{t('objections.title')}</h2>
        </div>
        <p className="panel-row quiet-row">{t('objections.nobody')}</p>
      </section>
    );
  }
  return (
    <section className="panel" aria-labelledby="objections">
      <div className="panel-head">
        <h2 id="objections">{t('objections.title')}</h2>
        <button type="button" className="text-button" onClick={() => setTable(!isTable)}>
          {t(isTable ? 'objections.asChart' : 'objections.asTable')}
        </button>
      </div>
      <p className="objections-now">{words(change)}</p>
      {isTable ? (
        <div
          className="lines-scroll objections-table"
          role="region"
          aria-label={t('objections.table')}
          tabIndex={0}
        >
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t('objections.from')}</th>
                <th scope="col" className="number">
                  {t('objections.points')}
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map(({ at, objections }) => (
                <tr key={at}>
                  <th scope="row">
                    <time dateTime={at}>{showMoment(at, i18n.language)}</time>
                  </th>
                  <td className="number">{showPoints(objections)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="objections-chart">
          <div role="img" aria-label={words(change)}>
            <Drawing {...{ steps, needed, announcedAt, noticeEndsAt }} />
          </div>
          <p className="chart-ends">
            <span>{showDay(announcedAt, i18n.language)}</span>
            <span>{t('objections.ends', { day: showDay(noticeEndsAt, i18n.language) })}</span>
          </p>
        </div>
      )}
    </section>
  );
}

function Drawing({
  steps,
  needed,
  announcedAt,
  noticeEndsAt,
}: Pick<DeskChange, 'announcedAt' | 'noticeEndsAt'> & {
  readonly steps: DeskChange['objectionsOverTime'];
  readonly needed: string | null;
}): JSX.Element {
  const { t } = useTranslation('changes');
  const all = [...steps.map(({ objections }) => objections), ...(needed === null ? [] : [needed])];
  const most = all.map(units).reduce((high, each) => (each > high ? each : high), 1n);
  /** Height of a line, from the top. */
  const heightOf = (points: string): number => {
    const share = (units(points) * WHOLE * WHOLE) / (most * ROOM);
    return HIGH - (Number(share) * HIGH) / Number(WHOLE);
  };
  const start = Date.parse(announcedAt);
  const span = Date.parse(noticeEndsAt) - start;
  const placeOf = (at: string): number => ((Date.parse(at) - start) / span) * WIDE;
  const stepMs = span / 28;
  const line = steps
    .map(({ at, objections }) => {
      const end = Math.min(WIDE, placeOf(at) + (stepMs / span) * WIDE);
      return `L${placeOf(at)} ${heightOf(objections)}L${end} ${heightOf(objections)}`;
    })
    .join('');
  const last = steps.at(-1);
  const end = last === undefined ? 0 : Math.min(WIDE, placeOf(last.at) + (stepMs / span) * WIDE);
  const threshold = needed === null ? null : heightOf(needed);
  return (
    <div className="drawing">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="area" d={`M0 ${HIGH}${line}L${end} ${HIGH}Z`} />
        <path className="line" d={`M0 ${HIGH}${line}`} />
        {threshold !== null && <path className="threshold" d={`M0 ${threshold}H${WIDE}`} />}
      </svg>
      {threshold !== null && needed !== null && (
        <span
          className={threshold < HIGH / 2 ? 'threshold-words' : 'threshold-words over'}
          aria-hidden="true"
          style={{ top: `${(threshold / HIGH) * 100}%` }}
        >
          {t('objections.needed', { points: showPoints(needed) })}
        </span>
      )}
    </div>
  );
}
