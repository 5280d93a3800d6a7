import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePointName } from '../shell/useProgram.ts';

const WHAT = ['actions', 'money', 'price', 'orders', 'token', 'late', 'key'] as const;

/** What nobody promises: as plain as what is. */
export function NotPromised({ isBacked }: { readonly isBacked: boolean }): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  return (
    <section className="card" aria-labelledby="not-promised-title">
      <h2 id="not-promised-title">{t('rules.notPromised.title')}</h2>
      <details className="details">
        <summary>{t('rules.notPromised.show')}</summary>
        <ul className="rules-risks">
          {WHAT.map((key) => (
            <li key={key}>
              <h3>{t(`rules.notPromised.${key}.title`, { points })}</h3>
              <p>
                {key === 'price' && isBacked
                  ? t('rules.notPromised.price.backed', { points })
                  : t(`rules.notPromised.${key}.words`, { points })}
              </p>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
