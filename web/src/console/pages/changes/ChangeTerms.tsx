import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import { compareRuleSets } from '../../terms/compareRules.ts';
import { epochOf } from '../../terms/epochs.ts';
import { RuleRows } from '../../terms/RuleRows.tsx';
import { TermsLines } from '../../terms/TermsLines.tsx';
import type { ChangeOfProgram, DeskChange } from './data/queries.ts';

/** What a change would make different, and nothing else. */
export function ChangeTerms({
  program,
  change,
}: {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}): JSX.Element {
  const { t } = useTranslation('changes');
  return (
    <section className="panel" aria-labelledby="terms">
      <div className="panel-head">
        <h2 id="terms">{t('terms.title')}</h2>
        <span className="tag">{t('terms.from', { version: change.comparedVersion })}</span>
      </div>
      {change.target === 'RULES' ? (
        <Rules {...{ program, change }} />
      ) : (
        <Buyback {...{ program, change }} />
      )}
    </section>
  );
}

interface Parts {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}

function Rules({ program, change }: Parts): JSX.Element {
  const { t } = useTranslation('changes');
  const { clock } = program;
  const { proposedRules: next, comparedVersion, announcedAt } = change;
  if (next === null) return <p className="panel-row quiet-row">{t('terms.unreadable')}</p>;
  const before = program.ruleSets.edges
    .map(({ node }) => node)
    .find(({ version }) => version === comparedVersion);
  if (before === undefined) {
    return <RuleRows ruleSet={next} clock={clock} epoch={clock.currentEpoch} />;
  }
  const lines = compareRuleSets(before, next, epochOf(clock, announcedAt) + 1);
  const titles = { before: t('terms.before'), after: t('terms.after') };
  return <TermsLines {...{ lines, clock, titles }} />;
}

const MONEY_FIELDS = ['pricePerPoint', 'budgetPerRound', 'minTender'] as const;

function Buyback({ program, change }: Parts): JSX.Element {
  const { t } = useTranslation('changes');
  const { symbol } = program.settings.settlementToken;
  const next = change.proposedBuyback;
  if (next === null) return <p className="panel-row quiet-row">{t('terms.unreadable')}</p>;
  const before = program.buybackTerms.edges
    .map(({ node }) => node)
    .find(({ version }) => version === change.comparedVersion);
  const show = (field: (typeof MONEY_FIELDS)[number], value: string | undefined): string => {
    if (value === undefined) return t('terms.unknown');
    return field === 'minTender' ? showPoints(value) : `${showMoney(value)} ${symbol}`;
  };
  return (
    <div className="lines-scroll" role="region" aria-label={t('terms.table')} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{t('terms.what')}</th>
            <th scope="col">{t('terms.before')}</th>
            <th scope="col">{t('terms.after')}</th>
          </tr>
        </thead>
        <tbody>
          {MONEY_FIELDS.filter((field) => before?.[field] !== next[field]).map((field) => (
            <tr key={field}>
              <th scope="row">{t(`terms.${field}`)}</th>
              <td>{show(field, before?.[field])}</td>
              <td>{show(field, next[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
