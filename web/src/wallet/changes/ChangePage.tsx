import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { RulesIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { topicOf } from '../terms/difference.ts';
import { DifferenceList, type SideTitles } from '../terms/DifferenceList.tsx';
import { STATE_TAGS } from '../terms/stateTags.ts';
import { differenceOf } from '../terms/topics.ts';
import { ForMe } from './forMe/ForMe.tsx';
import { Objections } from './Objections.tsx';
import { ObjectSheet } from './ObjectSheet.tsx';
import { Outcome } from './Outcome.tsx';
import { PrintChange } from './PrintChange.tsx';
import {
  ChangeQuery,
  type ChangeParts,
  type ChangeView,
  type WholeChange,
} from './data/queries.ts';
import { Timeline } from './Timeline.tsx';
import './changes.css';

const LINES = [60, 180, 160, 200, 140];

function partsOf(viewer: ChangeView): ChangeParts | null {
  const { program } = viewer;
  const { change } = program;
  if (change === null) return null;
  const groups = differenceOf(change, {
    ruleSets: program.ruleSets.edges.map(({ node }) => node),
    buybackTerms: program.buybackTerms.edges.map(({ node }) => node),
    currentEpoch: program.clock.currentEpoch,
  });
  return { viewer, change, groups };
}

function useSides(state: WholeChange['state']): SideTitles {
  const { t } = useTranslation('wallet');
  if (state === 'PENDING') {
    return { before: t('changes.side.now'), after: t('changes.side.wouldBe') };
  }
  if (state === 'ENACTED') {
    return { before: t('changes.side.wasBefore'), after: t('changes.side.since') };
  }
  return { before: t('changes.side.stays'), after: t('changes.side.wanted') };
}

function ChangeHead({ change, groups }: ChangeParts): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const topic = topicOf(groups ?? []);
  const { state } = change;
  return (
    <div className="change-head">
      <span className={`tag ${STATE_TAGS[state]}`}>{t(`changes.state.${state}`)}</span>
      <p className="change-wish">
        {state === 'PENDING'
          ? t(`changes.wish.${topic}`, { points })
          : t(`changes.topic.${topic}`, { points })}
      </p>
    </div>
  );
}

function ChangeDetails({ change }: { readonly change: WholeChange }): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <Details>
      <Fact name={t('details.announcedIn')}>{change.transactionHash}</Fact>
      <Fact name={t('line.block')}>{change.blockNumber}</Fact>
      {change.resolved !== null && (
        <Fact name={t('details.resolvedIn')}>{change.resolved.transactionHash}</Fact>
      )}
    </Details>
  );
}

function Change(parts: ChangeParts): JSX.Element {
  const { t } = useTranslation('wallet');
  const { viewer, change, groups } = parts;
  const { clock, settings } = viewer.program;
  const context = { clock, moneySymbol: settings.settlementToken.symbol };
  const titles = useSides(change.state);
  return (
    <>
      <ChangeHead {...parts} />
      <Outcome change={change} />
      <section className="card" aria-labelledby="differs-title">
        <h2 id="differs-title">{t('changes.differs')}</h2>
        {groups === null ? (
          <p>{t('changes.tooOld')}</p>
        ) : (
          <>
            <p className="change-note">{t('changes.elseStays')}</p>
            <DifferenceList groups={groups} titles={titles} context={context} />
          </>
        )}
      </section>
      <PrintChange {...parts} />
      {groups !== null && <ForMe {...parts} groups={groups} />}
      <Timeline viewer={viewer} change={change} />
      <Objections viewer={viewer} change={change} />
      <ChangeDetails change={change} />
    </>
  );
}

/** One change: what is different, what it means for the member, when, and who objects. */
export function ChangePage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const [, go] = useLocation();
  const { number = '', step } = useParams<{ number: string; step?: string }>();
  const asked = usePolled(ChangeQuery, { number: Number(number) || 0 });
  const isStale = asked.data?.viewer.program.change?.stale === true;
  return (
    <Page title={t('change.number', { number })} back="/rules">
      <Loaded polled={asked} lines={LINES} isStale={isStale}>
        {({ viewer }) => {
          const parts = partsOf(viewer);
          if (parts === null) return <Empty picture={<RulesIcon />} words={t('changes.none')} />;
          return (
            <>
              <Change {...parts} />
              {step === 'object' && (
                <ObjectSheet {...parts} onClose={() => go(`/rules/changes/${number}`)} />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
