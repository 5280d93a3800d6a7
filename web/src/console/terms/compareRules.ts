import { toBase } from '../../shared/format/amounts.ts';
import type { DeskRule, DeskRuleSet } from './fields.ts';

/** Numbers of a rule, in the order in which they are said. */
export const NUMBER_FIELDS = [
  ...(['perAction', 'perMillionUnits', 'maxCount', 'maxPoints'] as const),
  'untilEpoch',
] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** What a difference is: for members who earn, or for all who hold points. */
export type LineEffect = 'better' | 'worse' | 'holders' | 'other';

/** What two rule sets are compared by. */
export type ComparedRuleSet = Pick<DeskRuleSet, 'budgetPerEpoch' | 'documentHash'> & {
  readonly rules: readonly DeskRule[];
};

/** One thing that two rule sets say differently. */
export interface TermsLine {
  /** The rule as it is after, or as it was when it is left out; null for what is of all rules. */
  readonly rule: DeskRule | null;
  readonly field: NumberField | 'budgetPerEpoch' | 'documentHash' | 'whole';
  /** Decimal strings; null for no limit, no end, nothing. */
  readonly before: string | null;
  readonly after: string | null;
  readonly effect: LineEffect;
}

/** The highest budget that there is stands for none. */
export const NO_BUDGET_LIMIT = '792281625142643375935439503.35';
/** Enough for every number of terms. */
const DECIMALS = 2;

/** A budget as people mean it: null for no limit. */
export const budgetOf = ({ budgetPerEpoch }: Pick<DeskRuleSet, 'budgetPerEpoch'>): string | null =>
  budgetPerEpoch === NO_BUDGET_LIMIT ? null : budgetPerEpoch;

const textOf = (value: string | number | null): string | null =>
  value === null ? null : `${value}`;

/** Compares two numbers where null is more than every number. @returns below 0 when the first is less */
export function orderOf(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const difference = toBase(a, DECIMALS) - toBase(b, DECIMALS);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

const isOver = ({ untilEpoch }: DeskRule, epoch: number): boolean =>
  untilEpoch !== null && untilEpoch <= epoch;

function linesOfRule(old: DeskRule, next: DeskRule, epoch: number): TermsLine[] {
  return NUMBER_FIELDS.flatMap((field) => {
    const [before, after] = [textOf(old[field]), textOf(next[field])];
    const order = orderOf(after, before);
    if (order === 0) return [];
    // A rule that is over by then promises nothing.
    const worse = isOver(old, epoch) ? 'other' : 'worse';
    return [{ rule: next, field, before, after, effect: order > 0 ? 'better' : worse }];
  });
}

/**
 * Says what differs between two rule sets, as the contract judges it: rule by rule, then the budget and the small print.
 *
 * @param epoch from which the later one can be in force
 */
export function compareRuleSets(
  before: ComparedRuleSet,
  after: ComparedRuleSet,
  epoch: number,
): readonly TermsLine[] {
  const ids = [...new Set([...before.rules, ...after.rules].map(({ ruleId }) => ruleId))];
  const lines = ids
    .sort((a, b) => a - b)
    .flatMap((id): TermsLine[] => {
      const old = before.rules.find(({ ruleId }) => ruleId === id);
      const next = after.rules.find(({ ruleId }) => ruleId === id);
      const whole = { field: 'whole', before: null, after: null } as const;
      if (old === undefined) {
        return next === undefined ? [] : [{ ...whole, rule: next, effect: 'better' }];
      }
      if (next === undefined) {
        return [{ ...whole, rule: old, effect: isOver(old, epoch) ? 'other' : 'worse' }];
      }
      return linesOfRule(old, next, epoch);
    });
  const [oldBudget, budget] = [budgetOf(before), budgetOf(after)];
  const order = orderOf(budget, oldBudget);
  if (order !== 0) {
    const effect = order > 0 ? 'holders' : 'worse';
    const field = 'budgetPerEpoch';
    lines.push({ rule: null, field, before: oldBudget, after: budget, effect });
  }
  if (before.documentHash !== after.documentHash) {
    const [old, next] = [before.documentHash, after.documentHash];
    const field = 'documentHash';
    lines.push({ rule: null, field, before: old, after: next, effect: 'worse' });
  }
  return lines;
}
