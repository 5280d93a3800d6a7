import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { setServiceTime } from '../../../shared/clock/serviceClock.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { Asked } from '../../parts/Asked.tsx';
import { NotOnThisConsole } from '../../parts/NotOnThisConsole.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { dueToday } from './due.ts';
import { DueList } from './DueList.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { Standing } from './Standing.tsx';
import { TodayHooksQuery, TodayQuery, UpkeepQuery } from './queries.ts';
import './today.css';

const LINES = [180, 220] as const;

/** What needs the operator today, and how the program stands. */
export function TodayDesk(): JSX.Element {
  const { t } = useTranslation('today');
  const today = usePolled(TodayQuery);
  // Roles that may not read these are shown the rest.
  const upkeep = usePolled(UpkeepQuery).data;
  const hooks = usePolled(TodayHooksQuery).data;
  const now = today.data?.program?.clock.now;
  useEffect(() => {
    if (now !== undefined) setServiceTime(now);
  }, [now]);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Asked of={today} lines={LINES} isStale={({ program }) => program?.supply.stale === true}>
        {({ program }) =>
          program === null ? (
            <NotOnThisConsole />
          ) : (
            <div className="work">
              <div>
                <DueList
                  due={dueToday(program, upkeep, hooks)}
                  symbol={program.settings.settlementToken.symbol}
                />
                <FirstSteps program={program} hasKey={hasKey(upkeep)} />
              </div>
              <Standing program={program} />
            </div>
          )
        }
      </Asked>
    </>
  );
}

/** Whether an app has a key; null when the role of the person does not say. */
const hasKey = (upkeep: { apiKeys: { edges: readonly unknown[] } } | null): boolean | null =>
  upkeep === null ? null : upkeep.apiKeys.edges.length > 0;
