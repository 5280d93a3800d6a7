import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { When } from '../../../shared/ui/Values.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { ShowMoreRows } from '../../lists/ShowMoreRows.tsx';
import { useRows } from '../../lists/useRows.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { HurtTag, shownStateOf, StateTag, useObjectionWords } from './changeWords.tsx';
import { DeskChangesQuery, type ChangeRow } from './data/queries.ts';
import './changes.css';

const LINES = [280] as const;

/** Everything that was ever announced, newest first. */
export function ChangeListDesk(): JSX.Element {
  const { t } = useTranslation('changes');
  const { api } = useWorkplace();
  const changes = useRows({
    document: DeskChangesQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.changes,
  });
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')} />
      <Asked
        of={changes.first}
        lines={LINES}
        isStale={({ program }) => program?.changes.stale === true}
      >
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          if (changes.rows.length === 0) {
            return (
              <NothingYet title={t('none.title')} words={t('none.words')}>
                <Link href="/rules/new" className="button">
                  {t('none.go')}
                </Link>
              </NothingYet>
            );
          }
          return (
            <>
              <ol className="panel change-rows">
                {changes.rows.map((change) => (
                  <Row key={change.number} change={change} now={Date.parse(program.clock.now)} />
                ))}
              </ol>
              <ShowMoreRows of={changes} />
            </>
          );
        }}
      </Asked>
    </>
  );
}

function Row({ change, now }: { readonly change: ChangeRow; readonly now: number }): JSX.Element {
  const { t } = useTranslation('changes');
  const objections = useObjectionWords();
  const { number, target, announcedAt, noticeEndsAt } = change;
  return (
    <li className="panel-row">
      <span className="change-what">
        <Link href={`/changes/${number}`}>{t(`of.${target}`, { number })}</Link>
        <small>
          <When iso={announcedAt} />
          {shownStateOf(change, now) === 'PENDING' && (
            <>
              {' '}
              {t('until')} <When iso={noticeEndsAt} />
            </>
          )}
        </small>
      </span>
      <HurtTag change={change} />
      <span className="change-objections">{objections(change)}</span>
      <StateTag {...{ change, now }} />
    </li>
  );
}
