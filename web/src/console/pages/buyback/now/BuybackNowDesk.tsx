import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { useServiceClock } from '../../../../shared/clock/useServiceClock.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { isNothing } from '../data/typedMoney.ts';
import { BuybackNowQuery, type BuybackNow } from '../data/queries.ts';
import { MoneyColumn } from '../money/MoneyColumn.tsx';
import { RoundList, useRoundRows } from '../rounds/RoundList.tsx';
import { CurrentRoundPanel } from './CurrentRoundPanel.tsx';
import { InForcePanel } from './InForcePanel.tsx';
import { RoundCalendar } from './RoundCalendar.tsx';

const LINES = [160, 180, 220] as const;

/** Whether nothing was ever offered, and nothing will be. */
const isNeverOffered = ({ buybackTerms }: BuybackNow): boolean =>
  buybackTerms.edges.every(({ node }) => isNothing(node.budgetPerRound));

/** How the buyback stands: what is in force, the rounds of now, and the money for them. */
export function BuybackNowDesk(): JSX.Element {
  const { t } = useTranslation('buyback');
  const asked = usePolled(BuybackNowQuery);
  const rounds = useRoundRows();
  // All at once: nothing is pushed aside by what comes later.
  const isWhole = rounds.first.data !== null || rounds.first.error !== null;
  useServiceClock(asked.data?.program?.clock.now, asked.loadedAt);
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <Link href="/buyback/terms" className="button quiet">
          {t('changeTerms')}
        </Link>
      </DeskHead>
      <Asked
        of={isWhole ? asked : { ...asked, data: null }}
        lines={LINES}
        isStale={({ program }) => program?.reserve.stale === true}
      >
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          return (
            <div className="work">
              <div>
                <InForcePanel program={program} isNever={isNeverOffered(program)} />
                <CurrentRoundPanel program={program} />
                <RoundCalendar program={program} />
                <RoundList rounds={rounds} symbol={program.settings.settlementToken.symbol} />
              </div>
              <MoneyColumn program={program} />
            </div>
          );
        }}
      </Asked>
    </>
  );
}
