import {
  filledRoundedUp,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '@dewpoint/contracts/roundMath.ts';
import { POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import type { FullRound } from './queries.ts';

/** What a round would do if it closed now. Points and money are in base units. */
export interface Estimate {
  /** Everything that is offered. */
  readonly offered: bigint;
  /** The member's part of it. */
  readonly mine: bigint;
  /** Most points that the money there buys. */
  readonly most: bigint;
  /** Points of the member that are bought. */
  readonly bought: bigint;
  /** Money for them. */
  readonly paid: bigint;
  /** Points of the member that come back. */
  readonly returned: bigint;
  /** Points that are bought of every ten that are offered, rounded down. */
  readonly ofTen: bigint;
}

/** What decides the result of a round. */
export interface RoundNumbers {
  readonly offered: bigint;
  /** Money that is there for it. */
  readonly budget: bigint;
  readonly price: bigint;
  readonly least: bigint;
}

/** Reads what decides the result of a round; null while its terms are not known, and where it has no price. */
export function numbersOf(
  { tendered, terms, cover }: FullRound,
  moneyDecimals: number,
): RoundNumbers | null {
  if (terms === null) return null;
  const price = toBase(terms.pricePerPoint, moneyDecimals);
  if (price === 0n) return null;
  return {
    offered: toBase(tendered, POINT_DECIMALS),
    budget: toBase(cover?.available ?? '0', moneyDecimals),
    price,
    least: toBase(terms.minTender, POINT_DECIMALS),
  };
}

const TEN_POINTS = 1_000n;

/**
 * Works out a round as the contract would if it closed now.
 *
 * @param had base units of points that the member offers already: part of `offered`
 * @param change base units of points that the member adds, or takes back when it is below zero
 */
export function estimateOf(
  { offered: before, budget, price }: RoundNumbers,
  had: bigint,
  change: bigint,
): Estimate {
  const offered = before + change;
  const mine = had + change;
  const most = filledRoundedUp(budget, price);
  if (offered <= 0n || mine <= 0n) {
    return { offered, mine, most, bought: 0n, paid: 0n, returned: 0n, ofTen: 0n };
  }
  const payout = payoutRoundedDown(offered, budget, price);
  const filled = filledRoundedUp(payout, price);
  const returned = returnedRoundedDown(mine, offered, filled);
  return {
    ...{ offered, mine, most, returned },
    bought: mine - returned,
    paid: paidRoundedDown(mine, payout, offered),
    ofTen: (TEN_POINTS * filled) / offered,
  };
}
