import { Suspense, useEffect, useLayoutEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { PartBoundary } from '../shared/ui/PartBoundary.tsx';
import { Skeleton } from '../shared/ui/States.tsx';
import { HomeCards } from './home/HomeCards.tsx';
import { Hero } from './home/scene/Hero.tsx';
import { OwnWalletSteps } from './ownWallet/OwnWalletSteps.tsx';
import { reportHeight } from './session/frame.ts';
import { NotHere } from './shell/NotHere.tsx';
import { ROUTES } from './routes.tsx';
import { SessionBar } from './shell/SessionBar.tsx';
import { SignIn } from './signIn/SignIn.tsx';
import { Tabs } from './shell/Tabs.tsx';
import { useHostWishes } from './shell/useHostWishes.ts';
import { DESK, useMedia, useWallet } from './shell/wallet.ts';

const PAGE_LINES = [44, 120, 120, 120];

/** The wallet: the water, and beside or below it the page that was chosen. */
export function App(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { host, session } = useWallet();
  const [path] = useLocation();
  const isDesk = useMedia(DESK);
  const content = useRef<HTMLDivElement>(null);
  useHostWishes();
  useLayoutEffect(() => {
    // The picture of the first moment has the same shape.
    document.getElementById('shell')?.remove();
  }, []);
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  useEffect(
    () => (content.current === null ? undefined : reportHeight(host, content.current)),
    [host],
  );
  const isHome = path === '/' || path === '';
  return (
    <div className={`wallet in-${session.place}${isHome ? ' at-home' : ''}`} ref={content}>
      <Hero isWhole={isHome || isDesk} />
      <main className="cards">
        <SessionBar />
        <SignIn />
        <PartBoundary place={path} isPage>
          <Suspense fallback={<Skeleton lines={PAGE_LINES} />}>
            <Switch>
              <Route path="/" component={HomeCards} />
              {ROUTES.map(({ path: pattern, Page }) => (
                <Route key={pattern} path={pattern} component={Page} />
              ))}
              <Route component={NotHere} />
            </Switch>
          </Suspense>
        </PartBoundary>
      </main>
      <Tabs />
      <OwnWalletSteps />
    </div>
  );
}
