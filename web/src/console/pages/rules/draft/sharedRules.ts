import { NO_BUDGET_LIMIT } from '../../../terms/compareRules.ts';
import type { DeskRule, DeskRuleSet } from '../../../terms/fields.ts';
import { readPoints, typedOf, type TypedRules } from './typedRules.ts';

/** Rules of a draft that people share, as they are typed. */
export interface SharedRules {
  readonly typed: TypedRules;
  /** Whether the form has all of it: it keeps the newest small print, and begins as soon as possible. */
  readonly isWhole: boolean;
}

type Raw = Readonly<Record<string, unknown>>;

/** A draft that can not be taken into the form. */
class Unfit extends Error {}

function pointsIn(value: unknown): string {
  const points = typeof value === 'string' ? readPoints(value) : null;
  if (points === null) throw new Unfit();
  return points;
}
function numberIn(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Unfit();
  return value as number;
}
function wordsIn(value: unknown): string {
  if (typeof value !== 'string') throw new Unfit();
  return value;
}
const orNull = <Value>(value: unknown, read: (value: unknown) => Value): Value | null =>
  value === undefined || value === null ? null : read(value);

type Words = Pick<DeskRule, 'name' | 'text'>;
const isSameWords = (a: Words, b: Words): boolean => a.name === b.name && a.text === b.text;

function ruleIn(raw: Raw, newest: DeskRuleSet): DeskRule {
  const rule = {
    ...{ ruleId: numberIn(raw['ruleId']), name: wordsIn(raw['name']), text: wordsIn(raw['text']) },
    perAction: pointsIn(raw['perAction'] ?? '0.00'),
    perMillionUnits: pointsIn(raw['perMillionUnits'] ?? '0.00'),
    maxCount: orNull(raw['maxCount'], numberIn),
    maxPoints: orNull(raw['maxPoints'], pointsIn),
    untilEpoch: orNull(raw['untilEpoch'], numberIn),
  };
  const known = newest.rules.find(({ ruleId }) => ruleId === rule.ruleId);
  // Another rule was published under this number since.
  if (known !== undefined && !isSameWords(known, rule)) throw new Unfit();
  return { ...rule, look: known?.look ?? null };
}

/** Writes rules as they are typed over the newest version: what that lacks is new, and what they leave out ends. */
function typedOver(
  { rules, budgetPerEpoch }: Pick<DeskRuleSet, 'rules' | 'budgetPerEpoch'>,
  newest: DeskRuleSet,
): TypedRules {
  const isIn = (ruleId: number): boolean => rules.some((rule) => rule.ruleId === ruleId);
  const isKnown = (ruleId: number): boolean => newest.rules.some((rule) => rule.ruleId === ruleId);
  const typed = typedOf({ rules, budgetPerEpoch });
  const left = typedOf(newest).rules.filter(({ ruleId }) => !isIn(ruleId));
  return {
    ...typed,
    rules: [
      ...typed.rules.map((rule) => ({ ...rule, isNew: !isKnown(rule.ruleId) })),
      ...left.map((rule) => ({ ...rule, isLeft: true })),
    ].sort((a, b) => a.ruleId - b.ruleId),
  };
}

function rulesIn(terms: string, newest: DeskRuleSet): SharedRules {
  const { ruleSet } = JSON.parse(terms) as { readonly ruleSet: Raw };
  const { documentHash, notBefore } = ruleSet;
  const rules = (ruleSet['rules'] as readonly Raw[]).map((raw) => ruleIn(raw, newest));
  const budgetPerEpoch = orNull(ruleSet['budgetPerEpoch'], pointsIn) ?? NO_BUDGET_LIMIT;
  return {
    typed: typedOver({ rules, budgetPerEpoch }, newest),
    isWhole: (documentHash ?? null) === newest.documentHash && (notBefore ?? 0) === 0,
  };
}

/**
 * Writes rules that were once proposed as they are typed over the newest version.
 *
 * @returns null when another rule was published under one of their numbers since
 */
export function typedOfProposed(
  proposed: Pick<DeskRuleSet, 'rules' | 'budgetPerEpoch'>,
  newest: DeskRuleSet,
): TypedRules | null {
  const isOther = proposed.rules.some(({ ruleId, name, text }) =>
    newest.rules.some((known) => known.ruleId === ruleId && !isSameWords(known, { name, text })),
  );
  return isOther ? null : typedOver(proposed, newest);
}

/**
 * Reads a draft of rules into what is typed. Rules that it leaves out end, as they would by announcing it.
 *
 * @param terms in JSON, in the shape of `ChangeTermsInput`
 * @returns null when it does not fit the newest version
 */
export function typedOfShared(terms: string, newest: DeskRuleSet): SharedRules | null {
  try {
    return rulesIn(terms, newest);
  } catch (error) {
    if (error instanceof Unfit || error instanceof SyntaxError || error instanceof TypeError)
      return null;
    throw error;
  }
}
