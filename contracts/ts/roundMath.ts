/**
 * What a buyback round buys, pays and gives back, the only such arithmetic in TypeScript. Imports nothing and does no
 * I/O; the library `RoundMath` computes the same, and a differential fuzz test holds the two together. Money comes
 * first, and the points bought follow from it. All shares round down, so that together they never exceed what there is to
 * share.
 */

/** Base units of points in a whole point, which is what prices are of. */
export const WHOLE_POINT = 100n;

/**
 * Base units of the settlement token for all points bought: the price of what was tendered, or the whole budget if that
 * is less. It never falls when the price or the budget rises.
 *
 * @param tendered Base units of points.
 * @param budget Base units of the settlement token.
 * @param pricePerPoint Base units of the settlement token for a whole point, above 0.
 */
export function payoutRoundedDown(tendered: bigint, budget: bigint, pricePerPoint: bigint): bigint {
  const price = (tendered * pricePerPoint) / WHOLE_POINT;
  return price < budget ? price : budget;
}

/**
 * Base units of points that a payout buys; rounded up, since what is paid for is bought whole. Never more than what was
 * tendered for that payout.
 *
 * @param pricePerPoint Base units of the settlement token for a whole point, above 0.
 */
export function filledRoundedUp(payout: bigint, pricePerPoint: bigint): bigint {
  return (payout * WHOLE_POINT + pricePerPoint - 1n) / pricePerPoint;
}

/**
 * A holder's part of the payout.
 *
 * @param amount Base units of points that the holder tendered, of `tendered` in all, which is above 0.
 */
export function paidRoundedDown(amount: bigint, payout: bigint, tendered: bigint): bigint {
  return (amount * payout) / tendered;
}

/**
 * A holder's part of the points that were not bought.
 *
 * @param amount Base units of points that the holder tendered, of `tendered` in all, which is above 0.
 */
export function returnedRoundedDown(amount: bigint, tendered: bigint, filled: bigint): bigint {
  return (amount * (tendered - filled)) / tendered;
}
