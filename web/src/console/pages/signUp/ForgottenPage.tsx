import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { postAuth, type AuthAnswer } from '../../signIn/authRoutes.ts';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { useAuthWords } from '../../signIn/useAuthWords.ts';
import { LetterSent } from './LetterSent.tsx';

/** Sends a letter by which a new password is chosen. It never says whether an address is known. */
export function ForgottenPage(): JSX.Element {
  const { t } = useTranslation('signUp');
  const authWords = useAuthWords();
  const [email, setEmail] = useState('');
  const [answer, setAnswer] = useState<AuthAnswer | null>(null);
  const [isAsking, setAsking] = useState(false);
  const send = async (): Promise<void> => {
    setAsking(true);
    setAnswer(await postAuth('/request-password-reset', { email: email.trim() }));
    setAsking(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking) void send();
  };
  return (
    <DoorPage title={t('forgotten.title')} lead={t('forgotten.lead')}>
      {answer?.isGood === true ? (
        <LetterSent email={email.trim()} isMailed={answer.isMailed} words={t('letter.password')} />
      ) : (
        <form className="sign-in-form" onSubmit={submit}>
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            label={t('email')}
            required
            withAsterisk={false}
            error={answer?.code == null ? null : authWords(answer.code)}
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={isAsking}>
            {t('forgotten.go')}
          </Button>
        </form>
      )}
      <nav className="door-ways">
        <Link href="/sign-in">{t('toSignIn')}</Link>
      </nav>
    </DoorPage>
  );
}
