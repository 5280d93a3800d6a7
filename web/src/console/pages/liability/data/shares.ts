import { toBase } from '../../../../shared/format/amounts.ts';

/** Enough for every amount. */
const DECIMALS = 18;
const THOUSAND = 1_000n;

/** What an amount is of a whole, in thousandths, rounded down; at most the whole. */
export function thousandthsOf(part: string, whole: string): number {
  const [some, all] = [toBase(part, DECIMALS), toBase(whole, DECIMALS)];
  if (all <= 0n) return 0;
  const share = (some * THOUSAND) / all;
  return Number(share > THOUSAND ? THOUSAND : share);
}

/** How much of what points are worth there is free money for, in whole percent, rounded down; null while they are worth nothing. */
export function ratioOf(free: string, worth: string): string | null {
  const [money, owed] = [toBase(free, DECIMALS), toBase(worth, DECIMALS)];
  return owed === 0n ? null : `${(money * 100n) / owed}`;
}
