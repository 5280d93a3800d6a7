import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { RulesIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { topicOf } from '../terms/difference.ts';
import { RuleList } from '../terms/RuleList.tsx';
import { differenceOf, type KnownVersions } from '../terms/topics.ts';
import { startOfEpoch, useTermWords, type TermContext } from '../terms/useTermWords.ts';
import { CheckYourself } from './CheckYourself.tsx';
import { NotPromised } from './NotPromised.tsx';
import { PastChanges, PastVersions } from './Past.tsx';
import { RulesQuery, type RulesView } from './queries.ts';
import './rules.css';

const LINES = [140, 380, 120, 200];

function Announced({
  program,
  known,
}: {
  readonly program: RulesView;
  readonly known: KnownVersions;
}): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const change = program.changes.edges
    .map(({ node }) => node)
    .find(({ state }) => state === 'PENDING');
  if (change === undefined) return null;
  const { number, noticeEndsAt } = change;
  const topic = topicOf(differenceOf(change, known) ?? []);
  const isOpen = Date.parse(noticeEndsAt) > Date.parse(program.clock.now);
  return (
    <section className="card notice" aria-labelledby="announced-title">
      <div className="card-head">
        <span className="tag waiting">{t('change.announced')}</span>
      </div>
      <h2 id="announced-title">{t(`changes.wish.${topic}`, { points })}</h2>
      <p>
        {isOpen
          ? t('rules.objectUntil', { moment: showMoment(noticeEndsAt, i18n.language), points })
          : t('rules.noticeOver', { moment: showMoment(noticeEndsAt, i18n.language) })}
      </p>
      <div className="actions">
        <Link className="button" href={`/rules/changes/${number}`}>
          {t('rules.look')}
        </Link>
      </div>
    </section>
  );
}

function InForce({
  program,
  context,
}: {
  readonly program: RulesView;
  readonly context: TermContext;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { period } = useTermWords();
  const { currentEpoch } = program.clock;
  const versions = program.ruleSets.edges.map(({ node }) => node);
  const version = versions.find(({ fromEpoch }) => fromEpoch <= currentEpoch) ?? versions[0];
  if (version === undefined) return <Empty picture={<RulesIcon />} words={t('rules.none')} />;
  const since = showDay(startOfEpoch(program.clock, version.fromEpoch), i18n.language);
  const next = versions.filter(({ fromEpoch }) => fromEpoch > currentEpoch).at(-1);
  const usesAmounts = version.rules.some(({ perMillionUnits }) => Number(perMillionUnits) > 0);
  return (
    <section className="card" aria-labelledby="in-force-title">
      <h2 id="in-force-title">{t('rules.whatEarns', { points })}</h2>
      <p className="rules-since">
        {t('rules.versionSince', { version: version.version, day: since })}
      </p>
      {next !== undefined && (
        <p className="bar waiting">
          {t('rules.next', {
            version: next.version,
            day: showDay(startOfEpoch(program.clock, next.fromEpoch), i18n.language),
          })}{' '}
          <Link href={`/rules/versions/${next.version}`}>{t('rules.look')}</Link>
        </p>
      )}
      <RuleList rules={version.rules} epoch={currentEpoch} context={context} />
      <p className="rules-foot">
        {t('rules.budget', {
          ...{ budget: showPoints(version.budgetPerEpoch), points, period: period(context) },
        })}
        {t('between')}
        {t('rules.budgetLater')}
      </p>
      {usesAmounts && <p className="rules-foot">{t('rules.amounts')}</p>}
    </section>
  );
}

function Print({ program }: { readonly program: RulesView }): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { currentEpoch } = program.clock;
  const versions = program.ruleSets.edges.map(({ node }) => node);
  const at = versions.findIndex(({ fromEpoch }) => fromEpoch <= currentEpoch);
  const version = versions[at];
  const hash = version?.documentHash ?? null;
  if (version === undefined || hash === null) {
    return (
      <section className="card">
        <h2>{t('rules.print')}</h2>
        <p>{t('rules.noPrint')}</p>
      </section>
    );
  }
  // The same text may have been in force for many versions.
  const older = versions.slice(at).findIndex(({ documentHash }) => documentHash !== hash);
  const first = older < 0 ? versions.at(-1) : versions[at + older - 1];
  const day = showDay(startOfEpoch(program.clock, first?.fromEpoch ?? 0), i18n.language);
  return (
    <section className="card" aria-labelledby="print-title">
      <h2 id="print-title">{t('rules.print')}</h2>
      <p>{t('rules.printWords', { day })}</p>
      <div className="actions">
        <Link className="button quiet" href={`/rules/print/${version.version}`}>
          {t('rules.readPrint')}
        </Link>
      </div>
    </section>
  );
}

/** What earns what, what was changed and what is being changed, and how to check it. */
export function RulesPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const rules = usePolled(RulesQuery);
  const isStale = rules.data?.viewer.program.ruleSets.stale === true;
  return (
    <Page title={t('rules.title')}>
      <Loaded polled={rules} lines={LINES} isStale={isStale}>
        {({ viewer: { program } }) => {
          const { clock, settings } = program;
          const context = { clock, moneySymbol: settings.settlementToken.symbol };
          const known = {
            ruleSets: program.ruleSets.edges.map(({ node }) => node),
            buybackTerms: program.buybackTerms.edges.map(({ node }) => node),
            currentEpoch: clock.currentEpoch,
          };
          return (
            <>
              <Announced program={program} known={known} />
              <InForce program={program} context={context} />
              <Print program={program} />
              <PastVersions versions={known.ruleSets} clock={clock} />
              <PastChanges changes={program.changes.edges.map(({ node }) => node)} known={known} />
              <NotPromised isBacked={settings.backed} />
              <CheckYourself program={program} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
