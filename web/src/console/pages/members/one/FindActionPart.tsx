import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { ActionCard } from '../../../actions/ActionCard.tsx';
import { DecisionButtons } from '../../../actions/DecisionButtons.tsx';
import { useFilters } from '../../../lists/useFilters.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { NamedActionQuery } from './queries.ts';
import { MOST_OF_AN_ID } from '../address/memberAddress.ts';

const LINES = [120] as const;

interface Named {
  readonly memberId: string;
  /** By the clock of the service. */
  readonly nowMs: number;
}

function Found({ memberId, nowMs, eventId }: Named & { readonly eventId: string }): JSX.Element {
  const { t } = useTranslation('members');
  return (
    <div className="part" aria-live="polite">
      <Asked of={usePolled(NamedActionQuery, { memberId, eventId })} lines={LINES}>
        {({ action }) =>
          action === null ? (
            <p className="member-quiet">{t('find.none', { eventId })}</p>
          ) : (
            <ActionCard action={action} nowMs={nowMs}>
              <DecisionButtons action={action} nowMs={nowMs} />
            </ActionCard>
          )
        }
      </Asked>
    </div>
  );
}

/** Looks up one action, as a member or an app names it. */
export function FindActionPart({ memberId, nowMs }: Named): JSX.Element {
  const { t } = useTranslation('members');
  const filters = useFilters();
  const eventId = filters.get('event') ?? '';
  const [typed, setTyped] = useState(eventId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    filters.set({ event: typed.trim() });
  };
  return (
    <section className="panel" aria-labelledby="find-action">
      <div className="panel-head">
        <h2 id="find-action">{t('find.title')}</h2>
      </div>
      <form className="part member-find" role="search" onSubmit={submit}>
        <TextInput
          label={t('find.label')}
          autoComplete="off"
          maxLength={MOST_OF_AN_ID}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('find.go')}
        </Button>
      </form>
      {eventId !== '' && <Found {...{ memberId, nowMs, eventId }} />}
    </section>
  );
}
