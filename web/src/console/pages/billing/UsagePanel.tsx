import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showUtcDay } from '../../../shared/format/dates.ts';
import type { UsageDays } from './queries.ts';

const WHOLE = 100;

/** Live actions of each day: a bar for the eye, the numbers beside it. */
export function UsagePanel({ days }: { readonly days: UsageDays }): JSX.Element {
  const { t, i18n } = useTranslation('billing');
  const most = Math.max(1, ...days.map(({ actions }) => actions));
  const count = new Intl.NumberFormat(i18n.language);
  return (
    <section className="panel" aria-labelledby="usage">
      <div className="panel-head">
        <h2 id="usage">{t('usage.title')}</h2>
      </div>
      {days.length === 0 ? (
        <p className="part">{t('usage.none')}</p>
      ) : (
        <div className="part usage-scroll" role="region" aria-labelledby="usage" tabIndex={0}>
          <table className="usage">
            <thead>
              <tr>
                <th scope="col">{t('usage.day')}</th>
                <th scope="col">{t('usage.actions')}</th>
                <th scope="col">{t('usage.free')}</th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, actions, free }) => (
                <tr key={day}>
                  <th scope="row">{showUtcDay(day, i18n.language)}</th>
                  <td>
                    <span className="usage-count">{count.format(actions)}</span>
                    <svg
                      className="usage-bar"
                      viewBox={`0 0 ${WHOLE} 1`}
                      preserveAspectRatio="none"
                      aria-hidden="true"
                    >
                      <rect width={(WHOLE * actions) / most} height="1" />
                    </svg>
                  </td>
                  <td>{count.format(free)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="part fine">{t('usage.note')}</p>
    </section>
  );
}
