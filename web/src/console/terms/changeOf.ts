import { fromBase, toBase } from '../../shared/format/amounts.ts';

/** Money of most tokens has no more decimals than this. */
const MOST_DECIMALS = 18;

/** What a decimal string changes by, with its sign. */
export const changeOf = (before: string, after: string, decimals: number): string =>
  fromBase(toBase(after, decimals) - toBase(before, decimals), decimals);

/** What money changes by, without the zeros at its end. */
export function moneyChangeOf(before: string, after: string): string {
  const [whole = '', part = ''] = changeOf(before, after, MOST_DECIMALS).split('.');
  return `${whole}.${part.replace(/0+$/, '').padEnd(2, '0')}`;
}
