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
import { EVENT_GROUPS, EVENT_KINDS, typeOfKind, type EventGroup } from './kinds.ts';
import { EndpointCreate } from './queries.ts';

const GROUPS = Object.keys(EVENT_GROUPS) as EventGroup[];

/** Makes an endpoint. */
export function EndpointForm(): JSX.Element {
  const { t, i18n } = useTranslation('developers');
  const errorWords = useErrorWords();
  const { program } = useWorkplace();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [isOfProgram, setOfProgram] = useState(true);
  const [isAll, setAll] = useState(true);
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const act = useAct({
    ...{ name: 'webhookEndpointCreate', kind: 'webhookEndpointCreate' },
    document: EndpointCreate,
  });
  const errors = fieldErrors(act.write, (code) =>
    i18n.exists(`developers:hookErrors.${code}`) ? t(`hookErrors.${code}`) : errorWords(code),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({
      ...{ url: url.trim(), description: description.trim() },
      ...(isOfProgram && { programId: program.id }),
      ...(!isAll && { kinds: EVENT_KINDS.filter((kind) => kinds.includes(kind)) }),
    });
  };
  return (
    <form className="panel" aria-labelledby="new-endpoint" onSubmit={submit}>
      <div className="panel-head">
        <h2 id="new-endpoint">{t('hooks.new')}</h2>
      </div>
      <div className="part dev-body">
        <TextInput
          type="url"
          label={t('hooks.url')}
          description={t('hooks.urlWhy')}
          autoComplete="off"
          required
          withAsterisk={false}
          error={errors['url']}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <TextInput
          label={t('hooks.description')}
          autoComplete="off"
          maxLength={256}
          error={errors['description']}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <WhereChoice isOfProgram={isOfProgram} onChoose={setOfProgram} />
        <NativeSelect
          label={t('hooks.kinds')}
          data={[
            { value: 'all', label: t('hooks.all') },
            { value: 'some', label: t('hooks.some') },
          ]}
          error={errors['kinds']}
          value={isAll ? 'all' : 'some'}
          onChange={({ currentTarget }) => setAll(currentTarget.value === 'all')}
        />
        {!isAll &&
          GROUPS.map((group) => (
            <Ticks
              key={group}
              legend={t(`hooks.groups.${group}`)}
              ticks={EVENT_GROUPS[group].map((value) => ({
                value,
                title: typeOfKind(value),
                isCode: true,
              }))}
              chosen={kinds}
              onChoose={setKinds}
            />
          ))}
        {Object.keys(errors).length === 0 && act.write?.phase !== 'done' && (
          <TransactionStatus name="webhookEndpointCreate" />
        )}
        <ActButton needs="MANAGER" type="submit" loading={act.isUnderWay}>
          {t('hooks.make')}
        </ActButton>
      </div>
    </form>
  );
}
