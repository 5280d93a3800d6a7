/** Amounts of a settlement token: base units inside, decimal strings where people read and write them. */

/** An amount with what is needed to show it. */
export interface Money {
  /** Base units of the token. */
  readonly units: bigint;
  /** Number of decimals of the token. */
  readonly decimals: number;
}

/** The highest number of base units of money that a contract takes. */
export const MAX_MONEY = 2n ** 128n - 1n;
/** The highest number of base units of points that a contract takes. */
export const MAX_POINTS = 2n ** 96n - 1n;

/** Whole part of up to 39 digits (2^128 has 39) and decimals, as callers write an amount. */
export const MONEY_TEXT = /^\d{1,39}(?:\.\d{1,77})?$/;

/** Formats base units as a decimal string with all decimals of the token: 1250000n of 6 decimals is "1.250000". */
export function formatMoney({ units, decimals }: Money): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Reads the base units of a decimal string; null when it has more decimals than the token or is not an amount. */
export function moneyUnits(text: string, decimals: number): bigint | null {
  if (!MONEY_TEXT.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) return null;
  return BigInt(whole + significant.padEnd(decimals, '0'));
}
