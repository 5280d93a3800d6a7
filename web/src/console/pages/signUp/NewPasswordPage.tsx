import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { postAuth } from '../../signIn/authRoutes.ts';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { useAuthWords } from '../../signIn/useAuthWords.ts';

const OF_PASSWORD = ['PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG'];

/** Where the link of a letter leads by which a new password is chosen. */
export function NewPasswordPage(): JSX.Element {
  const { t } = useTranslation('signUp');
  const authWords = useAuthWords();
  const [newPassword, setNewPassword] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const token = new URLSearchParams(location.search).get('token') ?? '';
  const send = async (): Promise<void> => {
    setAsking(true);
    const answer = await postAuth('/reset-password', { token, newPassword });
    setAsking(false);
    setRefused(answer.code);
    setDone(answer.isGood);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking) void send();
  };
  if (isDone) {
    return (
      <DoorPage title={t('newPassword.done')} lead={t('newPassword.doneLead')}>
        <p className="door-next">
          <Link className="button" href="/sign-in">
            {t('toSignIn')}
          </Link>
        </p>
      </DoorPage>
    );
  }
  const isOfPassword = refused !== null && OF_PASSWORD.includes(refused);
  return (
    <DoorPage title={t('newPassword.title')} lead={t('newPassword.lead')}>
      <form className="sign-in-form" onSubmit={submit}>
        <PasswordInput
          name="password"
          autoComplete="new-password"
          label={t('newPassword.label')}
          description={t('passwordHow')}
          required
          withAsterisk={false}
          error={isOfPassword ? authWords(refused) : null}
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          value={newPassword}
          onChange={({ currentTarget }) => setNewPassword(currentTarget.value)}
        />
        {refused !== null && !isOfPassword && (
          <p className="form-refused" role="alert">
            {authWords(refused)}
          </p>
        )}
        <Button type="submit" fullWidth loading={isAsking}>
          {t('newPassword.go')}
        </Button>
      </form>
      <nav className="door-ways">
        <Link href="/forgotten">{t('newPassword.another')}</Link>
      </nav>
    </DoorPage>
  );
}
