import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePointName } from '../shell/useProgram.ts';
import type { OrderRecord } from './queries.ts';

const ENDINGS = ['fulfilled', 'refused', 'overdue', 'open'] as const;

/** How the operator has treated orders so far: a bar, and the same in words. */
export function OrderRecordCard({ record }: { readonly record: OrderRecord }): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const known = ENDINGS.filter((ending) => record[ending] > 0);
  const all = known.reduce((sum, ending) => sum + record[ending], 0);
  let from = 0;
  const parts = known.map((ending) => {
    const part = { ending, from, width: record[ending] / all };
    from += part.width;
    return part;
  });
  return (
    <section className="card" aria-labelledby="record-title">
      <h2 id="record-title">{t('rewards.record.title')}</h2>
      {all === 0 ? (
        <p>{t('rewards.record.none')}</p>
      ) : (
        <>
          <svg
            className="record-bar"
            viewBox="0 0 1 1"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {parts.map(({ ending, from: x, width }) => (
              <rect key={ending} className={`is-${ending}`} x={x} y="0" width={width} height="1" />
            ))}
          </svg>
          <ul className="record-words">
            {known.map((ending) => (
              <li key={ending} className={`is-${ending}`}>
                {t(`rewards.record.${ending}`, { points, count: record[ending] })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
