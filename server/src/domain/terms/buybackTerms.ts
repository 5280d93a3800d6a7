/** Checks buyback terms against the bounds of the Buyback contract, each as it follows from the other fields. */
import { checkWithin, type Show } from '../bounds.ts';
import type { Refusal } from '../errors.ts';
import { MAX_MONEY, MAX_POINTS } from '../money.ts';

/** Terms of the buyback, in force from one round on. */
export interface BuybackTerms {
  /** Base units of the settlement token for one whole point. */
  readonly pricePerPoint: bigint;
  /** Base units of the settlement token for one round; 0: nothing is bought back. */
  readonly budgetPerRound: bigint;
  /** Minimum tender in base units of points. */
  readonly minTender: bigint;
}

/** Base units of points in a point. */
const UNITS_PER_POINT = 100n;
/** A tender is worth this many base units of the settlement token or more, so that rounding takes at most a hundredth. */
const MIN_TENDER_WORTH = 100n;

const dividedRoundedUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** Computes the lowest minimum tender at this price: a whole point, and worth 100 base units of the settlement token. */
export function lowestMinTender(pricePerPoint: bigint): bigint {
  const worthIt = dividedRoundedUp(MIN_TENDER_WORTH * UNITS_PER_POINT, pricePerPoint);
  return worthIt > UNITS_PER_POINT ? worthIt : UNITS_PER_POINT;
}

/** Computes the lowest budget except 0: it buys one minimum tender. */
export function lowestBudget(pricePerPoint: bigint, minTender: bigint): bigint {
  return dividedRoundedUp(minTender * pricePerPoint, UNITS_PER_POINT);
}

/**
 * Refuses terms that Buyback would always refuse.
 *
 * @param field Their path in the input.
 * @param backed Whether the program is backed, so that it always buys.
 */
export function checkBuybackTerms(
  field: string,
  { pricePerPoint, budgetPerRound, minTender }: BuybackTerms,
  show: { readonly money: Show; readonly points: Show },
  backed: boolean,
): Refusal[] {
  const price = checkWithin({
    field: `${field}.pricePerPoint`,
    value: pricePerPoint,
    lowest: 1n,
    highest: MAX_MONEY,
    show: show.money,
  });
  if (price.length > 0) return price;
  const least = checkWithin({
    field: `${field}.minTender`,
    value: minTender,
    lowest: lowestMinTender(pricePerPoint),
    highest: MAX_POINTS,
    show: show.points,
    why: 'a whole point or more, worth 100 base units of the settlement token or more',
  });
  if (least.length > 0 || (budgetPerRound === 0n && !backed)) return least;
  return checkWithin({
    field: `${field}.budgetPerRound`,
    value: budgetPerRound,
    lowest: lowestBudget(pricePerPoint, minTender),
    highest: MAX_MONEY,
    show: show.money,
    why: backed
      ? 'enough to buy minTender; a backed program always buys'
      : '0, or enough to buy minTender',
  });
}
