import type { RuleTerms } from '../../../formula.ts';
import type { BuybackTerms, RuleSetTerms } from '../../../terms.ts';

/** Earning less, or for a shorter time. */
export const HURTS_MEMBERS = 1;
/** Points worth less, or harder to sell. */
export const HURTS_HOLDERS = 2;

/** What of a published rule set the next one is compared with. */
export interface ComparedRuleSet {
  readonly budgetPerEpoch: bigint;
  readonly rules: readonly RuleTerms[];
}

/** Any of these lower is worse for members. */
const RULE_FIELDS = ['perAction', 'perUnit', 'maxCount', 'maxPoints', 'untilEpoch'] as const;

/**
 * Whom a rule set would hurt, field by field; 0 is an improvement.
 *
 * @param fromEpoch First epoch of the next rule set: a rule that has lapsed by then promises nothing.
 */
export function ruleSetImpact(
  next: Pick<RuleSetTerms, 'budgetPerEpoch' | 'rules'>,
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
  if (isWorse || next.budgetPerEpoch < newest.budgetPerEpoch) flags |= HURTS_MEMBERS;
  if (next.budgetPerEpoch > newest.budgetPerEpoch) flags |= HURTS_HOLDERS;
  return flags;
}

/** Whom buyback terms would hurt, field by field; 0 is an improvement. */
export function buybackImpact(next: BuybackTerms, newest: BuybackTerms): number {
  const isWorse =
    next.pricePerPoint < newest.pricePerPoint ||
    next.budgetPerRound < newest.budgetPerRound ||
    next.minTender > newest.minTender;
  return isWorse ? HURTS_HOLDERS : 0;
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
