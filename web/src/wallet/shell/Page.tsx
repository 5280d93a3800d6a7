import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Polled } from '../../shared/polling/poller.ts';
import { usePoller } from '../../shared/polling/usePolled.ts';
import { BackIcon } from '../../shared/ui/icons.tsx';
import { ErrorCard, OfflineBar, Skeleton, StaleBar } from '../../shared/ui/States.tsx';
import { useOnline, useSession } from './wallet.ts';

/** A page of the wallet besides the home: its title gets the focus, so that screen readers begin there. */
export function Page({
  title,
  back,
  children,
}: {
  readonly title: string;
  /** Path of the page above it; left out for those that have a tab. */
  readonly back?: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return (
    <div className="page">
      <div className="page-head">
        {back !== undefined && (
          <Link className="icon-button" href={back} aria-label={t('back')}>
            <BackIcon />
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </div>
      {children}
    </div>
  );
}

/**
 * What a page shows by what is known: a skeleton before the first answer, why there is none, and else the data under a bar that
 * says when they are old. What was loaded stays.
 */
export function Loaded<Data>({
  polled,
  lines,
  isStale = false,
  onAgain,
  children,
}: {
  readonly polled: Polled<Data>;
  /** Heights of the skeleton. */
  readonly lines: readonly number[];
  /** Whether the answer says that the chain does not answer. */
  readonly isStale?: boolean;
  /** Asks once more, where it is not the poller that asks. */
  readonly onAgain?: () => void;
  readonly children: (data: Data) => ReactNode;
}): JSX.Element | null {
  const poller = usePoller();
  const isOnline = useOnline();
  const { phase } = useSession();
  const { data, error, loadedAt } = polled;
  const again = onAgain ?? poller.refresh;
  const isOffline = !isOnline || (error?.code === 'OFFLINE' && data !== null);
  if (data === null) {
    // Nothing will come: the bar above says why.
    if (phase === 'none' || phase === 'expired') return null;
    if (error !== null && error.code !== 'UNAUTHENTICATED') {
      return <ErrorCard error={error} onAgain={again} />;
    }
    return <Skeleton lines={lines} onAgain={again} />;
  }
  const isOld = !isOffline && (isStale || error !== null) && error?.code !== 'UNAUTHENTICATED';
  return (
    <>
      {isOffline && <OfflineBar loadedAt={loadedAt} />}
      {isOld && <StaleBar loadedAt={loadedAt} error={isStale ? null : error} />}
      {children(data)}
    </>
  );
}
