import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { iconOfRule, useRuleWords } from '../points/ruleWords.ts';
import { saidFields, type RuleView } from './difference.ts';
import { useTermWords, type TermContext } from './useTermWords.ts';
import './terms.css';

/** Rules in words, each with its numbers. @param epoch those that ended before it are last, and say so */
export function RuleList({
  rules,
  epoch,
  context,
}: {
  readonly rules: readonly RuleView[];
  readonly epoch: number;
  readonly context: TermContext;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const { nameOf, textOf } = useRuleWords();
  const { say } = useTermWords();
  const isOver = ({ untilEpoch }: RuleView): boolean => untilEpoch !== null && untilEpoch <= epoch;
  const inOrder = [...rules].sort((a, b) => Number(isOver(a)) - Number(isOver(b)));
  return (
    <ul className="rows">
      {inOrder.map((rule) => {
        const said = saidFields(rule).filter(([field]) => field !== 'untilEpoch');
        const numbers = said.map(([field, value]) => say(field, value, context));
        return (
          <li key={rule.ruleId}>
            <div className="row rule-row">
              <span className="row-icon">
                <LookIcon icon={rule.look?.icon} otherwise={iconOfRule(rule)} />
              </span>
              <div>
                <p className="rule-name">
                  {nameOf(rule)}
                  {rule.untilEpoch !== null && (
                    <span className={`tag ${isOver(rule) ? '' : 'waiting'}`}>
                      {isOver(rule)
                        ? t('rules.over')
                        : say('untilEpoch', `${rule.untilEpoch}`, context)}
                    </span>
                  )}
                </p>
                <p className="rule-numbers">
                  {numbers.length === 0 ? t('rules.earnsNothing') : numbers.join(t('rules.comma'))}
                </p>
                <p className="row-note">{textOf(rule)}</p>
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
