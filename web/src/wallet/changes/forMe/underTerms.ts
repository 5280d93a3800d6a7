import {
  linePointsRoundedDown,
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
  type RuleTerms,
} from '@dewpoint/contracts/formula.ts';
import {
  filledRoundedUp,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '@dewpoint/contracts/roundMath.ts';
import { fromBase, POINT_DECIMALS, toBase } from '../../../shared/format/amounts.ts';
import type { BuybackTermsView, RuleView } from '../../terms/difference.ts';

/** What a change would have meant, worked out from what a member did. All of it is arithmetic: nothing is asked of anybody. */

/** What a member did under one rule in one epoch. */
export interface PastLine {
  readonly epoch: number;
  readonly ruleId: number;
  readonly count: number;
  /** Whole number of units. */
  readonly amount: string;
}

/** Points by one rule under both sets, as decimal strings. */
export interface RuleForMe {
  readonly rule: RuleView;
  readonly before: string;
  readonly after: string;
  /** After less before; with a minus where it is less. */
  readonly more: string;
}

const show = (units: bigint): string => fromBase(units, POINT_DECIMALS);

const termsOf = (rule: RuleView): RuleTerms => ({
  id: rule.ruleId,
  perAction: toBase(rule.perAction, POINT_DECIMALS),
  perUnit: toBase(rule.perMillionUnits, POINT_DECIMALS),
  maxCount: rule.maxCount === null ? NO_COUNT_CAP : BigInt(rule.maxCount),
  maxPoints: rule.maxPoints === null ? NO_POINTS_CAP : toBase(rule.maxPoints, POINT_DECIMALS),
  untilEpoch: rule.untilEpoch ?? NO_END,
});

/** What was done under a rule in an epoch counts as one: the caps are of the epoch. */
function byEpochAndRule(lines: readonly PastLine[]): readonly PastLine[] {
  const sums = new Map<string, PastLine>();
  for (const line of lines) {
    const key = `${line.epoch} ${line.ruleId}`;
    const known = sums.get(key);
    const count = line.count + (known?.count ?? 0);
    const amount = `${BigInt(line.amount) + BigInt(known?.amount ?? 0)}`;
    sums.set(key, { ...line, count, amount });
  }
  return [...sums.values()];
}

/**
 * Compares what the same actions earn under two rule sets.
 *
 * @param epoch for which both are asked: the first that the new set can be in force for. A rule that has ended then earns
 *   nothing in either.
 * @returns rules with a difference, and the whole difference
 */
export function rulesForMe(
  lines: readonly PastLine[],
  before: readonly RuleView[],
  after: readonly RuleView[],
  epoch: number,
): { readonly rules: readonly RuleForMe[]; readonly more: string } {
  const done = byEpochAndRule(lines);
  const earnedUnder = (rule: RuleView | undefined): bigint => {
    if (rule === undefined) return 0n;
    const terms = termsOf(rule);
    return done
      .filter(({ ruleId }) => ruleId === rule.ruleId)
      .reduce((sum, { ruleId, count, amount }) => {
        const line = { ruleId, count: BigInt(count), amount: BigInt(amount) };
        return sum + linePointsRoundedDown(terms, line, epoch);
      }, 0n);
  };
  const all = [
    ...after,
    ...before.filter(({ ruleId }) => !after.some((other) => other.ruleId === ruleId)),
  ];
  let whole = 0n;
  const rules = all.flatMap((rule): readonly RuleForMe[] => {
    const old = earnedUnder(before.find(({ ruleId }) => ruleId === rule.ruleId));
    const other = earnedUnder(after.find(({ ruleId }) => ruleId === rule.ruleId));
    whole += other - old;
    if (other === old) return [];
    return [{ rule, before: show(old), after: show(other), more: show(other - old) }];
  });
  return { rules, more: show(whole) };
}

/** What a round gives for an offer. Decimal strings. */
export interface RoundOutcome {
  readonly paid: string;
  /** Points that are given for it. */
  readonly given: string;
  /** Whether the offer is below the minimum, so that the round does not take it. */
  readonly isTooSmall: boolean;
}

/** One offer in a round that is over, or in an example. */
export interface PastOffer {
  /** Points that the member offered, and that all offered together. */
  readonly amount: string;
  readonly tendered: string;
  /** Money that was there; null where the whole budget of the terms was, or is taken to be. */
  readonly money: string | null;
}

/** Works out what an offer gets on terms. @param decimals of the money */
export function outcomeOf(
  { amount, tendered, money }: PastOffer,
  terms: BuybackTermsView,
  decimals: number,
): RoundOutcome {
  const mine = toBase(amount, POINT_DECIMALS);
  const all = toBase(tendered, POINT_DECIMALS);
  const price = toBase(terms.pricePerPoint, decimals);
  const wanted = toBase(terms.budgetPerRound, decimals);
  const there = money === null ? wanted : toBase(money, decimals);
  const isTooSmall = mine < toBase(terms.minTender, POINT_DECIMALS);
  if (isTooSmall || price === 0n || all === 0n) {
    return { paid: fromBase(0n, decimals), given: show(0n), isTooSmall };
  }
  const payout = payoutRoundedDown(all, wanted < there ? wanted : there, price);
  const returned = returnedRoundedDown(mine, all, filledRoundedUp(payout, price));
  const paid = fromBase(paidRoundedDown(mine, payout, all), decimals);
  return { paid, given: show(mine - returned), isTooSmall };
}
