import { lazy, Suspense, type ComponentType, type JSX } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { PartBoundary } from '../shared/ui/PartBoundary.tsx';
import { Skeleton } from '../shared/ui/States.tsx';
import { AtProgram } from './access/AtProgram.tsx';
import { Begin } from './access/Begin.tsx';
import { NotHerePage, NotOnThisConsole } from './access/NotOnThisConsole.tsx';
import { openWords } from './i18n/words.ts';
import { DesksContext } from './parts/desks.ts';
import { DESKS } from './routes.tsx';
import { Shell } from './shell/Shell.tsx';
import { SignedIn } from './signIn/SignedIn.tsx';

const SignInPage = lazy(async () => ({
  default: (await import('./signIn/SignInPage.tsx')).SignInPage,
}));

/** A page outside of programs, loaded with its words. */
const way = <Props,>(words: string, load: () => Promise<ComponentType<Props>>) =>
  lazy(async () => {
    const [Page] = await Promise.all([load(), openWords(words)]);
    return { default: Page };
  });

const SignUpPage = way(
  'signUp',
  async () => (await import('./pages/signUp/SignUpPage.tsx')).SignUpPage,
);
const VerifiedPage = way(
  'signUp',
  async () => (await import('./pages/signUp/VerifiedPage.tsx')).VerifiedPage,
);
const ForgottenPage = way(
  'signUp',
  async () => (await import('./pages/signUp/ForgottenPage.tsx')).ForgottenPage,
);
const NewPasswordPage = way(
  'signUp',
  async () => (await import('./pages/signUp/NewPasswordPage.tsx')).NewPasswordPage,
);
const InvitePage = way(
  'signUp',
  async () => (await import('./pages/signUp/InvitePage.tsx')).InvitePage,
);
const NewOrganisationPage = way(
  'signUp',
  async () => (await import('./pages/signUp/NewOrganisationPage.tsx')).NewOrganisationPage,
);

const NewProgramPage = way(
  'newProgram',
  async () => (await import('./pages/newProgram/NewProgramPage.tsx')).NewProgramPage,
);

const GoLivePage = way('goLive', async () => {
  const [page] = await Promise.all([
    import('./pages/goLive/GoLivePage.tsx'),
    openWords('settings'),
  ]);
  return page.GoLivePage;
});
const LiveProgramPage = way('goLive', async () => {
  const [page] = await Promise.all([
    import('./pages/goLive/LiveProgramPage.tsx'),
    openWords('newProgram'),
  ]);
  return page.LiveProgramPage;
});

const PAGE_LINES = [64, 220, 220] as const;

function Program({ programId }: { readonly programId: string }): JSX.Element {
  const [place] = useLocation();
  return (
    <AtProgram programId={programId}>
      <Shell>
        <PartBoundary place={place} isPage>
          <Suspense fallback={<Skeleton lines={PAGE_LINES} />}>
            <Switch>
              {DESKS.map(({ noun, path, Page }) => (
                <Route key={noun} path={path} component={Page} />
              ))}
              <Route path="/live" component={GoLivePage} />
              <Route>
                <NotOnThisConsole />
              </Route>
            </Switch>
          </Suspense>
        </PartBoundary>
      </Shell>
    </AtProgram>
  );
}

/** The console: the ways in, and behind them the pages of a program. */
export function ConsoleApp(): JSX.Element {
  const [place] = useLocation();
  return (
    <DesksContext.Provider value={DESKS}>
      <PartBoundary place={place} isPage>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/sign-in" component={SignInPage} />
            <Route path="/sign-up" component={SignUpPage} />
            <Route path="/verified" component={VerifiedPage} />
            <Route path="/forgotten" component={ForgottenPage} />
            <Route path="/new-password" component={NewPasswordPage} />
            <Route>
              <SignedIn>
                <Switch>
                  <Route path="/p/:program" nest>
                    {({ program }) => <Program key={program} programId={program} />}
                  </Route>
                  <Route path="/invite/:id">{({ id }) => <InvitePage id={id} />}</Route>
                  <Route path="/new-organisation" component={NewOrganisationPage} />
                  <Route path="/o/:organisation/new">
                    {({ organisation }) => (
                      <NewProgramPage key={organisation} organisation={organisation} />
                    )}
                  </Route>
                  <Route path="/o/:organisation/live/:from">
                    {({ organisation, from }) => (
                      <LiveProgramPage key={from} organisation={organisation} from={from} />
                    )}
                  </Route>
                  <Route path="/o/:organisation">
                    {({ organisation }) => <Begin organisation={organisation} />}
                  </Route>
                  <Route path="/billing">
                    <Begin page="/billing" />
                  </Route>
                  <Route path="/">
                    <Begin />
                  </Route>
                  <Route>
                    <NotHerePage />
                  </Route>
                </Switch>
              </SignedIn>
            </Route>
          </Switch>
        </Suspense>
      </PartBoundary>
    </DesksContext.Provider>
  );
}
