import { NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { Ticks } from '../parts/Ticks.tsx';
import { WhereChoice } from '../parts/WhereChoice.tsx';
import { ApiKeyCreate } from './queries.ts';

const SCOPES = [
  ...(['ACTIONS_WRITE', 'MEMBERS_READ', 'MEMBERS_WRITE', 'ORDERS_WRITE'] as const),
  ...(['PROGRAM_READ', 'PROGRAM_WRITE', 'WEBHOOKS_WRITE'] as const),
] as const;
export type KeyScopeName = (typeof SCOPES)[number];
/** What an app needs that reports actions and shows the wallet. */
export const USUAL_SCOPES: readonly KeyScopeName[] = [
  ...(['ACTIONS_WRITE', 'MEMBERS_READ', 'MEMBERS_WRITE', 'PROGRAM_READ'] as const),
];
const DAY_MS = 86_400_000;
const LIVES = ['', '30', '90', '365'] as const;

/** Makes an API key, for what it is used for and no more. */
export function KeyForm(): JSX.Element {
  const { t } = useTranslation('developers');
  const errorWords = useErrorWords();
  const { program } = useWorkplace();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>(USUAL_SCOPES);
  const [isOfProgram, setOfProgram] = useState(true);
  const [days, setDays] = useState('');
  const act = useAct({ name: 'apiKeyCreate', kind: 'apiKeyCreate', document: ApiKeyCreate });
  const errors = fieldErrors(act.write, errorWords);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({
      name: name.trim(),
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
      ...(isOfProgram && { programId: program.id }),
      ...(days !== '' && { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
    });
  };
  return (
    <form className="panel" aria-labelledby="new-key" onSubmit={submit}>
      <div className="panel-head">
        <h2 id="new-key">{t('keys.new')}</h2>
      </div>
      <div className="part dev-body">
        <TextInput
          label={t('keys.name')}
          description={t('keys.nameWhy')}
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={128}
          error={errors['name']}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Ticks
          legend={t('keys.scopes')}
          ticks={SCOPES.map((value) => ({
            value,
            title: t(`scopes.${value}.title`),
            words: t(`scopes.${value}.words`),
          }))}
          chosen={scopes}
          error={errors['scopes'] ?? null}
          onChoose={setScopes}
        />
        <div className="dev-row">
          <WhereChoice isOfProgram={isOfProgram} onChoose={setOfProgram} />
          <NativeSelect
            label={t('keys.until')}
            data={LIVES.map((value) => ({
              value,
              label: value === '' ? t('keys.noEnd') : t('keys.days', { count: Number(value) }),
            }))}
            error={errors['expiresAt']}
            value={days}
            onChange={({ currentTarget }) => setDays(currentTarget.value)}
          />
        </div>
        {act.write?.phase !== 'done' && <TransactionStatus name="apiKeyCreate" />}
        <ActButton needs="OWNER" type="submit" loading={act.isUnderWay}>
          {t('keys.make')}
        </ActButton>
      </div>
    </form>
  );
}
