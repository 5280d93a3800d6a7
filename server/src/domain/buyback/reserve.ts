/** Computes what the money in the reserve covers. Pure. */
import type { Program } from '../program.ts';
import { expectedResult, type Round } from './round.ts';
import {
  newestRoundAt,
  nextRoundAt,
  openRoundAt,
  roundClosesAtMs,
  termsOfRound,
} from './roundClock.ts';

/** The money of the buyback, in base units of the settlement token. */
export interface Reserve {
  /** In the reserve, including what is owed. */
  readonly reserve: bigint;
  /** Owed by settled rounds and not claimed yet. */
  readonly owed: bigint;
}

/** Part of a round's budget that is in the reserve, in base units of the settlement token. */
export interface Cover {
  /** Budget of the round by its terms. */
  readonly budget: bigint;
  /** Part of the budget that is available. */
  readonly available: bigint;
  readonly covered: boolean;
}

type Unsettled = Pick<Round, 'round' | 'tendered'>;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
const budgetOf = (program: Program, round: number): bigint =>
  termsOfRound(program, round)?.budgetPerRound ?? 0n;

/** Finds the newest round that has closed; -1 when there is none. */
export function newestClosedAt(program: Program, nowMs: number): number {
  const newest = newestRoundAt(program, nowMs);
  return openRoundAt(program, nowMs) === null ? newest : newest - 1;
}

/** Computes what rounds that have closed and are not settled will owe, of the money that is not owed already. */
function dueOf(
  program: Program,
  { reserve, owed }: Reserve,
  unsettled: readonly Unsettled[],
  nowMs: number,
): bigint {
  let due = 0n;
  for (const { round, tendered } of unsettled) {
    const terms = termsOfRound(program, round);
    if (terms === null || roundClosesAtMs(program, round) > nowMs) continue;
    const budget = least(terms.budgetPerRound, atLeastZero(reserve - owed - due));
    due += expectedResult(tendered, budget, terms.pricePerPoint).payout;
  }
  return due;
}

/**
 * Computes the money that the operator can withdraw.
 *
 * @param unsettled Rounds with tenders that are not settled, oldest first.
 */
export function withdrawableAt(
  program: Program,
  held: Reserve,
  unsettled: readonly Unsettled[],
  nowMs: number,
): bigint {
  const open = openRoundAt(program, nowMs);
  const budgets =
    budgetOf(program, nextRoundAt(program, nowMs)) + (open === null ? 0n : budgetOf(program, open));
  const due = dueOf(program, held, unsettled, nowMs);
  return atLeastZero(held.reserve - held.owed - due - budgets);
}

/**
 * Computes the cover of an unsettled round as if it closed now with the present money; null for an old round that will not
 * be settled any more.
 *
 * @param unsettled Rounds with tenders that are not settled, oldest first.
 */
export function coverAt(
  program: Program,
  round: number,
  args: {
    readonly held: Reserve;
    readonly unsettled: readonly Unsettled[];
    readonly nowMs: number;
  },
): Cover | null {
  const { held, unsettled, nowMs } = args;
  const isDue = unsettled.some((other) => other.round === round);
  if (round < newestClosedAt(program, nowMs) && !isDue) return null;
  const before = unsettled.filter((other) => other.round < round);
  let free = held.reserve - held.owed - dueOf(program, held, before, nowMs);
  const open = openRoundAt(program, nowMs);
  // What an open round may still spend is not there for those after it.
  if (open !== null && open < round) free -= budgetOf(program, open);
  const budget = budgetOf(program, round);
  const available = least(budget, atLeastZero(free));
  return { budget, available, covered: available === budget };
}
