import { fromBase, POINT_DECIMALS, showPoints, toBase } from '../../../../shared/format/amounts.ts';
import { bareNumber } from '../../../../shared/format/typedNumbers.ts';
import { budgetOf, type NumberField, type TermsLine } from '../../../terms/compareRules.ts';
import type { DeskRule, DeskRuleSet } from '../../../terms/fields.ts';
import { digitsFor, perMillionOf, perUnitsOf } from '../../../terms/unitsOf.ts';

/** A rule as it is typed: texts, of which an empty one is no limit. */
export interface TypedRule {
  readonly ruleId: number;
  readonly name: string;
  readonly text: string;
  readonly perAction: string;
  /** Points for a round number of units: `digits` is how many zeros that has. */
  readonly perMillionUnits: string;
  readonly digits: number;
  readonly maxCount: string;
  readonly maxPoints: string;
  /** Number of the first epoch without it. */
  readonly untilEpoch: string;
  /** Whether it ends, as the new version leaves it out. */
  readonly isLeft: boolean;
  readonly isNew: boolean;
}

/** Rules as they are typed. */
export interface TypedRules {
  readonly rules: readonly TypedRule[];
  readonly budget: string;
}

/** What is wrong with what was typed, by field of a rule: a word of the catalogue. */
export type TypedErrors = Readonly<Record<string, 'points' | 'count' | 'name' | 'text' | 'day'>>;

/** Names a field of a rule, or the budget, among the errors. */
export const errorKey = (ruleId: number | null, field: string): string =>
  ruleId === null ? field : `${ruleId} ${field}`;

const POINTS = /^\d{1,24}(\.\d{1,2})?$/;
const COUNT = /^\d{1,9}$/;
const MAX_NAME = 64;
const MAX_TEXT = 512;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Reads typed points: a decimal string with two decimals; null for what is none. */
export function readPoints(text: string): string | null {
  const typed = bareNumber(text);
  return POINTS.test(typed) ? fromBase(toBase(typed, POINT_DECIMALS), POINT_DECIMALS) : null;
}

const typedRule = (rule: DeskRule): TypedRule => {
  const { ruleId, name, text, perAction, perMillionUnits, maxCount, maxPoints, untilEpoch } = rule;
  const digits = digitsFor(perMillionUnits);
  return {
    ...{ ruleId, name, text, digits, isLeft: false, isNew: false },
    perAction: showPoints(perAction),
    perMillionUnits: showPoints(perUnitsOf(perMillionUnits, digits)),
    maxCount: maxCount === null ? '' : `${maxCount}`,
    maxPoints: maxPoints === null ? '' : showPoints(maxPoints),
    untilEpoch: untilEpoch === null ? '' : `${untilEpoch}`,
  };
};

/** Writes a version as it is typed. */
export function typedOf(ruleSet: Pick<DeskRuleSet, 'rules' | 'budgetPerEpoch'>): TypedRules {
  const budget = budgetOf(ruleSet);
  return {
    rules: ruleSet.rules.map(typedRule),
    budget: budget === null ? '' : showPoints(budget),
  };
}

/** A rule that is begun, with an id that was never used. */
export const newTypedRule = (ruleId: number): TypedRule => ({
  ...{ ruleId, name: '', text: '', perAction: '1.00', perMillionUnits: '0.00', digits: 2 },
  ...{ maxCount: '1', maxPoints: '', untilEpoch: '', isLeft: false, isNew: true },
});

/** Brings what was typed over to a newer version: rules that came since are in it, and no rule is taken for a new one twice. */
export function rebased(typed: TypedRules, newest: DeskRuleSet): TypedRules {
  const { rules } = typedOf(newest);
  const kept = typed.rules.map((rule) => {
    const known = rules.find(({ ruleId }) => ruleId === rule.ruleId);
    return known === undefined
      ? rule
      : { ...rule, name: known.name, text: known.text, isNew: false };
  });
  const came = rules.filter(({ ruleId }) => !kept.some((rule) => rule.ruleId === ruleId));
  return { ...typed, rules: [...kept, ...came].sort((a, b) => a.ruleId - b.ruleId) };
}

/** What typed rules mean. */
export interface ReadRules {
  readonly rules: readonly DeskRule[];
  /** Null for no limit. */
  readonly budget: string | null;
  readonly errors: TypedErrors;
}

