import { Button, PasswordInput } from '@mantine/core';
import { useRef, useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActButton } from '../../../access/ActButton.tsx';
import type { AuthAnswer } from '../../../signIn/authRoutes.ts';
import { useOwnAuth, type OwnAct } from './useOwnAuth.ts';

/** Asks for the password before something about the own sign-in is done. */
export function PasswordForm({
  act,
  go,
  isDanger = false,
  children,
  onLeave,
  onDone,
}: {
  readonly act: OwnAct;
  readonly go: string;
  readonly isDanger?: boolean;
  /** What it does. */
  readonly children: ReactNode;
  readonly onLeave: () => void;
  readonly onDone: (body: AuthAnswer['body']) => void;
}): JSX.Element {
  const { t } = useTranslation('console');
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const auth = useOwnAuth(act);
  const send = async (): Promise<void> => {
    const answer = await auth.ask({ password });
    if (answer?.isGood === true) onDone(answer.body);
    // Who was refused goes on at the field.
    else field.current?.focus();
  };
  return (
    <form
      className="ask-first"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <PasswordInput
        ref={field}
        name="password"
        autoComplete="current-password"
        label={t('signIn.password')}
        required
        withAsterisk={false}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {auth.refused !== null && (
        <p className="form-refused" role="alert">
          {auth.refused}
        </p>
      )}
      <div className="ask-ways">
        <Button variant="default" onClick={onLeave}>
          {t('ask.leave')}
        </Button>
        <ActButton
          needs="ANYBODY"
          type="submit"
          loading={auth.isAsking}
          {...(isDanger && { className: 'danger-fill' })}
        >
          {go}
        </ActButton>
      </div>
    </form>
  );
}
