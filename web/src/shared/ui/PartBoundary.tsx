import type { JSX, ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';

/** In the place of a part that could not be shown: its code did not load, as without a connection or after a release, or it failed. */
function PartLost({ isPage }: { readonly isPage: boolean }): JSX.Element {
  const { t } = useTranslation('shared');
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <section className="card error-card" role="alert">
      <Heading>{t('couldNotLoad')}</Heading>
      <p>{t('partLost')}</p>
      <button className="button" type="button" onClick={() => location.reload()}>
        {t('loadAgain')}
      </button>
    </section>
  );
}

/** Keeps the rest when one part can not be shown. */
export function PartBoundary({
  place,
  isPage = false,
  children,
}: {
  /** Of the part, as an address: at another one it is tried anew. */
  readonly place: string;
  /** Whether it is all that has a heading. */
  readonly isPage?: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <ErrorBoundary fallback={<PartLost isPage={isPage} />} resetKeys={[place]}>
      {children}
    </ErrorBoundary>
  );
}
