import { Modal } from '@mantine/core';
import { useCallback, useEffect, useMemo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePoller, usePolled } from '../../shared/polling/usePolled.ts';
import { ErrorCard, Skeleton } from '../../shared/ui/States.tsx';
import { PersonQuery } from '../access/queries.ts';
import { PersonContext, type SignedInPerson } from '../access/workplace.ts';
import { consoleApisOf, type ConsoleApis } from '../asking/api.ts';
import { AskingAs } from '../asking/AskingAs.tsx';
import { postAuth } from './authRoutes.ts';
import { SignInForm } from './SignInForm.tsx';

const SHELL_LINES = [36, 120, 240] as const;

const toSignIn = (): void => {
  const to = encodeURIComponent(location.pathname + location.search);
  location.replace(`/console/sign-in?to=${to}`);
};

async function signOut(to?: string): Promise<void> {
  await postAuth('/sign-out');
  // The page begins anew: nothing of this person is left in it.
  location.assign(
    to === undefined ? '/console/sign-in' : `/console/sign-in?to=${encodeURIComponent(to)}`,
  );
}

/** Shown over the page when the session ended: what was typed stays below it, and what was sent goes on after it. */
function SignInAgain({
  email,
  onDone,
}: {
  readonly email: string;
  readonly onDone: () => void;
}): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('signIn.again')}
    >
      <p className="lead">{t('signIn.againLead')}</p>
      <SignInForm email={email} onDone={onDone} />
    </Modal>
  );
}

function AskPerson({
  outer,
  children,
}: {
  readonly outer: ConsoleApis;
  readonly children: ReactNode;
}): JSX.Element {
  const { data, error } = usePolled(PersonQuery);
  const poller = usePoller();
  const isOut = error?.code === 'UNAUTHENTICATED';
  const person = data?.person ?? null;
  const personId = person?.id ?? '';
  const apis = useMemo(() => consoleApisOf(personId, poller.refresh), [personId, poller]);
  useEffect(() => {
    if (isOut && person === null) toSignIn();
  }, [isOut, person]);
  const refresh = useCallback(() => {
    outer.resume();
    apis.resume();
  }, [outer, apis]);
  const signedIn = useMemo<SignedInPerson | null>(() => {
    if (person === null) return null;
    const api = apis.of({ organisation: null, program: null });
    return { person, apis, api, refresh, signOut };
  }, [person, apis, refresh]);
  if (signedIn === null) {
    const isFailed = error !== null && !isOut;
    return (
      <main className="alone">
        {isFailed ? (
          <ErrorCard error={error} onAgain={poller.refresh} />
        ) : (
          <Skeleton lines={SHELL_LINES} onAgain={poller.refresh} />
        )}
      </main>
    );
  }
  return (
    <PersonContext.Provider value={signedIn}>
      {children}
      {isOut && <SignInAgain email={signedIn.person.email} onDone={refresh} />}
    </PersonContext.Provider>
  );
}

/** Shows what is below it to a person who is signed in; sends all others to sign in, and back. */
export function SignedIn({ children }: { readonly children: ReactNode }): JSX.Element {
  const outer = consoleApisOf('', () => undefined);
  return (
    <AskingAs api={outer.of({ organisation: null, program: null })}>
      <AskPerson outer={outer}>{children}</AskPerson>
    </AskingAs>
  );
}
