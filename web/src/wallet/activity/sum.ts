import { AMOUNT_SCALE } from '@dewpoint/contracts/formula.ts';
import { fromBase, POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import type { RuleNumbers } from './queries.ts';

/** How the points of one line come about, step by step. All points are decimal strings. */
export interface Sum {
  /** Actions that count. */
  readonly counted: string;
  /** Whether there were more than the rule counts. */
  readonly isCountCapped: boolean;
  /** Points for the actions; null where the rule gives none for them. */
  readonly forActions: string | null;
  /** Points for the amount, rounded down; null where the rule gives none for it. */
  readonly forAmount: string | null;
  /** Both together. */
  readonly before: string;
  /** Whether the rule gives at most so many points, and this is more. */
  readonly isPointsCapped: boolean;
  readonly points: string;
}

const show = (units: bigint): string => fromBase(units, POINT_DECIMALS);

/**
 * Works out what a line earns, as the contract does: min(most, min(count, mostCount) * perAction + amount * perMillion / 1,000,000),
 * rounded down once.
 */
export function sumOf(
  { perAction, perMillionUnits, maxCount, maxPoints }: RuleNumbers,
  count: number,
  amount: string,
): Sum {
  const each = toBase(perAction, POINT_DECIMALS);
  const perMillion = toBase(perMillionUnits, POINT_DECIMALS);
  const isCountCapped = maxCount !== null && count > maxCount;
  const counted = BigInt(isCountCapped ? maxCount : count);
  const forActions = counted * each;
  const forAmount = (BigInt(amount) * perMillion) / AMOUNT_SCALE;
  const before = forActions + forAmount;
  const most = maxPoints === null ? null : toBase(maxPoints, POINT_DECIMALS);
  const isPointsCapped = most !== null && before > most;
  return {
    counted: counted.toString(),
    isCountCapped,
    forActions: each === 0n ? null : show(forActions),
    forAmount: perMillion === 0n ? null : show(forAmount),
    before: show(before),
    isPointsCapped,
    points: show(isPointsCapped ? most : before),
  };
}
