import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useHome } from './data/useHome.ts';

const LINES = [220];

const PLACES = [
  { field: 'tendered', to: '/buyback', icon: 'back' },
  { field: 'objected', to: '/rules', icon: 'hand' },
  { field: 'ordered', to: '/orders', icon: 'gift' },
] as const;

/** Where the points are that were set aside, and what brings them back. */
export function AsidePage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const home = useHome();
  const balance = home.data?.member?.balance;
  return (
    <Page title={t('aside.title')} back="/">
      <Loaded polled={home} lines={LINES} isStale={balance?.stale ?? false}>
        {() => (
          <section className="card">
            <p>{t('aside.words', { points, amount: showPoints(balance?.locked ?? '0') })}</p>
            <ul className="rows">
              {PLACES.map(({ field, to, icon }) => (
                <li key={field}>
                  <Link className="row" href={to}>
                    <span className="row-icon">
                      <LookIcon icon={null} otherwise={icon} />
                    </span>
                    <span>
                      <span className="row-title">{t(`aside.${field}.title`)}</span>
                      <span className="row-note">{t(`aside.${field}.words`)}</span>
                    </span>
                    <span className="row-value">{showPoints(balance?.[field] ?? '0')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Loaded>
    </Page>
  );
}