/** Reads what was typed. What can not be read stays as it was, and is among the errors. */
export function readTyped(typed: TypedRules, known: readonly DeskRule[]): ReadRules {
  const errors: Record<string, TypedErrors[string]> = {};
  const points = (key: string, text: string, empty: string | null): string | null => {
    if (text.trim() === '') return empty;
    const value = readPoints(text);
    if (value === null) errors[key] = 'points';
    return value ?? empty;
  };
  const rules = typed.rules.flatMap((rule): DeskRule[] => {
    const { ruleId, name, text, digits, maxCount, untilEpoch } = rule;
    if (rule.isLeft) return [];
    const key = (field: string): string => errorKey(ruleId, field);
    if (rule.isNew) {
      if (name.trim() === '' || bytesOf(name.trim()) > MAX_NAME) errors[key('name')] = 'name';
      if (text.trim() === '' || bytesOf(text.trim()) > MAX_TEXT) errors[key('text')] = 'text';
    }
    const count = bareNumber(maxCount);
    if (count !== '' && !COUNT.test(count)) errors[key('maxCount')] = 'count';
    if (untilEpoch !== '' && Number(untilEpoch) < 1) errors[key('untilEpoch')] = 'day';
    const perUnits = points(key('perMillionUnits'), rule.perMillionUnits, '0.00') ?? '0.00';
    const old = known.find((each) => each.ruleId === ruleId);
    return [
      {
        ...{ ruleId, look: old?.look ?? null },
        ...{ name: name.trim(), text: rule.isNew ? text.trim() : text },
        perAction: points(key('perAction'), rule.perAction, '0.00') ?? '0.00',
        perMillionUnits: perMillionOf(perUnits, digits),
        maxCount: COUNT.test(count) ? Number(count) : null,
        maxPoints: points(key('maxPoints'), rule.maxPoints, null),
        untilEpoch: untilEpoch === '' ? null : Number(untilEpoch),
      },
    ];
  });
  return { rules, budget: points('budget', typed.budget, null), errors };
}

/** Puts one number of a rule back to what it was. */
const putBack = (rule: TypedRule, old: TypedRule, field: NumberField): TypedRule => ({
  ...rule,
  [field]: old[field],
  ...(field === 'perMillionUnits' && { digits: old.digits }),
});

/** Takes out of typed rules what hurts: what is left is announced apart, without notice. @param lines all that is different */
export function betterPart(
  typed: TypedRules,
  base: TypedRules,
  lines: readonly TermsLine[],
): TypedRules {
  const hurts = lines.filter(({ effect }) => effect !== 'better');
  const rules = typed.rules.map((rule) => {
    const old = base.rules.find(({ ruleId }) => ruleId === rule.ruleId);
    if (old === undefined) return rule;
    return hurts.reduce(
      (kept, { rule: about, field }) =>
        about?.ruleId !== rule.ruleId || field === 'budgetPerEpoch' || field === 'documentHash'
          ? kept
          : field === 'whole'
            ? { ...kept, isLeft: false }
            : putBack(kept, old, field),
      rule,
    );
  });
  const isBudget = hurts.some(({ field }) => field === 'budgetPerEpoch');
  return { rules, budget: isBudget ? base.budget : typed.budget };
}

/** As the API takes a rule set. @param documentHash of the newest version: the small print stays */
export function ruleSetInput(
  { rules, budget }: Pick<ReadRules, 'rules' | 'budget'>,
  documentHash: `0x${string}` | null,
): {
  readonly budgetPerEpoch?: string;
  readonly documentHash?: `0x${string}`;
  readonly rules: SentRule[];
} {
  return {
    ...(budget !== null && { budgetPerEpoch: budget }),
    ...(documentHash !== null && { documentHash }),
    rules: rules.map(({ look: _look, maxCount, maxPoints, untilEpoch, ...rule }) => ({
      ...rule,
      ...(maxCount !== null && { maxCount }),
      ...(maxPoints !== null && { maxPoints }),
      ...(untilEpoch !== null && { untilEpoch }),
    })),
  };
}

type SentRule = Pick<DeskRule, 'ruleId' | 'name' | 'text' | 'perAction' | 'perMillionUnits'> & {
  readonly maxCount?: number;
  readonly maxPoints?: string;
  readonly untilEpoch?: number;
};
export type RuleSetSent = ReturnType<typeof ruleSetInput>;
