import { fromBase, POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';

const TEN = 10n;
const MILLION_DIGITS = 6;
/** Where a rule says nothing yet. */
const USUAL_DIGITS = 2;
/** A point at least is what a sentence speaks of. */
const LEAST = 100n;

/**
 * Zeros of the smallest round number of units that a sentence can say points for: 3 for 1,000.00 points a million units, which are
 * 1.00 for every 1,000.
 */
export function digitsFor(perMillionUnits: string): number {
  let points = toBase(perMillionUnits, POINT_DECIMALS);
  if (points === 0n) return USUAL_DIGITS;
  let digits = MILLION_DIGITS;
  while (digits > 0 && points % TEN === 0n && points / TEN >= LEAST) {
    points /= TEN;
    digits -= 1;
  }
  return digits;
}

/** The number of units as it is shown: "1,000". */
export const unitsOf = (digits: number): string =>
  `1${'0'.repeat(digits)}`.replace(/\B(?=(\d{3})+$)/g, ',');

const scale = (digits: number): bigint => TEN ** BigInt(MILLION_DIGITS - digits);

/** Points for so many units, of points for a million of them; exact for the digits of {@link digitsFor} and more. */
export const perUnitsOf = (perMillionUnits: string, digits: number): string =>
  fromBase(toBase(perMillionUnits, POINT_DECIMALS) / scale(digits), POINT_DECIMALS);

/** Points for a million units, of points for so many. */
export const perMillionOf = (perUnits: string, digits: number): string =>
  fromBase(toBase(perUnits, POINT_DECIMALS) * scale(digits), POINT_DECIMALS);
