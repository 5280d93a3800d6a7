import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { TermsChangeQuery } from '../data/queries.ts';
import { TermsVersions } from './TermsVersions.tsx';
import { TermsWork } from './TermsWork.tsx';

const LINES = [320, 220] as const;

/** Offers, raises or lowers the buyback with open eyes, and has all versions of its terms. */
export function BuybackTermsDesk(): JSX.Element {
  const { t } = useTranslation('buyback');
  return (
    <>
      <DeskHead
        title={t('terms.title')}
        lead={t('terms.lead')}
        crumbs={[{ words: t('title'), href: '/buyback' }]}
      />
      <Asked
        of={usePolled(TermsChangeQuery)}
        lines={LINES}
        isStale={({ program }) => program?.newest.stale === true}
      >
        {({ program }) => {
          const newest = program?.newest.edges[0]?.node;
          if (program === null || newest === undefined) return <NotOnThisConsole />;
          return (
            <>
              <TermsWork program={program} newest={newest} />
              <TermsVersions
                symbol={program.settings.settlementToken.symbol}
                nextRound={program.nextRound.number}
              />
            </>
          );
        }}
      </Asked>
    </>
  );
}
