import { POINT_DECIMALS, toBase } from '../../../shared/format/amounts.ts';

const TYPED = /^\d{1,15}(?:[.,]\d{0,2})?$/;

/** Reads what was typed as base units of points; null for what is no amount. Both kinds of decimal mark are good. */
export function readAmount(text: string): bigint | null {
  const typed = text.trim().replace('\uff0e', '.');
  if (!TYPED.test(typed)) return null;
  return toBase(typed.replace(',', '.').replace(/\.$/, ''), POINT_DECIMALS);
}

/** Why an amount can not be offered or taken back. */
export type AmountProblem = 'notANumber' | 'nothing' | 'tooMuch' | 'tooLittle';

/**
 * Finds what is wrong with an amount.
 *
 * @param most base units that there are
 * @param stays base units that the member would offer afterwards: none, or at least `least`
 */
export function problemOf(
  amount: bigint | null,
  { most, least, stays }: { most: bigint; least: bigint; stays: (amount: bigint) => bigint },
): AmountProblem | null {
  if (amount === null) return 'notANumber';
  if (amount === 0n) return 'nothing';
  if (amount > most) return 'tooMuch';
  const after = stays(amount);
  return after > 0n && after < least ? 'tooLittle' : null;
}
