import { fromBase, toBase } from '../../../../shared/format/amounts.ts';
import { bareNumber } from '../../../../shared/format/typedNumbers.ts';

const DECIMAL = /^\d{1,24}(\.\d+)?$/;

/** Reads a typed amount: a decimal string with all decimals; null for what is none, or has more decimals than there are. */
export function readAmountTyped(text: string, decimals: number): string | null {
  const typed = bareNumber(text);
  const part = typed.split('.')[1] ?? '';
  if (!DECIMAL.test(typed) || part.length > decimals) return null;
  return fromBase(toBase(typed, decimals), decimals);
}

/** As people type it: without the zeros at its end, with two decimals at least where there are any. */
export function amountToType(money: string): string {
  const [whole = '', part = ''] = money.split('.');
  const rest = part.replace(/0+$/, '');
  return part === '' ? whole : `${whole}.${rest.padEnd(Math.min(2, part.length), '0')}`;
}

/** Whether a decimal string is nothing. */
export const isNothing = (amount: string): boolean => /^0*(\.0*)?$/.test(amount);
