import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DoorPage } from './DoorPage.tsx';
import { SignInForm } from './SignInForm.tsx';

/** Where to go after signing in: an address of the console, and of nothing else. */
export function wantedAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '';
  return /^\/console\/[\w/.?=&%+!'()*~:@,;$-]*$/.test(wanted) ? wanted : '/console';
}

/** Lets a person in. */
export function SignInPage(): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <DoorPage title={t('signIn.title')} lead={t('signIn.lead')}>
      {/* The page begins anew: nothing of another person is left in it. */}
      <SignInForm onDone={() => location.assign(wantedAddress(location.search))} />
      <nav className="door-ways" aria-label={t('signIn.others')}>
        <Link href={`/sign-up${location.search}`}>{t('signIn.signUp')}</Link>
        <Link href="/forgotten">{t('signIn.forgotten')}</Link>
      </nav>
    </DoorPage>
  );
}
