/** Compares terms with those that they would follow, field by field, as the contracts do, in words for the operator. */
import {
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
  type RuleTerms,
} from '@dewpoint/contracts/formula.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { showPoints } from '../amounts.ts';
import type { Show } from '../bounds.ts';
import type { BuybackTermsVersion, Rule, RuleSet } from '../program.ts';
import type { BuybackTerms } from './buybackTerms.ts';
import { NO_DOCUMENT } from './document.ts';
import { MAX_BUDGET_PER_EPOCH, type RuleSetTerms } from './ruleSetTerms.ts';

/**
 * What is different.
 *
 * - `RULE_ADDED`: a rule that the newest terms do not have
 * - `RULE_LEFT_OUT`: a rule of the newest terms that the new ones do not name, so that it ends
 * - `BUDGET_LEFT_OUT`: the new terms name no budget, which means that there is no limit
 * - `RAISED`, `LOWERED`: a number; no cap, no end and no limit are the highest
 * - `DOCUMENT_REPLACED`: the small print is another one, or there is none, or there was none
 */
export const DIFFERENCE_KINDS = [
  'RULE_ADDED',
  'RULE_LEFT_OUT',
  'BUDGET_LEFT_OUT',
  'RAISED',
  'LOWERED',
  'DOCUMENT_REPLACED',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One difference between terms and those that they would follow. */
export interface TermsDifference {
  readonly kind: DifferenceKind;
  /** Id and name of the rule; null for the budget, the small print and buyback terms. */
  readonly ruleId: number | null;
  readonly rule: string | null;
  /** Field of the input; null for a whole rule. */
  readonly field: string | null;
  /** As callers write it; null for no cap, no end, no limit, no small print and for a whole rule. */
  readonly before: string | null;
  readonly after: string | null;
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  readonly message: string;
}

/** A number of the terms, with what it is called in the input and when it means that there is none. */
interface ComparedField<Terms> {
  readonly field: string;
  read(terms: Terms): bigint;
  readonly show: Show;
  readonly none?: { readonly value: bigint; readonly name: string };
}

const RULE_FIELDS: readonly ComparedField<RuleTerms>[] = [
  { field: 'perAction', read: ({ perAction }) => perAction, show: showPoints },
  { field: 'perMillionUnits', read: ({ perUnit }) => perUnit, show: showPoints },
  {
    field: 'maxCount',
    read: ({ maxCount }) => maxCount,
    show: String,
    none: { value: NO_COUNT_CAP, name: 'no cap' },
  },
  {
    field: 'maxPoints',
    read: ({ maxPoints }) => maxPoints,
    show: showPoints,
    none: { value: NO_POINTS_CAP, name: 'no cap' },
  },
  {
    field: 'untilEpoch',
    read: ({ untilEpoch }) => BigInt(untilEpoch),
    show: String,
    none: { value: BigInt(NO_END), name: 'no end' },
  },
];

type Numbers = Pick<TermsDifference, 'field' | 'before' | 'after'> & {
  readonly kind: 'RAISED' | 'LOWERED';
  /** Such as `from 5.00 to 6.00`. */
  readonly words: string;
};

/** Compares one number; null when it stays. */
function numbersOf<Terms>(compared: ComparedField<Terms>, old: Terms, next: Terms): Numbers | null {
  const { field, read, show, none } = compared;
  const [from, to] = [read(old), read(next)];
  if (from === to) return null;
  const shown = (value: bigint): string | null => (value === none?.value ? null : show(value));
  const before = shown(from);
  const after = shown(to);
  const words = `from ${before ?? none?.name ?? ''} to ${after ?? none?.name ?? ''}`;
  return { field, before, after, kind: to > from ? 'RAISED' : 'LOWERED', words };
}

const verb = (kind: 'RAISED' | 'LOWERED'): string => (kind === 'RAISED' ? 'raised' : 'lowered');

function wholeRule(
  kind: 'RULE_ADDED' | 'RULE_LEFT_OUT',
  { id, name }: Rule,
  hurtsMembers: boolean,
): TermsDifference {
  const named = `Rule ${id} "${name}"`;
  const ends = hurtsMembers ? 'it would end' : 'it has lapsed by then';
  return {
    kind,
    ruleId: id,
    rule: name,
    field: null,
    before: null,
    after: null,
    hurtsMembers,
    hurtsHolders: false,
    message: kind === 'RULE_ADDED' ? `${named} is new.` : `${named} is left out: ${ends}.`,
  };
}

/** @param fromEpoch A rule that has lapsed by then promises nothing, so nothing about it can hurt. */
function ruleDifferences(old: Rule, next: Rule, fromEpoch: number): TermsDifference[] {
  return RULE_FIELDS.flatMap((compared) => {
    const numbers = numbersOf(compared, old, next);
    if (numbers === null) return [];
    const { words, ...difference } = numbers;
    return {
      ...difference,
      ruleId: old.id,
      rule: old.name,
      hurtsMembers: numbers.kind === 'LOWERED' && old.untilEpoch > fromEpoch,
      hurtsHolders: false,
      message: `${compared.field} of rule ${old.id} "${old.name}" is ${verb(numbers.kind)} ${words}.`,
    };
  });
}

const BUDGET: ComparedField<Pick<RuleSet, 'budgetPerEpoch'>> = {
  field: 'budgetPerEpoch',
  read: ({ budgetPerEpoch }) => budgetPerEpoch,
  show: showPoints,
  none: { value: MAX_BUDGET_PER_EPOCH, name: 'no limit' },
};

function budgetDifference(old: RuleSet, next: RuleSetTerms, isLeftOut: boolean): TermsDifference[] {
  const numbers = numbersOf(BUDGET, old, next);
  if (numbers === null) return [];
  const { words, ...difference } = numbers;
  const isRaised = numbers.kind === 'RAISED';
  const common = {
    ...difference,
    ruleId: null,
    rule: null,
    hurtsMembers: !isRaised,
    hurtsHolders: isRaised,
  };
  if (isLeftOut) {
    const message = `budgetPerEpoch is left out, which means no limit: raised ${words}.`;
    return [{ ...common, kind: 'BUDGET_LEFT_OUT', message }];
  }
  return [{ ...common, message: `budgetPerEpoch is ${verb(numbers.kind)} ${words}.` }];
}

function documentDifference(old: RuleSet, next: RuleSetTerms): TermsDifference[] {
  if (old.documentHash === next.documentHash) return [];
  const shown = (hash: Hex): Hex | null => (hash === NO_DOCUMENT ? null : hash);
  const before = shown(old.documentHash);
  const after = shown(next.documentHash);
  return [
    {
      kind: 'DOCUMENT_REPLACED',
      ruleId: null,
      rule: null,
      field: 'documentHash',
      before,
      after,
      hurtsMembers: true,
      hurtsHolders: false,
      message: `The small print is replaced: ${before ?? 'none'} by ${after ?? 'none'}.`,
    },
  ];
}

/**
 * Compares a rule set with the newest published one: the budget, the small print, then the rules by their ids.
 *
 * @param args.fromEpoch First epoch in which it could be in force.
 * @param args.budgetLeftOut Whether the caller named no budget.
 */
export function ruleSetDifferences(
  newest: RuleSet,
  next: RuleSetTerms,
  args: { readonly fromEpoch: number; readonly budgetLeftOut: boolean },
): TermsDifference[] {
  const { fromEpoch, budgetLeftOut } = args;
  const olds = new Map(newest.rules.map((rule) => [rule.id, rule]));
  const nexts = new Map(next.rules.map((rule) => [rule.id, rule]));
  const ids = [...new Set([...olds.keys(), ...nexts.keys()])].sort((a, b) => a - b);
  const ofRules = ids.flatMap((id) => {
    const [old, now] = [olds.get(id), nexts.get(id)];
    if (old === undefined) return now === undefined ? [] : [wholeRule('RULE_ADDED', now, false)];
    if (now === undefined) return [wholeRule('RULE_LEFT_OUT', old, old.untilEpoch > fromEpoch)];
    return ruleDifferences(old, now, fromEpoch);
  });
  return [
    ...budgetDifference(newest, next, budgetLeftOut),
    ...documentDifference(newest, next),
    ...ofRules,
  ];
}

/** Fields that are better by a step which is too large for an improvement, where anything was bought back before. */
function leapsOf(newest: BuybackTerms, next: BuybackTerms): string[] {
  if (newest.budgetPerRound === 0n) return [];
  return [
    ...(next.pricePerPoint > 2n * newest.pricePerPoint ? ['pricePerPoint'] : []),
    ...(2n * next.minTender < newest.minTender ? ['minTender'] : []),
  ];
}

/** Compares buyback terms with the newest published ones. @param showMoney Formats base units of the settlement token. */
export function buybackDifferences(
  newest: BuybackTermsVersion,
  next: BuybackTerms,
  showMoney: Show,
): TermsDifference[] {
  const fields: readonly ComparedField<BuybackTerms>[] = [
    { field: 'pricePerPoint', read: ({ pricePerPoint }) => pricePerPoint, show: showMoney },
    { field: 'budgetPerRound', read: ({ budgetPerRound }) => budgetPerRound, show: showMoney },
    { field: 'minTender', read: ({ minTender }) => minTender, show: showPoints },
  ];
  const leaps = leapsOf(newest, next);
  return fields.flatMap((compared) => {
    const numbers = numbersOf(compared, newest, next);
    if (numbers === null) return [];
    const { words, ...difference } = numbers;
    const worse = compared.field === 'minTender' ? 'RAISED' : 'LOWERED';
    const isLeap = leaps.includes(compared.field);
    const leap = isLeap ? ', a step so large that it takes notice' : '';
    return {
      ...difference,
      ruleId: null,
      rule: null,
      hurtsMembers: false,
      hurtsHolders: isLeap || numbers.kind === worse,
      message: `${compared.field} is ${verb(numbers.kind)} ${words}${leap}.`,
    };
  });
}
