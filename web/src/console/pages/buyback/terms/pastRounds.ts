import { filledRoundedUp, payoutRoundedDown } from '@dewpoint/contracts/roundMath.ts';
import { fromBase, POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import type { TermsChange } from '../data/queries.ts';
import type { TypedTerms } from './typedTerms.ts';

type PastRound = TermsChange['past']['edges'][number]['node'];

/** What a round paid and bought. Decimal strings. */
export interface Bought {
  readonly paid: string;
  readonly points: string;
}

/** A settled round, as it was and as it would have been. */
export interface RecomputedRound {
  readonly number: number;
  readonly tendered: string;
  readonly before: Bought;
  readonly after: Bought;
}

/** Works out what a round buys. @param money that there is for it, in base units */
function boughtWith(
  tendered: string,
  { pricePerPoint }: Pick<TypedTerms, 'pricePerPoint'>,
  money: bigint,
  decimals: number,
): Bought {
  const price = toBase(pricePerPoint, decimals);
  const offered = toBase(tendered, POINT_DECIMALS);
  const payout = price === 0n ? 0n : payoutRoundedDown(offered, money, price);
  const filled = price === 0n ? 0n : filledRoundedUp(payout, price);
  return { paid: fromBase(payout, decimals), points: fromBase(filled, POINT_DECIMALS) };
}

/**
 * Works out settled rounds on other terms, newest first, for what was offered in them. A round that had its whole budget is taken
 * to have the other one as well; one that lacked money has what was there.
 *
 * @param decimals of the money
 */
export function recomputed(
  rounds: readonly PastRound[],
  terms: TypedTerms,
  decimals: number,
): readonly RecomputedRound[] {
  const budget = toBase(terms.budgetPerRound, decimals);
  return rounds.flatMap(({ number, tendered, result }): RecomputedRound[] => {
    if (result === null) return [];
    const there = toBase(result.budget, decimals);
    const money = result.covered || there > budget ? budget : there;
    return [
      {
        ...{ number, tendered },
        before: { paid: result.payout, points: result.filled },
        after: boughtWith(tendered, terms, money, decimals),
      },
    ];
  });
}

/** All rounds together. @param decimals of the money */
export function sumOfRounds(
  rounds: readonly RecomputedRound[],
  decimals: number,
): Record<'before' | 'after', Bought> {
  const sum = (side: 'before' | 'after'): Bought => ({
    paid: fromBase(
      rounds.reduce((all, round) => all + toBase(round[side].paid, decimals), 0n),
      decimals,
    ),
    points: fromBase(
      rounds.reduce((all, round) => all + toBase(round[side].points, POINT_DECIMALS), 0n),
      POINT_DECIMALS,
    ),
  });
  return { before: sum('before'), after: sum('after') };
}

/** What terms can cost and buy at most. */
export interface MostOfTerms {
  /** Points that a round buys at most. */
  readonly points: string;
  /** Hundredths of what is outstanding, at most the whole of it; null while nothing is outstanding. */
  readonly percent: number | null;
  /** Money of so many rounds. */
  readonly money: string;
}

const HUNDRED = 100n;

/** Says what terms cost at most. @param rounds how many, from the next one on */
export function mostOf(
  terms: TypedTerms,
  about: { readonly outstanding: string; readonly rounds: number; readonly decimals: number },
): MostOfTerms {
  const { outstanding, rounds, decimals } = about;
  const budget = toBase(terms.budgetPerRound, decimals);
  const price = toBase(terms.pricePerPoint, decimals);
  const points = price === 0n ? 0n : filledRoundedUp(budget, price);
  const all = toBase(outstanding, POINT_DECIMALS);
  const percent = all === 0n ? null : (points * HUNDRED) / all;
  return {
    points: fromBase(points, POINT_DECIMALS),
    percent: percent === null ? null : Number(percent > HUNDRED ? HUNDRED : percent),
    money: fromBase(budget * BigInt(rounds), decimals),
  };
}
