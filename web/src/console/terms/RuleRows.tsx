import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { budgetOf } from './compareRules.ts';
import type { DeskClock, DeskRuleSet } from './fields.ts';
import { useTermsSaying } from './useTermsSaying.ts';
import './terms.css';

/** All rules of a version in words, and the budget that is over them. @param props.epoch rules that ended before it say so */
export function RuleRows({
  ruleSet,
  clock,
  epoch,
}: {
  readonly ruleSet: Pick<DeskRuleSet, 'rules' | 'budgetPerEpoch'>;
  readonly clock: DeskClock;
  readonly epoch: number;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { nameOf, textOf, say, sayRule } = useTermsSaying(clock);
  return (
    <ul>
      {ruleSet.rules.map((rule) => {
        const { ruleId, name, untilEpoch } = rule;
        const isOver = untilEpoch !== null && untilEpoch <= epoch;
        return (
          <li key={ruleId} className="said-rule">
            <div className="rule-head">
              <h3>{nameOf(rule)}</h3>
              <code>{name}</code>
              {isOver && <span className="tag">{t('terms.over')}</span>}
              {!isOver && untilEpoch !== null && (
                <span className="tag waiting">{say('untilEpoch', `${untilEpoch}`)}</span>
              )}
            </div>
            <p className="said-numbers">{sayRule(rule)}</p>
            <p className="said-text">{textOf(rule)}</p>
          </li>
        );
      })}
      <li className="said-rule">
        <div className="rule-head">
          <h3>{t('terms.budget')}</h3>
        </div>
        <p className="said-numbers">{say('budgetPerEpoch', budgetOf(ruleSet))}</p>
      </li>
    </ul>
  );
}
