import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { postAuth, type AuthAnswer } from '../../signIn/authRoutes.ts';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { useAuthWords } from '../../signIn/useAuthWords.ts';
import { LetterSent } from './LetterSent.tsx';
import { verifiedAddress } from './addresses.ts';

/** Of which field a refusal is; of the form as a whole otherwise. */
const FIELD_OF: Readonly<Record<string, 'email' | 'password' | 'name'>> = {
  ...{ PASSWORD_TOO_SHORT: 'password', PASSWORD_TOO_LONG: 'password', INVALID_EMAIL: 'email' },
  ...{ REQUIRED: 'name', MALFORMED: 'name', TOO_LONG: 'name' },
};

/** Makes an account: the letter that confirms its address leads on to the organisation, or to an invitation. */
export function SignUpPage(): JSX.Element {
  const { t } = useTranslation('signUp');
  const authWords = useAuthWords();
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [answer, setAnswer] = useState<AuthAnswer | null>(null);
  const [isAsking, setAsking] = useState(false);
  const to = new URLSearchParams(location.search).get('to');
  const isInvited = to?.startsWith('/console/invite/') === true;

  const send = async (): Promise<void> => {
    setAsking(true);
    const callbackURL = verifiedAddress({ to, organisation: organisation.trim() });
    const given = { name: name.trim(), email: email.trim(), password, callbackURL };
    setAnswer(await postAuth('/sign-up/email', given));
    setAsking(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking) void send();
  };
  if (answer?.isGood === true) {
    return (
      <DoorPage title={t('letter.title')}>
        <LetterSent email={email.trim()} isMailed={answer.isMailed} words={t('letter.confirm')} />
        <nav className="door-ways">
          <Link href="/sign-in">{t('toSignIn')}</Link>
        </nav>
      </DoorPage>
    );
  }
  const refused = answer?.code ?? null;
  const field = refused === null ? null : (FIELD_OF[refused] ?? 'form');
  const errorOf = (of: string): string | null =>
    field === of && refused !== null ? authWords(refused) : null;
  return (
    <DoorPage title={t('title')} lead={isInvited ? t('leadInvited') : t('lead')}>
      <form className="sign-in-form" onSubmit={submit}>
        <TextInput
          name="name"
          autoComplete="name"
          label={t('name')}
          required
          withAsterisk={false}
          maxLength={128}
          error={errorOf('name')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {!isInvited && (
          <TextInput
            name="organization"
            autoComplete="organization"
            label={t('organisation')}
            description={t('organisationWhy')}
            required
            withAsterisk={false}
            maxLength={128}
            value={organisation}
            onChange={({ currentTarget }) => setOrganisation(currentTarget.value)}
          />
        )}
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          label={t('email')}
          required
          withAsterisk={false}
          error={errorOf('email')}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          name="password"
          autoComplete="new-password"
          label={t('password')}
          description={t('passwordHow')}
          required
          withAsterisk={false}
          error={errorOf('password')}
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {errorOf('form') !== null && (
          <p className="form-refused" role="alert">
            {errorOf('form')}
          </p>
        )}
        <Button type="submit" fullWidth loading={isAsking}>
          {t('go')}
        </Button>
      </form>
      <nav className="door-ways">
        <Link href={`/sign-in${location.search}`}>{t('haveOne')}</Link>
      </nav>
    </DoorPage>
  );
}
