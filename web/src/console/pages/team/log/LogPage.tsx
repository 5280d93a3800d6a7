import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CsvButton } from '../../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useRows } from '../../../lists/useRows.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { EntryRow } from './EntryRow.tsx';
import { LogCheckPanel } from './LogCheckPanel.tsx';
import { LogFilters } from './LogFilters.tsx';
import { LogQuery } from './queries.ts';
import { useLogFilter } from './useLogFilter.ts';

const LINES = [120, 120, 120] as const;

/** Who has done what, and that nothing of it is missing or changed. */
export function LogPage(): JSX.Element {
  const { t } = useTranslation('team');
  const { organisationApi } = useWorkplace();
  const { asked, isFiltered, ...filter } = useLogFilter();
  const rows = useRows({
    ...{ document: LogQuery, variables: asked, client: organisationApi.client },
    pick: ({ auditLog }) => auditLog,
  });
  return (
    <div className="work">
      <div>
        <Asked of={rows.first} lines={LINES}>
          {() =>
            rows.rows.length === 0 ? (
              <NothingYet
                title={isFiltered ? t('log.nothingFound') : t('log.none')}
                words={isFiltered ? t('log.nothingFoundWords') : t('log.noneWords')}
              />
            ) : (
              <section className="panel" aria-labelledby="log">
                <div className="panel-head">
                  <h2 id="log">{t('log.title')}</h2>
                </div>
                <ol>
                  {rows.rows.map((entry) => (
                    <EntryRow key={entry.seq} entry={entry} />
                  ))}
                </ol>
              </section>
            )
          }
        </Asked>
        <ShowMoreRows of={rows} />
      </div>
      <aside className="team-first">
        <LogFilters {...filter}>
          <CsvButton
            list="audit-log.csv"
            filters={{ mutation: asked.mutation, since: asked.since, until: asked.until }}
          />
        </LogFilters>
        <LogCheckPanel />
      </aside>
    </div>
  );
}
