import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { postAuth, type AuthAnswer } from './authRoutes.ts';
import { backupCodeIn, digitsIn } from './typedCodes.ts';
import { useAuthWords } from './useAuthWords.ts';

/** What is asked for: the password, and after it the code of an authenticator app, or a backup code in its place. */
type Step = 'password' | 'code' | 'backup';

/** What ends a sign-in half way: it begins again with the password. */
const IS_OVER = ['CODE_USED', 'INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'];

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
  const field = useRef<HTMLInputElement>(null);
  const lastStep = useRef(step);
  useEffect(() => {
    // Who goes by keyboard goes on where the next thing is typed.
    if (lastStep.current !== step) field.current?.focus();
    lastStep.current = step;
  }, [step]);

  const goTo = (next: Step): void => {
    setStep(next);
    setCode('');
    setRefused(null);
  };
  const post = (): Promise<AuthAnswer> => {
    if (step === 'backup')
      return postAuth('/two-factor/verify-backup-code', { code: backupCodeIn(code) });
    if (step === 'code')
      return postAuth('/two-factor/verify-totp', { code: digitsIn(code) ?? code.trim() });
    // Where the link of a letter leads that is sent again, to an address that is not confirmed yet.
    const callbackURL = '/console/verified';
    return postAuth('/sign-in/email', { email: email.trim(), password, callbackURL });
  };
  const send = async (): Promise<void> => {
    setAsking(true);
    setRefused(null);
    const answer = await post();
    setAsking(false);
    if (answer.isGood && answer.body['twoFactorRedirect'] === true) return goTo('code');
    if (answer.isGood) return onDone();
    if (answer.code !== null && IS_OVER.includes(answer.code)) goTo('password');
    setRefused(step === 'backup' && answer.code === 'OFFLINE' ? 'BACKUP_LOST' : answer.code);
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
            ref={field}
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
          key={step}
          ref={field}
          name="code"
          {...(step === 'code'
            ? { inputMode: 'numeric', autoComplete: 'one-time-code' }
            : { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false })}
          label={t(`signIn.${step}`)}
          description={t(`signIn.${step}Where`)}
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
      {step !== 'password' && (
        <Button
          variant="subtle"
          fullWidth
          onClick={() => goTo(step === 'code' ? 'backup' : 'code')}
        >
          {step === 'code' ? t('signIn.toBackup') : t('signIn.toCode')}
        </Button>
      )}
    </form>
  );
}
