import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { PartBoundary } from '../../../../shared/ui/PartBoundary.tsx';
import { Skeleton } from '../../../../shared/ui/States.tsx';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { LiabilityDaysQuery } from '../data/queries.ts';
import { DaysCsvButton } from './DaysCsvButton.tsx';

/** How far back the charts go, in days. */
const SPANS = [7, 28, 92] as const;
const LINES = [280, 280] as const;

const DayCharts = lazy(async () => ({ default: (await import('./DayCharts.tsx')).DayCharts }));

/** How it came about, day by day: charts, each of which is a table as well, and a file. */
export function DaysPart(): JSX.Element {
  const { t } = useTranslation('liability');
  const [last, setLast] = useState<number>(28);
  const asked = usePolled(LiabilityDaysQuery, { last });
  return (
    <>
      <div className="lia-days-head">
        <h2>{t('days.title')}</h2>
        <SegmentedControl
          aria-label={t('days.span')}
          data={SPANS.map((span) => ({ value: `${span}`, label: t('days.of', { count: span }) }))}
          value={`${last}`}
          onChange={(value) => setLast(Number(value))}
        />
        <DaysCsvButton days={asked.data?.program?.liability.days ?? []} />
      </div>
      <Asked of={asked} lines={LINES}>
        {({ program }) =>
          program === null ? (
            <NotOnThisConsole />
          ) : (
            <PartBoundary place="days">
              <Suspense fallback={<Skeleton lines={LINES} />}>
                <DayCharts days={program.liability.days} token={program.settings.settlementToken} />
              </Suspense>
            </PartBoundary>
          )
        }
      </Asked>
    </>
  );
}
