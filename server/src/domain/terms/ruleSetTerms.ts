/** Checks rule sets against the bounds of the Points contract, and names more closely than the contract does. */
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { checkBytes, checkName, checkWithin, type Show } from '../bounds.ts';
import type { Refusal } from '../errors.ts';
import { isSameName, nameForm } from '../names.ts';
import type { Program, Rule } from '../program.ts';

/** A rule set to announce, or to open a program with. */
export interface RuleSetTerms {
  /** Earliest epoch from which it is in force; 0 for as soon as possible. */
  readonly notBefore: number;
  /** Base units that can be minted during one epoch. */
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the small print; `NO_DOCUMENT` for none. */
  readonly documentHash: Hex;
  readonly rules: readonly Rule[];
}

/** Bounds of Points and its types. */
export const MAX_RULES = 32;
export const MAX_RULE_ID = 255;
export const MAX_RULE_NAME_BYTES = 64;
export const MAX_RULE_TEXT_BYTES = 512;
export const MAX_RULE_FACTOR = 2n ** 64n - 1n;
export const MAX_BUDGET_PER_EPOCH = 2n ** 96n - 1n;
/** A version can be in force at the latest this long after it is applied. */
const MAX_LEAD_MS = 90 * 86_400_000;

/** Names and texts of rule ids that are fixed for ever. */
export type KnownRules = Pick<Program, 'ruleSets'>;

const NO_RULES: KnownRules = { ruleSets: [] };

function knownRules({ ruleSets }: KnownRules): Map<number, Rule> {
  const byId = new Map<number, Rule>();
  for (const { rules } of ruleSets) for (const rule of rules) byId.set(rule.id, rule);
  return byId;
}

function checkNumbers(at: string, rule: Rule, showPoints: Show): Refusal[] {
  const within = (field: string, value: bigint | number, highest: bigint | number): Refusal[] =>
    checkWithin({ field: `${at}.${field}`, value, lowest: 0, highest });
  const points = (field: string, value: bigint, highest: bigint): Refusal[] =>
    checkWithin({ field: `${at}.${field}`, value, lowest: 0, highest, show: showPoints });
  return [
    ...within('ruleId', rule.id, MAX_RULE_ID),
    ...points('perAction', rule.perAction, MAX_RULE_FACTOR),
    ...points('perMillionUnits', rule.perUnit, MAX_RULE_FACTOR),
    ...within('maxCount', rule.maxCount, NO_COUNT_CAP),
    ...points('maxPoints', rule.maxPoints, NO_POINTS_CAP),
    ...within('untilEpoch', rule.untilEpoch, NO_END),
  ];
}

/** A published name stays as it is, even one that other software published and that could not be chosen here. */
function checkRuleName(field: string, { name }: Rule, published: Rule | undefined): Refusal[] {
  const check = published?.name === name ? checkBytes : checkName;
  return check(field, name, 1, MAX_RULE_NAME_BYTES);
}

/** An id keeps its name and text for ever, and a name its id: apps report by name, members read an id's words once. */
function checkWords(at: string, rule: Rule, known: ReadonlyMap<number, Rule>): Refusal[] {
  const before = known.get(rule.id);
  if (before !== undefined && (before.name !== rule.name || before.text !== rule.text)) {
    const field = before.name === rule.name ? 'text' : 'name';
    return [
      {
        code: 'RULE_WORDS_FIXED',
        field: `${at}.${field}`,
        message: `${at}.${field} must be "${before[field]}", which never changes for rule ${rule.id}; another rule needs another ruleId.`,
      },
    ];
  }
  for (const { id, name } of known.values()) {
    if (id === rule.id || !isSameName(name, rule.name)) continue;
    return [
      {
        code: 'RULE_NAME_TAKEN',
        field: `${at}.name`,
        message: `${at}.name is "${name}", the name of rule ${id}; every rule needs a name of its own.`,
      },
    ];
  }
  return [];
}

function checkOrder(field: string, rules: readonly Rule[]): Refusal[] {
  const refusals: Refusal[] = [];
  const firstByName = new Map<string, number>();
  for (const [index, { id, name }] of rules.entries()) {
    const previous = rules[index - 1];
    if (previous !== undefined && id <= previous.id) {
      refusals.push({
        code: 'OUT_OF_RANGE',
        field: `${field}[${index}].ruleId`,
        message: `${field}[${index}].ruleId is ${id}, after ${previous.id}; rule ids must ascend.`,
      });
    }
    const first = firstByName.get(nameForm(name));
    if (first === undefined) firstByName.set(nameForm(name), index);
    else {
      refusals.push({
        code: 'RULE_NAME_TAKEN',
        field: `${field}[${index}].name`,
        message: `${field}[${index}].name is "${name}", the name of ${field}[${first}]; two rules need two names.`,
      });
    }
  }
  return refusals;
}

/**
 * Refuses terms that Points would refuse, and two rules under one name.
 *
 * @param field Path of the rule set in the input.
 * @param known The program with all its versions; left out for one that does not exist yet.
 */
export function checkRuleSetTerms(
  field: string,
  terms: RuleSetTerms,
  showPoints: Show,
  known: KnownRules = NO_RULES,
): Refusal[] {
  const { rules, budgetPerEpoch } = terms;
  const refusals = checkWithin({
    field: `${field}.budgetPerEpoch`,
    value: budgetPerEpoch,
    lowest: 0,
    highest: MAX_BUDGET_PER_EPOCH,
    show: showPoints,
  });
  if (rules.length === 0 || rules.length > MAX_RULES) {
    refusals.push({
      code: 'OUT_OF_RANGE',
      field: `${field}.rules`,
      message: `${field}.rules has ${rules.length} rules; it must have from 1 to ${MAX_RULES}.`,
    });
    return refusals;
  }
  const knownById = knownRules(known);
  for (const [index, rule] of rules.entries()) {
    const at = `${field}.rules[${index}]`;
    refusals.push(
      ...checkNumbers(at, rule, showPoints),
      ...checkRuleName(`${at}.name`, rule, knownById.get(rule.id)),
      ...checkBytes(`${at}.text`, rule.text, 0, MAX_RULE_TEXT_BYTES),
      ...checkWords(at, rule, knownById),
    );
  }
  return [...refusals, ...checkOrder(`${field}.rules`, rules)];
}

/** Refuses a start that is further ahead than a version allows. */
export function checkNotBefore(
  field: string,
  notBefore: number,
  epoch: number,
  epochLengthMs: number,
): Refusal[] {
  const highest = Math.max(0, epoch) + Math.floor(MAX_LEAD_MS / epochLengthMs);
  const why = 'at most 90 days ahead';
  return checkWithin({ field, value: notBefore, lowest: 0, highest, why });
}
