import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** What the role of the person does not open. */
export function NoAccess(): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <section className="panel quiet-panel">
      <h2>{t('noAccess.title')}</h2>
      <p>{t('noAccess.words')}</p>
    </section>
  );
}
