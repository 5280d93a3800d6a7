import { toBase } from '../../shared/format/amounts.ts';
import type { NamedRule } from '../points/fields.ts';

/** Numbers of one rule, as the API has them: null for no cap and no end. */
export interface RuleView extends NamedRule {
  readonly perAction: string;
  readonly perMillionUnits: string;
  readonly maxCount: number | null;
  readonly maxPoints: string | null;
  readonly untilEpoch: number | null;
}

/** What a rule set promises. */
export interface RuleSetView {
  readonly budgetPerEpoch: string;
  readonly documentHash: string | null;
  readonly rules: readonly RuleView[];
}

/** What the buyback promises: money as decimal strings of whole tokens. */
export interface BuybackTermsView {
  readonly pricePerPoint: string;
  readonly budgetPerRound: string;
  readonly minTender: string;
}

/** Fields of terms, in the order in which they are shown. */
export const RULE_FIELDS = [
  'perAction',
  'perMillionUnits',
  'maxCount',
  'maxPoints',
  'untilEpoch',
] as const;
export const BUYBACK_FIELDS = ['pricePerPoint', 'budgetPerRound', 'minTender'] as const;
export type TermField =
  | (typeof RULE_FIELDS)[number]
  | (typeof BUYBACK_FIELDS)[number]
  | 'budgetPerEpoch'
  | 'documentHash';

/** What a difference is for those who earn and hold points. */
export type TermEffect = 'better' | 'worse' | 'other';

/** One number that differs. */
export interface DifferingField {
  readonly field: TermField;
  /** Decimal string; null for no cap, no end, no small print. */
  readonly before: string | null;
  readonly after: string | null;
  readonly effect: TermEffect;
}

/** All that differs of one thing. */
export interface TermsGroup {
  readonly about: 'rule' | 'budget' | 'smallPrint' | 'buyback';
  /** The rule as it would be, or as it was when it is left out; null for what is no rule. */
  readonly rule: RuleView | null;
  /** Whether the whole rule comes or goes: then the other side has nothing. */
  readonly whole: 'new' | 'ended' | null;
  readonly fields: readonly DifferingField[];
  readonly effect: TermEffect;
}

/** Enough for every number of terms. */
const DECIMALS = 36;

const textOf = (value: string | number | null): string | null =>
  value === null ? null : `${value}`;

