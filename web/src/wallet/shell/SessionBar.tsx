import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './wallet.ts';

/** Says that there is no session. What was loaded stays to be read. */
export function SessionBar(): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const { phase } = useSession();
  if (phase !== 'expired' && phase !== 'none') return null;
  return (
    <section className="card session-card" role="status">
      <h2>{t('session.title')}</h2>
      <p>{phase === 'expired' ? t('session.expired') : t('session.none')}</p>
    </section>
  );
}
