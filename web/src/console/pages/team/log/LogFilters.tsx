import { NativeSelect, TextInput } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LOGGED_MUTATIONS, useDeedWords } from './deeds.ts';
import type { LogFilter } from './useLogFilter.ts';

/** Chooses what of the log is shown. */
export function LogFilters({
  filter,
  change,
  children,
}: {
  readonly filter: LogFilter;
  readonly change: (part: Partial<LogFilter>) => void;
  /** The way to have it as a file. */
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('team');
  const words = useDeedWords();
  const { mutation, since, until } = filter;
  const known: readonly string[] = LOGGED_MUTATIONS;
  const names = mutation === '' || known.includes(mutation) ? known : [mutation, ...known];
  return (
    <section className="panel" aria-labelledby="log-filter">
      <div className="panel-head">
        <h2 id="log-filter">{t('log.filter')}</h2>
      </div>
      <div className="part team-form">
        <NativeSelect
          label={t('log.what')}
          data={[
            { value: '', label: t('log.all') },
            ...names.map((value) => ({ value, label: words(value) })),
          ]}
          value={mutation}
          onChange={({ currentTarget }) => change({ mutation: currentTarget.value })}
        />
        <div className="team-days">
          <TextInput
            type="date"
            label={t('log.since')}
            value={since}
            onChange={({ currentTarget }) => change({ since: currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('log.until')}
            value={until}
            onChange={({ currentTarget }) => change({ until: currentTarget.value })}
          />
        </div>
        {children}
      </div>
    </section>
  );
}
