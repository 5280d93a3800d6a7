import type { JSX, ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';

/** In the place of a part that could not be shown: its code did not load, as without a connection or after a release, or it failed. */
function PartLost(): JSX.Element {
  const { t } = useTranslation('shared');
  return (
    <section className="card error-card" role="alert">
      <h2>{t('couldNotLoad')}</h2>
      <p>{t('partLost')}</p>
      <button className="button" type="button" onClick={() => location.reload()}>
        {t('loadAgain')}
      </button>
    </section>
  );
}

/** Keeps the rest of a page when one part of it can not be shown. @param place of the part, as an address: at another one it is tried anew */
export function PartBoundary({
  place,
  children,
}: {
  readonly place: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <ErrorBoundary FallbackComponent={PartLost} resetKeys={[place]}>
      {children}
    </ErrorBoundary>
  );
}
