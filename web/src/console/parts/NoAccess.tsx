import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Need } from '../access/barrier.ts';

/** What the role of the person does not open. @param props.needs who may, where it is one of the usual answers */
export function NoAccess({ needs }: { readonly needs?: Need | undefined }): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <section className="panel quiet-panel">
      <h2>{t('noAccess.title')}</h2>
      {needs !== undefined && needs !== 'ANYBODY' && <p>{t(`only.${needs}`)}</p>}
      <p>{t('noAccess.words')}</p>
    </section>
  );
}
