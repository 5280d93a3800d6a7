import { NativeSelect, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import type { ConsoleRole } from '../../../access/workplace.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { InvitationCreate, type InvitedPayload } from './queries.ts';
import { TEAM_ROLES } from './teamRoles.ts';
import { useAppBarrier } from './useAppBarrier.ts';

const NAME = 'invitationCreate';

/** Asks a person to join, in a role. */
export function InvitePanel(): JSX.Element {
  const { t, i18n } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const errorWords = useErrorWords();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<ConsoleRole>('VIEWER');
  // Ready for the next one.
  const clear = useCallback(() => setEmail(''), []);
  const act = useAct({ name: NAME, kind: NAME, document: InvitationCreate }, clear);
  const errors = fieldErrors(act.write, (code) =>
    i18n.exists(`invite.errors.${code}`, { ns: 'team' })
      ? t(`invite.errors.${code}`)
      : errorWords(code),
  );
  const isDone = act.write?.phase === 'done';
  const payload = isDone ? (act.write.payload as InvitedPayload | null) : null;
  const invited = payload?.invitation ?? null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({ email: email.trim(), role });
  };
  return (
    <form className="panel" aria-labelledby="invite" onSubmit={submit}>
      <div className="panel-head">
        <h2 id="invite">{t('invite.title')}</h2>
      </div>
      <div className="part team-form">
        <TextInput
          label={t('invite.email')}
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={254}
          error={errors['email']}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <NativeSelect
          label={t('invite.role')}
          description={t(`invite.means.${role}`)}
          data={TEAM_ROLES.map((value) => ({ value, label: words(`roles.${value}`) }))}
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as ConsoleRole)}
        />
        {!isDone && errors['email'] === undefined && <TransactionStatus name={NAME} />}
        <ActButton needs="OWNER" type="submit" barrier={useAppBarrier()} loading={act.isUnderWay}>
          {t('invite.go')}
        </ActButton>
        {invited !== null && (
          <div className="team-invited" role="status">
            <p>
              {payload?.isMailed === true
                ? t('invite.mailed', { email: invited.email })
                : t('invite.notMailed', { email: invited.email })}
            </p>
            <CopyButton text={invited.url} label={t('invite.copy')} />
          </div>
        )}
      </div>
    </form>
  );
}
