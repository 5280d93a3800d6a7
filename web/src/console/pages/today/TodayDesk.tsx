import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { useMay } from '../../access/barrier.ts';
import { Asked } from '../../parts/Asked.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { dueToday } from './due.ts';
import { DueList } from './DueList.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { Standing } from './Standing.tsx';
import { FirstActionQuery, TodayHooksQuery, TodayQuery, UpkeepQuery } from './queries.ts';
import './today.css';

const LINES = [180, 220] as const;

/** What needs the operator today, and how the program stands. */
export function TodayDesk(): JSX.Element {
  const { t } = useTranslation('today');
  const mayAnnounce = useMay('OWNER');
  const today = usePolled(TodayQuery);
  // Roles that may not read these are shown the rest.
  const asked = [
    usePolled(UpkeepQuery),
    usePolled(TodayHooksQuery),
    usePolled(FirstActionQuery),
  ] as const;
  const [{ data: upkeep }, { data: hooks }, { data: first }] = asked;
  // All at once: nothing is pushed aside by what comes later.
  const isWhole = asked.every(({ data, error }) => data !== null || error !== null);
  useServiceClock(today.data?.program?.clock.now, today.loadedAt);
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')} />
      <Asked
        of={isWhole ? today : { ...today, data: null }}
        lines={LINES}
        isStale={({ program }) => program?.supply.stale === true}
      >
        {({ program }) =>
          program === null ? (
            <NotOnThisConsole />
          ) : (
            <div className="work">
              <div>
                <DueList
                  due={dueToday(program, upkeep, hooks, mayAnnounce)}
                  symbol={program.settings.settlementToken.symbol}
                />
                <FirstSteps
                  program={program}
                  hasKey={hasAny(upkeep?.apiKeys)}
                  hasAction={hasAny(first?.program?.actions)}
                />
              </div>
              <Standing program={program} />
            </div>
          )
        }
      </Asked>
    </>
  );
}

/** Whether a list has anything in it; null when the role of the person does not say. */
const hasAny = (list: { readonly edges: readonly unknown[] } | undefined): boolean | null =>
  list === undefined ? null : list.edges.length > 0;
