import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showDay } from '../../../../shared/format/dates.ts';
import { Details, Fact } from '../../../../shared/ui/Details.tsx';
import { Skeleton } from '../../../../shared/ui/States.tsx';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { compareRuleSets } from '../../../terms/compareRules.ts';
import { epochBegins } from '../../../terms/epochs.ts';
import type { DeskClock, DeskRuleSet } from '../../../terms/fields.ts';
import { RuleRows } from '../../../terms/RuleRows.tsx';
import { TermsLines } from '../../../terms/TermsLines.tsx';
import { useVersions } from './useVersions.ts';
import './versions.css';

const LINES = [180, 420] as const;

/** One version of the rules, with what is different from the one before. */
export function VersionDesk({ version }: { readonly version: number }): JSX.Element {
  const { t } = useTranslation('rules');
  const versions = useVersions();
  const { rows, hasMore, isLoadingMore, moreError, showMore } = versions;
  const found = rows.find((each) => each.version === version);
  const before = rows.find((each) => each.version === version - 1) ?? null;
  // Newest first: an old version, and the one before it, may be some pages away.
  const isSought = found === undefined || (version > 0 && before === null);
  const goesOn = isSought && hasMore && !isLoadingMore && moreError === null;
  useEffect(() => {
    if (goesOn) showMore();
  });
  return (
    <>
      <DeskHead
        title={t('version', { version })}
        crumbs={[{ words: t('title'), href: '/rules' }]}
      />
      <Asked
        of={versions.first}
        lines={LINES}
        isStale={({ program }) => program?.ruleSets.stale === true}
      >
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          if (found !== undefined && !(isSought && hasMore)) {
            const next = rows.find((each) => each.version === version + 1) ?? null;
            return <Version ruleSet={found} {...{ before, next }} clock={program.clock} />;
          }
          return hasMore ? <Skeleton lines={LINES} /> : <p>{t('one.missing')}</p>;
        }}
      </Asked>
    </>
  );
}

function Version({
  ruleSet,
  before,
  next,
  clock,
}: {
  readonly ruleSet: DeskRuleSet;
  readonly before: DeskRuleSet | null;
  readonly next: DeskRuleSet | null;
  readonly clock: DeskClock;
}): JSX.Element {
  const { t, i18n } = useTranslation('rules');
  const { version, fromEpoch, blockNumber, transactionHash, documentHash } = ruleSet;
  const day = showDay(epochBegins(clock, fromEpoch), i18n.language);
  const lines = before === null ? [] : compareRuleSets(before, ruleSet, fromEpoch);
  return (
    <>
      <section className="panel" aria-labelledby="differs">
        <div className="panel-head">
          <h2 id="differs">
            {before === null ? t('one.whole') : t('one.differences', { version: before.version })}
          </h2>
          <span className="tag">{t('list.from', { day })}</span>
        </div>
        {before === null && <p className="panel-row quiet-row">{t('one.first')}</p>}
        {before !== null && lines.length === 0 && (
          <p className="panel-row quiet-row">{t('one.same')}</p>
        )}
        {before !== null && lines.length > 0 && (
          <TermsLines
            {...{ lines, clock }}
            titles={{
              before: t('one.before', { version: before.version }),
              after: t('one.before', { version }),
            }}
          />
        )}
      </section>
      <section className="panel" aria-label={t('one.whole')}>
        {before !== null && (
          <div className="panel-head">
            <h2>{t('one.whole')}</h2>
          </div>
        )}
        <RuleRows ruleSet={ruleSet} clock={clock} epoch={clock.currentEpoch} />
        <div className="part">
          <Details>
            <Fact name={t('one.inBlock')}>{blockNumber}</Fact>
            <Fact name={t('one.hash')}>{transactionHash}</Fact>
            {documentHash !== null && <Fact name={t('one.print')}>{documentHash}</Fact>}
          </Details>
        </div>
      </section>
      <p className="versions-around">
        {before !== null && <Link href={`/rules/${before.version}`}>{t('one.previous')}</Link>}
        {next !== null && <Link href={`/rules/${next.version}`}>{t('one.next')}</Link>}
      </p>
    </>
  );
}
