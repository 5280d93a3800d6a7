import { Button, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../../../shared/ui/qr/QrCode.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { useFocusHere } from '../../../parts/useFocusHere.ts';
import { digitsIn } from '../../../signIn/typedCodes.ts';
import { inGroups, appSecretIn } from './otpauth.ts';
import { useOwnAuth } from './useOwnAuth.ts';

/** Hands the secret to the app, and takes the first code of it. */
export function ScanStep({
  uri,
  onLeave,
  onLost,
  onDone,
}: {
  /** As the app gets it, `otpauth://totp/...`. */
  readonly uri: string;
  readonly onLeave: () => void;
  /** No answer came to a code: it may be on. */
  readonly onLost: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const [typed, setTyped] = useState('');
  const title = useFocusHere<HTMLHeadingElement>();
  const field = useRef<HTMLInputElement>(null);
  const auth = useOwnAuth('turnOn');
  const send = async (): Promise<void> => {
    const code = digitsIn(typed);
    if (code === null) {
      auth.refuse(t('twoFactor.sixDigits'));
      field.current?.focus();
      return;
    }
    const answer = await auth.ask({ code });
    if (answer === null) return;
    if (answer.isGood) return onDone();
    if (answer.code === 'OFFLINE') onLost();
    field.current?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  const secret = appSecretIn(uri);
  return (
    <form className="you-steps" noValidate onSubmit={submit}>
      <h3 ref={title} tabIndex={-1}>
        {t('twoFactor.scan')}
      </h3>
      <div className="you-scan">
        <QrCode text={uri} label={t('twoFactor.qr')} />
        <div>
          <a className="button you-app" href={uri}>
            {t('twoFactor.openApp')}
          </a>
          <p>{t('twoFactor.byHand')}</p>
          <code className="you-secret">{inGroups(secret)}</code>
          <CopyButton text={secret} label={t('twoFactor.copySecret')} />
        </div>
      </div>
      <TextInput
        ref={field}
        className="you-digits"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        label={t('twoFactor.code')}
        description={t('twoFactor.codeWhere')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {auth.refused !== null && (
        <p className="form-refused" role="alert">
          {auth.refused}
        </p>
      )}
      <div className="ask-ways">
        <Button variant="default" onClick={onLeave}>
          {words('ask.leave')}
        </Button>
        <ActButton needs="ANYBODY" type="submit" loading={auth.isAsking}>
          {t('twoFactor.turnOn')}
        </ActButton>
      </div>
    </form>
  );
}
