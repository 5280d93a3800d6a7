import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { RulesIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { differingRules } from '../terms/difference.ts';
import { DifferenceList } from '../terms/DifferenceList.tsx';
import { RuleList } from '../terms/RuleList.tsx';
import { startOfEpoch, useTermWords } from '../terms/useTermWords.ts';
import type { WholeVersion } from './queries.ts';
import { useVersion, type FoundVersion } from './useVersion.ts';
import './rules.css';

const LINES = [200, 320, 80];

function VersionDetails({ version }: { readonly version: WholeVersion }): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <Details>
      <Fact name={t('line.epoch')}>{version.fromEpoch}</Fact>
      {version.documentHash !== null && (
        <Fact name={t('rules.printHash')}>{version.documentHash}</Fact>
      )}
      <Fact name={t('line.transaction')}>{version.transactionHash}</Fact>
      <Fact name={t('line.block')}>{version.blockNumber}</Fact>
    </Details>
  );
}

function Version({
  found: { program, before },
  version,
}: {
  readonly found: FoundVersion;
  readonly version: WholeVersion;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { period } = useTermWords();
  const { clock, settings } = program;
  const context = { clock, moneySymbol: settings.settlementToken.symbol };
  const day = showDay(startOfEpoch(clock, version.fromEpoch), i18n.language);
  const groups = before === null ? [] : differingRules(before, version, version.fromEpoch);
  const titles = { before: t('changes.side.wasBefore'), after: t('changes.side.since') };
  return (
    <>
      <p className="page-note">
        {version.fromEpoch > clock.currentEpoch
          ? t('rules.from', { day })
          : t('rules.since', { day })}
      </p>
      <section className="card" aria-labelledby="then-title">
        <h2 id="then-title">{t('rules.different')}</h2>
        {before === null || groups.length === 0 ? (
          <p>{before === null ? t('rules.firstVersion') : t('rules.sameNumbers')}</p>
        ) : (
          <div className="rules-differences">
            <DifferenceList groups={groups} titles={titles} context={context} />
          </div>
        )}
      </section>
      <section className="card" aria-labelledby="all-title">
        <h2 id="all-title">{t('rules.allRules')}</h2>
        <RuleList rules={version.rules} epoch={version.fromEpoch} context={context} />
        <p className="rules-foot">
          {t('rules.budget', {
            ...{ budget: showPoints(version.budgetPerEpoch), points, period: period(context) },
          })}
        </p>
        {version.documentHash !== null && (
          <Link className="back-link" href={`/rules/print/${version.version}`}>
            {t('rules.readPrint')}
          </Link>
        )}
        <VersionDetails version={version} />
      </section>
    </>
  );
}

/** One version of the rules, for ever: its numbers, and what was different from the one before. */
export function VersionPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { version: number = '' } = useParams<{ version: string }>();
  const found = useVersion(Number(number));
  return (
    <Page title={t('rules.version', { version: number })} back="/rules">
      <Loaded polled={found} lines={LINES} onAgain={found.again}>
        {(data) =>
          data.version === null ? (
            <Empty picture={<RulesIcon />} words={t('rules.noVersion')} />
          ) : (
            <Version found={data} version={data.version} />
          )
        }
      </Loaded>
    </Page>
  );
}
