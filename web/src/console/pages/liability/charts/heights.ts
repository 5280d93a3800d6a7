import { fromBase, toBase } from '../../../../shared/format/amounts.ts';

/** One kind of amounts, a day each. */
export interface ChartSeries {
  readonly name: string;
  /** Its class. */
  readonly look: string;
  /** Decimal strings. */
  readonly amounts: readonly string[];
}

/** Steps of a scale: the top is the first of these, times a power of ten, that is not below the highest amount. */
const STEPS = [1n, 2n, 4n, 5n, 10n] as const;
const FINE = 10_000n;

/** The top of a scale over an amount: a round number. @param most in base units */
export function topOver(most: bigint): bigint {
  if (most <= 0n) return 1n;
  const power = 10n ** BigInt(`${most}`.length - 1);
  return power * (STEPS.find((step) => power * step >= most) ?? 10n);
}

/**
 * How high amounts are drawn, on one scale.
 *
 * @param decimals of the amounts
 * @param high of the top of the scale
 * @returns the top as a decimal string, and heights by series and day
 */
export function heightsOf(
  series: readonly ChartSeries[],
  decimals: number,
  high: number,
): { readonly top: string; readonly heights: readonly (readonly number[])[] } {
  const units = series.map(({ amounts }) => amounts.map((amount) => toBase(amount, decimals)));
  const most = units.flat().reduce((highest, each) => (each > highest ? each : highest), 0n);
  // Where there is nothing at all, the top is a whole one.
  const top = most === 0n ? 10n ** BigInt(decimals) : topOver(most);
  const heights = units.map((amounts) =>
    amounts.map((amount) => (Number((amount * FINE) / top) * high) / Number(FINE)),
  );
  return { top: fromBase(top, decimals), heights };
}