/** Compares two numbers where null is more than every number. @returns below 0 when the first is less */
export function compareLimits(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const difference = toBase(a, DECIMALS) - toBase(b, DECIMALS);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The worst of several: one loss is not made good by a gain elsewhere. */
const together = (fields: readonly DifferingField[]): TermEffect => {
  if (fields.some(({ effect }) => effect === 'worse')) return 'worse';
  return fields.every(({ effect }) => effect === 'better') ? 'better' : 'other';
};

/** More of these is less for those who hold points. */
const LESS_IS_BETTER: readonly TermField[] = ['minTender'];

function differing(
  field: TermField,
  before: string | null,
  after: string | null,
): DifferingField | null {
  const order = compareLimits(after, before);
  if (order === 0) return null;
  const isBetter = order > 0 !== LESS_IS_BETTER.includes(field);
  return { field, before, after, effect: isBetter ? 'better' : 'worse' };
}

const group = (
  about: TermsGroup['about'],
  fields: readonly (DifferingField | null)[],
  rule: RuleView | null = null,
): readonly TermsGroup[] => {
  const found = fields.filter((field) => field !== null);
  if (found.length === 0) return [];
  return [{ about, rule, whole: null, fields: found, effect: together(found) }];
};

const wholeRule = (rule: RuleView, whole: 'new' | 'ended'): TermsGroup => {
  const effect = whole === 'new' ? 'better' : 'worse';
  const fields = RULE_FIELDS.map((field): DifferingField => {
    const value = textOf(rule[field]);
    const [before, after] = whole === 'new' ? [null, value] : [value, null];
    return { field, before, after, effect };
  });
  return { about: 'rule', rule, whole, fields, effect };
};

/** Numbers of a rule that a member would read: what is nothing, or without limit, says nothing. */
export const saidFields = (rule: RuleView): readonly (readonly [TermField, string])[] =>
  RULE_FIELDS.flatMap((field): readonly (readonly [TermField, string])[] => {
    const value = textOf(rule[field]);
    if (value === null) return [];
    const isEarning = field === 'perAction' || field === 'perMillionUnits';
    return isEarning && toBase(value, DECIMALS) === 0n ? [] : [[field, value]];
  });

/**
 * Says what differs between two rule sets, thing by thing.
 *
 * @param epoch rules that ended before it and are left out are no difference
 */
export function differingRules(
  before: RuleSetView,
  after: RuleSetView,
  epoch: number,
): readonly TermsGroup[] {
  const groups: TermsGroup[] = [];
  for (const rule of after.rules) {
    const old = before.rules.find(({ ruleId }) => ruleId === rule.ruleId);
    if (old === undefined) groups.push(wholeRule(rule, 'new'));
    else {
      const fields = RULE_FIELDS.map((field) =>
        differing(field, textOf(old[field]), textOf(rule[field])),
      );
      groups.push(...group('rule', fields, rule));
    }
  }
  for (const rule of before.rules) {
    const isOver = rule.untilEpoch !== null && rule.untilEpoch <= epoch;
    const isLeft = after.rules.some(({ ruleId }) => ruleId === rule.ruleId);
    if (!isLeft && !isOver) groups.push(wholeRule(rule, 'ended'));
  }
  // More points a day make each one worth less; fewer of them, and members may wait for theirs.
  const budget = differing('budgetPerEpoch', before.budgetPerEpoch, after.budgetPerEpoch);
  groups.push(...group('budget', [budget === null ? null : { ...budget, effect: 'worse' }]));
  if (before.documentHash !== after.documentHash) {
    const [old, other] = [before.documentHash, after.documentHash];
    const text = { field: 'documentHash', before: old, after: other, effect: 'other' } as const;
    groups.push(...group('smallPrint', [text]));
  }
  return groups;
}

/** Says what differs between two versions of the buyback. */
export function differingBuyback(
  before: BuybackTermsView,
  after: BuybackTermsView,
): readonly TermsGroup[] {
  return group(
    'buyback',
    BUYBACK_FIELDS.map((field) => differing(field, before[field], after[field])),
  );
}

/** What a change is about, in one word of the catalogue. */
export type Topic =
  | 'priceLess'
  | 'priceMore'
  | 'budgetLess'
  | 'budgetMore'
  | 'leastMore'
  | 'leastLess'
  | 'earnLess'
  | 'earnLessAndMoreDrops'
  | 'moreDrops'
  | 'fewerDrops'
  | 'earnMore'
  | 'smallPrint'
  | 'other';

const topicOfBuyback = (fields: readonly DifferingField[]): Topic => {
  // What is worse is said first.
  const field = fields.find(({ effect }) => effect === 'worse') ?? fields[0];
  const isWorse = field?.effect === 'worse';
  if (field?.field === 'pricePerPoint') return isWorse ? 'priceLess' : 'priceMore';
  if (field?.field === 'budgetPerRound') return isWorse ? 'budgetLess' : 'budgetMore';
  if (field?.field === 'minTender') return isWorse ? 'leastMore' : 'leastLess';
  return 'other';
};

/** Reads what a change is about out of what differs, the worst first. */
export function topicOf(groups: readonly TermsGroup[]): Topic {
  const buyback = groups.find(({ about }) => about === 'buyback');
  if (buyback !== undefined) return topicOfBuyback(buyback.fields);
  const rules = groups.filter(({ about }) => about === 'rule');
  const budget = groups.find(({ about }) => about === 'budget')?.fields[0];
  const isRaised = budget !== undefined && compareLimits(budget.after, budget.before) > 0;
  const isWorse = rules.some(({ effect }) => effect === 'worse');
  if (isWorse) return isRaised ? 'earnLessAndMoreDrops' : 'earnLess';
  if (budget !== undefined) return isRaised ? 'moreDrops' : 'fewerDrops';
  if (groups.some(({ about }) => about === 'smallPrint')) return 'smallPrint';
  return rules.length > 0 ? 'earnMore' : 'other';
}
