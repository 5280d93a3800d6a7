import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { postAuth } from './authRoutes.ts';
import { useAuthWords } from './useAuthWords.ts';

/** What is asked for: the password, or the code of an authenticator app after it. */
type Step = 'password' | 'code';

/** Asks for address and password, and for a code of those who have an app for it. */
export function SignInForm({
  email: known = '',
  onDone,
}: {
  /** Address of the one whose session ended; no other one goes on. */
  readonly email?: string;
  readonly onDone: () => void;
}): JSX.Element {
  const { t } = useTranslation('console');
  const authWords = useAuthWords();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<Step>('password');
  const [refused, setRefused] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  const send = async (): Promise<void> => {
    setAsking(true);
    setRefused(null);
    const answer =
      step === 'code'
        ? await postAuth('/two-factor/verify-totp', { code: code.replace(/\s/g, '') })
        : // Where the link of a letter leads that is sent again, to an address that is not confirmed yet.
          await postAuth('/sign-in/email', {
            ...{ email: email.trim(), password },
            callbackURL: '/console/verified',
          });
    setAsking(false);
    if (!answer.isGood) setRefused(answer.code);
    else if (answer.body['twoFactorRedirect'] === true) setStep('code');
    else onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A second click while the first is under way is none.
    if (!isAsking) void send();
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      {step === 'password' ? (
        <>
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            label={t('signIn.email')}
            required
            withAsterisk={false}
            readOnly={known !== ''}
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <PasswordInput
            name="password"
            autoComplete="current-password"
            label={t('signIn.password')}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        </>
      ) : (
        <TextInput
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={t('signIn.code')}
          description={t('signIn.codeWhere')}
          required
          withAsterisk={false}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
      )}
      {refused !== null && (
        <p className="form-refused" role="alert">
          {authWords(refused)}
        </p>
      )}
      <Button type="submit" fullWidth loading={isAsking}>
        {t('signIn.go')}
      </Button>
    </form>
  );
}
