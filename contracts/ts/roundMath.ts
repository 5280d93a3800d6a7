/**
 * What a buyback round buys, pays and gives back, the only such arithmetic in TypeScript. Imports nothing and does no
 * I/O; the library `RoundMath` computes the same, and a differential fuzz test holds the two together. Everything rounds
 * down, so that all shares together never exceed what there is to share.
 */

/** Base units of points in a whole point, which is what prices are of. */
export const WHOLE_POINT = 100n;

/**
 * Base units of points that a budget buys, of those tendered.
 *
 * @param budget Base units of the settlement token.
 * @param pricePerPoint Base units of the settlement token for a whole point, above 0.
 */
export function filledRoundedDown(tendered: bigint, budget: bigint, pricePerPoint: bigint): bigint {
  const affordable = (budget * WHOLE_POINT) / pricePerPoint;
  return affordable < tendered ? affordable : tendered;
}

/** Base units of the settlement token for all points bought. */
export function payoutRoundedDown(filled: bigint, pricePerPoint: bigint): bigint {
  return (filled * pricePerPoint) / WHOLE_POINT;
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
