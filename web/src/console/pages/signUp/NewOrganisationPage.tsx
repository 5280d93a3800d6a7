import { Button, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { WriteState } from '../../../shared/transactions/transactionState.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { useSignedIn } from '../../access/workplace.ts';
import { AskingAs } from '../../asking/AskingAs.tsx';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { fieldErrors, useAct } from '../../writes/useAct.ts';
import { slugOf } from './addresses.ts';
import { OrganisationCreate, organisationOf } from './queries.ts';

function OrganisationForm(): JSX.Element {
  const { t, i18n } = useTranslation('signUp');
  const errorWords = useErrorWords();
  const wanted = new URLSearchParams(location.search).get('name') ?? '';
  const [name, setName] = useState(wanted);
  /** Null until it is chosen by hand. */
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? slugOf(name);
  const done = useCallback(({ payload }: WriteState) => {
    const organisation = organisationOf(payload);
    // The page begins anew: the person has an organisation now.
    location.assign(organisation === null ? '/console' : `/console/o/${organisation.slug}/new`);
  }, []);
  const act = useAct(
    { name: 'organisationCreate', kind: 'organisationCreate', document: OrganisationCreate },
    done,
  );
  const errors = fieldErrors(act.write, (code) =>
    i18n.exists(`signUp:refused.${code}`) ? t(`refused.${code}`) : errorWords(code),
  );
  const isOfField = Object.keys(errors).length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({ name: name.trim(), slug: slug.trim() });
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <TextInput
        name="organization"
        autoComplete="organization"
        label={t('organisation')}
        required
        withAsterisk={false}
        maxLength={128}
        error={errors['name']}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextInput
        name="slug"
        autoComplete="off"
        label={t('slug')}
        description={t('slugHow')}
        required
        withAsterisk={false}
        maxLength={40}
        error={errors['slug']}
        value={slug}
        onChange={({ currentTarget }) => setOwnSlug(currentTarget.value)}
      />
      {!isOfField && <TransactionStatus name="organisationCreate" />}
      <Button type="submit" fullWidth loading={act.isUnderWay || act.write?.phase === 'done'}>
        {t('newOrganisation.go')}
      </Button>
    </form>
  );
}

/** Creates an organisation: its programs, its team and what it pays are apart from those of all others. */
export function NewOrganisationPage(): JSX.Element {
  const { t } = useTranslation('signUp');
  const { api } = useSignedIn();
  return (
    <AskingAs api={api}>
      <DoorPage title={t('newOrganisation.title')} lead={t('newOrganisation.lead')}>
        <OrganisationForm />
      </DoorPage>
    </AskingAs>
  );
}
