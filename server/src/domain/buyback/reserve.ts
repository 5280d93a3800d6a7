/** How far the money in the reserve goes. Pure. */
import type { Program } from '../program.ts';
import { expectedResult, type Round } from './round.ts';
import {
  newestRoundAt,
  nextRoundAt,
  openRoundAt,
  roundClosesAtMs,
  termsOfRound,
} from './roundClock.ts';

/** Base units of the settlement token. */
export interface Reserve {
  /** All that is there, what is owed included. */
  readonly reserve: bigint;
  /** What settled rounds owe and nobody has claimed yet. */
  readonly owed: bigint;
}

/** Whether a round can pay its whole budget. Base units of the settlement token. */
export interface Cover {
  /** Of the terms of the round. */
  readonly budget: bigint;
  /** How much of it there is. */
  readonly available: bigint;
  readonly covered: boolean;
}

type Unsettled = Pick<Round, 'round' | 'tendered'>;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
const budgetOf = (program: Program, round: number): bigint =>
  termsOfRound(program, round)?.budgetPerRound ?? 0n;

/** The newest round that has closed; -1 for none. */
export function newestClosedAt(program: Program, nowMs: number): number {
  const newest = newestRoundAt(program, nowMs);
  return openRoundAt(program, nowMs) === null ? newest : newest - 1;
}

/** What rounds that have closed and are not settled yet will owe, of the money that is not owed already. */
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
 * Money that is promised to nobody: what the operator may take out.
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
 * The cover of a round that is not settled, as if it closed now with the money that is there; null for an old round that
 * nobody will settle any more.
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
