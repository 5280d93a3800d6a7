import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { ChangeActs } from './ChangeActs.tsx';
import { ChangeDates } from './ChangeDates.tsx';
import { ChangeOutcome } from './ChangeOutcome.tsx';
import { ChangeTerms } from './ChangeTerms.tsx';
import { ObjectionsPart } from './ObjectionsPart.tsx';
import { DeskChangeQuery } from './data/queries.ts';
import './changes.css';

const LINES = [110, 300, 220] as const;

/** One change, from its announcement to its end. */
export function ChangeDesk({ number }: { readonly number: number }): JSX.Element {
  const { t } = useTranslation('changes');
  const asked = usePolled(DeskChangeQuery, { number });
  return (
    <>
      <DeskHead title={t('one', { number })} crumbs={[{ words: t('title'), href: '/changes' }]} />
      <Asked of={asked} lines={LINES} isStale={({ program }) => program?.change?.stale === true}>
        {({ program }) => {
          const change = program?.change ?? null;
          if (program === null || change === null) return <NotOnThisConsole />;
          return (
            <div className="work">
              <div>
                <ChangeOutcome {...{ program, change }} />
                <ObjectionsPart change={change} />
                <ChangeTerms {...{ program, change }} />
              </div>
              <div>
                <ChangeDates {...{ program, change }} />
                {change.state === 'PENDING' && <ChangeActs {...{ program, change }} />}
              </div>
            </div>
          );
        }}
      </Asked>
    </>
  );
}
