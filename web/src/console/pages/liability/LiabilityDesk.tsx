import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { DaysPart } from './charts/DaysPart.tsx';
import { LiabilityQuery } from './data/queries.ts';
import { MoneyPanel } from './MoneyPanel.tsx';
import { PointsPanel } from './PointsPanel.tsx';
import { ReconciledPanel } from './ReconciledPanel.tsx';
import '../../terms/terms.css';
import './liability.css';

const LINES = [280, 320, 320] as const;

/** What is owed, whether it is covered, and that the chain says the same. */
export function LiabilityDesk(): JSX.Element {
  const { t } = useTranslation('liability');
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')} />
      <Asked
        of={usePolled(LiabilityQuery)}
        lines={LINES}
        isStale={({ program }) => program?.liability.stale === true}
      >
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          const { liability, settings } = program;
          return (
            <>
              <div className="work">
                <PointsPanel liability={liability} symbol={settings.settlementToken.symbol} />
                <div>
                  <MoneyPanel {...{ liability, settings }} />
                  <ReconciledPanel {...{ liability, settings }} />
                </div>
              </div>
              <DaysPart />
            </>
          );
        }}
      </Asked>
    </>
  );
}
