import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { RuleChangeQuery } from '../effect/queries.ts';
import { RulesWork } from './RulesWork.tsx';
import './edit.css';

const LINES = [420, 220] as const;

/** Changes the rules with open eyes: sentences to edit, and beside them what that does. */
export function ChangeRulesDesk(): JSX.Element {
  const { t } = useTranslation('rules');
  const asked = usePolled(RuleChangeQuery);
  return (
    <>
      <DeskHead
        title={t('edit.title')}
        lead={t('edit.lead')}
        crumbs={[{ words: t('title'), href: '/rules' }]}
      />
      <Asked of={asked} lines={LINES} isStale={({ program }) => program?.newest.stale === true}>
        {({ program }) => {
          const newest = program?.newest.edges[0]?.node;
          if (program === null || newest === undefined) return <NotOnThisConsole />;
          return <RulesWork program={program} newest={newest} />;
        }}
      </Asked>
    </>
  );
}
