import { formatUnits, parseUnits } from 'ethers';
import { UsageError } from './usageError.ts';

/** Decimals of points, in every program. */
export const POINTS_DECIMALS = 2;

const PLAIN_DECIMAL = /^\d{1,30}(\.\d{1,30})?$/;

/**
 * Reads an amount as people write it: `12.5` points are 1,250 base units.
 *
 * @throws UsageError naming the option when it is no such amount.
 */
export function pointsIn(option: string, text: string): bigint {
  if (!PLAIN_DECIMAL.test(text)) {
    throw new UsageError(`${option} is ${JSON.stringify(text)}, expected points such as 12.50.`);
  }
  try {
    const amount = parseUnits(text, POINTS_DECIMALS);
    if (amount > 0n) return amount;
  } catch {
    throw new UsageError(`${option} is ${text}, but points have ${POINTS_DECIMALS} decimals.`);
  }
  throw new UsageError(`${option} is 0, expected more than nothing.`);
}

/** Writes base units as people read them, with all decimals of points. */
export function pointsText(amount: bigint): string {
  return amountText(amount, POINTS_DECIMALS);
}

/** Writes base units of a token, with at least two of its decimals where it has so many. */
export function amountText(amount: bigint, decimals: number): string {
  const [whole = '0', fraction = ''] = formatUnits(amount, decimals).split('.');
  const shown = decimals === 0 ? '' : `.${fraction.padEnd(Math.min(2, decimals), '0')}`;
  return `${whole}${shown}`;
}
