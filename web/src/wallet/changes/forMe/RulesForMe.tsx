import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints, toBase, POINT_DECIMALS } from '../../../shared/format/amounts.ts';
import { Amount } from '../../../shared/ui/Values.tsx';
import { usePointName } from '../../shell/useProgram.ts';
import { useRuleWords } from '../../points/ruleWords.ts';
import type { RuleView, TermsGroup } from '../../terms/difference.ts';
import { Reading } from './Reading.tsx';
import { rulesForMe, type PastLine, type RuleForMe } from './underTerms.ts';
import type { ChangeView } from '../data/queries.ts';
import { PAST_EPOCHS, usePastLines } from './usePastLines.ts';

/** Enough of an amount to earn something by any rule that there is. */
const EXAMPLE_AMOUNT = '10000';
/** Heights of what is shown, for the place that is kept for it. */
const HEAD_AND_SUM_PX = 72;
const ROW_PX = 65;

const lookOf = (more: string): string => {
  if (toBase(more, POINT_DECIMALS) === 0n) return '';
  return more.startsWith('-') ? 'worse' : 'better';
};

function Rows({ rules }: { readonly rules: readonly RuleForMe[] }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  return (
    <dl className="for-me">
      {rules.map(({ rule, before, after, more }) => (
        <div key={rule.ruleId}>
          <dt>
            {nameOf(rule)}
            <small>
              {t('changes.forMe.fromTo', { before: showPoints(before), after: showPoints(after) })}
            </small>
          </dt>
          <dd className={lookOf(more)}>
            <Amount value={more} sign />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One action of each rule that differs, as often as one of the two caps counts it. */
const exampleOf = (groups: readonly TermsGroup[], before: readonly RuleView[]): PastLine[] =>
  groups.flatMap(({ rule }): readonly PastLine[] => {
    if (rule === null) return [];
    const old = before.find(({ ruleId }) => ruleId === rule.ruleId);
    const count = Math.max(1, rule.maxCount ?? 1, old?.maxCount ?? 1);
    return [{ epoch: 0, ruleId: rule.ruleId, count, amount: EXAMPLE_AMOUNT }];
  });

/** What the same actions would earn under other rules: the member's own of the last weeks, or an example. */
export function RulesForMe({
  viewer,
  before,
  after,
  notBefore,
  groups,
}: {
  readonly viewer: ChangeView;
  readonly before: readonly RuleView[];
  readonly after: readonly RuleView[];
  /** First epoch that the new rules can be in force for; 0 for as soon as possible. */
  readonly notBefore: number;
  readonly groups: readonly TermsGroup[];
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { currentEpoch } = viewer.program.clock;
  const past = usePastLines(Math.max(0, currentEpoch - PAST_EPOCHS + 1));
  const epoch = Math.max(notBefore, currentEpoch + 1);
  const lines = past.data;
  if (lines === null) {
    const rows = groups.filter(({ about }) => about === 'rule').length;
    return <Reading height={HEAD_AND_SUM_PX + rows * ROW_PX} asked={past} />;
  }
  if (lines.length === 0) {
    const { rules } = rulesForMe(exampleOf(groups, before), before, after, epoch);
    return (
      <>
        <p>{t('changes.forMe.noPast')}</p>
        {rules.length > 0 && (
          <>
            <p>{t('changes.forMe.exampleDay')}</p>
            <Rows rules={rules} />
          </>
        )}
      </>
    );
  }
  const { rules, more } = rulesForMe(lines, before, after, epoch);
  if (rules.length === 0) return <p>{t('changes.forMe.nothing', { epochs: PAST_EPOCHS })}</p>;
  const bare = showPoints(more.replace('-', ''));
  const sum = lookOf(more) === '' ? 'same' : lookOf(more);
  return (
    <>
      <p>{t('changes.forMe.past', { epochs: PAST_EPOCHS })}</p>
      <Rows rules={rules} />
      <p className={`for-me-sum ${lookOf(more)}`}>
        {t(`changes.forMe.sum.${sum}`, { amount: bare, points })}
      </p>
    </>
  );
}
