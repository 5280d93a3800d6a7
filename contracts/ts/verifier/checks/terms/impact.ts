import type { RuleTerms } from '../../../formula.ts';
import type { Hex } from '../../../statement.ts';
import type { BuybackTerms, RuleSetTerms } from '../../../terms.ts';

/** Earning less, or for a shorter time. */
export const HURTS_MEMBERS = 1;
/** Points worth less, or harder to sell. */
export const HURTS_HOLDERS = 2;

/** What of a published rule set the next one is compared with. */
export interface ComparedRuleSet {
  readonly budgetPerEpoch: bigint;
  readonly documentHash: Hex;
  readonly rules: readonly RuleTerms[];
}

/** A better price or a lower minimum is a step of this factor at most; a larger one is given notice of. */
const LARGEST_STEP = 2n;
/** Any of these lower is worse for members. */
const RULE_FIELDS = ['perAction', 'perUnit', 'maxCount', 'maxPoints', 'untilEpoch'] as const;

/**
 * Whom a rule set would hurt, field by field; 0 is an improvement.
 *
 * @param fromEpoch First epoch of the next rule set: a rule that has lapsed by then promises nothing.
 */
export function ruleSetImpact(
  next: Omit<RuleSetTerms, 'notBefore'>,
  newest: ComparedRuleSet,
  fromEpoch: number,
): number {
  const nextById = new Map(next.rules.map((rule) => [rule.id, rule]));
  const isWorse = newest.rules.some((rule) => {
    if (rule.untilEpoch <= fromEpoch) return false;
    const kept = nextById.get(rule.id);
    return kept === undefined || RULE_FIELDS.some((field) => kept[field] < rule[field]);
  });
  let flags = 0;
  const isLess = next.budgetPerEpoch < newest.budgetPerEpoch;
  if (isWorse || isLess || next.documentHash !== newest.documentHash) flags |= HURTS_MEMBERS;
  if (next.budgetPerEpoch > newest.budgetPerEpoch) flags |= HURTS_HOLDERS;
  return flags;
}

/** Whether a rule set is the newest one again, from whichever epoch on: it is refused as no change. */
export function isSameRuleSet(
  next: Omit<RuleSetTerms, 'notBefore'>,
  newest: ComparedRuleSet,
): boolean {
  return (
    next.budgetPerEpoch === newest.budgetPerEpoch &&
    next.documentHash === newest.documentHash &&
    next.rules.length === newest.rules.length &&
    newest.rules.every((rule, i) => {
      const other = next.rules[i];
      return other?.id === rule.id && RULE_FIELDS.every((field) => other[field] === rule[field]);
    })
  );
}

/**
 * Whom buyback terms would hurt, field by field; 0 is an improvement. Where the budget was 0 nothing was bought, so the
 * terms may get better by any step.
 */
export function buybackImpact(next: BuybackTerms, newest: BuybackTerms): number {
  const isWorse =
    next.pricePerPoint < newest.pricePerPoint ||
    next.budgetPerRound < newest.budgetPerRound ||
    next.minTender > newest.minTender;
  const isLeap =
    newest.budgetPerRound !== 0n &&
    (next.pricePerPoint > LARGEST_STEP * newest.pricePerPoint ||
      LARGEST_STEP * next.minTender < newest.minTender);
  return isWorse || isLeap ? HURTS_HOLDERS : 0;
}

/** Whether buyback terms are the newest ones again: they are refused as no change. */
export function isSameBuyback(next: BuybackTerms, newest: BuybackTerms): boolean {
  return (
    next.pricePerPoint === newest.pricePerPoint &&
    next.budgetPerRound === newest.budgetPerRound &&
    next.minTender === newest.minTender
  );
}

/** An impact in words. */
export function shownImpact(flags: number): string {
  const names: Record<number, string> = {
    0: 'an improvement',
    [HURTS_MEMBERS]: 'hurts members',
    [HURTS_HOLDERS]: 'hurts holders',
    [HURTS_MEMBERS | HURTS_HOLDERS]: 'hurts members and holders',
  };
  return names[flags] ?? `flags ${flags}`;
}
