/** Checks numbers of callers against the contracts' types. */
import { checkWithin } from './bounds.ts';
import { UserError, type Refusal } from './errors.ts';
import { MAX_MONEY, MAX_POINTS, formatMoney, moneyUnits } from './money.ts';
import type { SettlementToken } from './program.ts';

const MAX_UINT32 = 2 ** 32 - 1;
const POINT_DECIMALS = 2;

export const showPoints = (units: bigint): string =>
  formatMoney({ units, decimals: POINT_DECIMALS });

/** Refuses an amount of points below `lowest` or above what a contract takes. */
export function checkPoints(field: string, value: bigint, lowest = 1n): Refusal[] {
  return checkWithin({ field, value, lowest, highest: MAX_POINTS, show: showPoints });
}

/** Refuses a number that the contracts' 32 bits can't hold, such as that of a round or an item. */
export function checkUint32(
  field: string,
  value: number,
  lowest = 0,
  highest = MAX_UINT32,
): Refusal[] {
  return checkWithin({ field, value, lowest, highest });
}

/**
 * Converts an amount of the settlement token to base units.
 *
 * @throws UserError when it has more decimals than the token, or is not between `lowest` and what a contract takes
 */
export function readMoney(
  field: string,
  text: string,
  token: Pick<SettlementToken, 'decimals' | 'symbol'>,
  lowest = 0n,
): bigint {
  const { decimals, symbol } = token;
  const units = moneyUnits(text, decimals);
  if (units === null) {
    const message = `${field} is ${text}; it must be an amount of ${symbol} with at most ${decimals} decimals.`;
    throw new UserError([{ code: 'MALFORMED', field, message }]);
  }
  const show = (amount: bigint): string => formatMoney({ units: amount, decimals });
  const refusals = checkWithin({ field, value: units, lowest, highest: MAX_MONEY, show });
  if (refusals.length > 0) throw new UserError(refusals);
  return units;
}
