import { Button, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgramDraft } from './draft/draft.ts';
import { Lock } from './parts.tsx';
import type { KnownToken } from './StepForEver.tsx';
import { useLocks } from './Summary.tsx';

/** The last look: all that is for ever once more, and the name typed by hand. */
export function Confirm({
  draft,
  zone,
  go,
  token,
  barrier,
  onBack,
  onCreate,
}: {
  readonly draft: ProgramDraft;
  readonly zone: string;
  /** What the last click does, in words. */
  readonly go: string;
  /** The token that is paid in, when it is known already. */
  readonly token: KnownToken | undefined;
  /** Why it can not be created now; null for nothing. */
  readonly barrier: string | null;
  readonly onBack: () => void;
  readonly onCreate: () => void;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const [typed, setTyped] = useState('');
  const barrierId = useId();
  const locks = useLocks(draft, zone);
  const isSame = typed.trim() === draft.name.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSame && barrier === null) onCreate();
  };
  return (
    <form className="np-step" onSubmit={submit}>
      <p className="np-why">{t('confirm.words')}</p>
      <dl className="np-big-locks">
        {locks.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Lock />
              {name}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="np-why">
        {token === undefined
          ? t('confirm.otherToken')
          : t('confirm.token', { symbol: token.symbol, decimals: token.decimals })}
        <code className="np-token">{draft.token.trim()}</code>
      </p>
      <TextInput
        label={t('confirm.type', { name: draft.name.trim() })}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div className="np-ways">
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button
          type="submit"
          disabled={!isSame || barrier !== null}
          {...(barrier !== null && { 'aria-describedby': barrierId })}
        >
          {go}
        </Button>
      </div>
      {barrier !== null && (
        <small id={barrierId} className="barrier">
          {barrier}
        </small>
      )}
    </form>
  );
}
