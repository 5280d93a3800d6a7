/** Computes what the money in the reserve covers. Pure. */
import { epochAt, ruleSetOf } from '../epochs.ts';
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

/** Money that a round has, in base units of the settlement token. */
export interface Cover {
  /** Budget of the round by its terms. */
  readonly budget: bigint;
  /** Part of the budget that is available; all money that is free, where a backed program owes a last round. */
  readonly available: bigint;
  /** Whether the whole budget was there when the round opened, if it has, and is there now. */
  readonly covered: boolean;
}

type Unsettled = Pick<Round, 'round' | 'tendered'>;

/** What is in the reserve, and what is still to come of it. */
export interface MoneyState {
  readonly held: Reserve;
  /** Rounds with tenders that are not settled, oldest first. */
  readonly unsettled: readonly Unsettled[];
  /** Rounds that holders may sell in before a pending change of the buyback terms. */
  readonly lastRounds: ReadonlySet<number>;
  readonly nowMs: number;
}

const UNITS_PER_POINT = 100n;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const greatest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const atLeastZero = (amount: bigint): bigint => greatest(amount, 0n);
/** Computes what points cost at a price of one whole point, in base units of the settlement token. */
export const worthRoundedUp = (points: bigint, pricePerPoint: bigint): bigint =>
  (points * pricePerPoint + UNITS_PER_POINT - 1n) / UNITS_PER_POINT;
const budgetOf = (program: Program, round: number): bigint =>
  termsOfRound(program, round)?.budgetPerRound ?? 0n;

/** Finds the newest round that has closed; -1 when there is none. */
export function newestClosedAt(program: Program, nowMs: number): number {
  const newest = newestRoundAt(program, nowMs);
  return openRoundAt(program, nowMs) === null ? newest : newest - 1;
}

/** What a round can spend of the free money: its budget, or in a last round of a backed program all of it. */
function spendable(program: Program, round: number, free: bigint, state: MoneyState): bigint {
  const isLast = program.backed && state.lastRounds.has(round);
  return isLast ? atLeastZero(free) : least(budgetOf(program, round), atLeastZero(free));
}

/** Computes what rounds below `below` that have closed and are not settled will owe and burn, of the money that is not owed. */
function dueOf(
  program: Program,
  state: MoneyState,
  below = Infinity,
): { readonly payout: bigint; readonly filled: bigint } {
  const { held, unsettled, nowMs } = state;
  let [payout, filled] = [0n, 0n];
  for (const { round, tendered } of unsettled) {
    const terms = termsOfRound(program, round);
    if (round >= below || terms === null || roundClosesAtMs(program, round) > nowMs) continue;
    const budget = spendable(program, round, held.reserve - held.owed - payout, state);
    const result = expectedResult(tendered, budget, terms.pricePerPoint);
    payout += result.payout;
    filled += result.filled;
  }
  return { payout, filled };
}

/** What stays in the reserve of a backed program: enough to buy all points at the highest price, and all of a notice period. */
function backedRoundedUp(program: Program, supply: bigint, nowMs: number): bigint {
  const open = openRoundAt(program, nowMs);
  const newest = program.buybackTerms.at(-1)?.pricePerPoint ?? 0n;
  const price = greatest(
    newest,
    open === null ? 0n : (termsOfRound(program, open)?.pricePerPoint ?? 0n),
  );
  const inForce = ruleSetOf(program, Math.max(0, epochAt(program, nowMs)))?.budgetPerEpoch ?? 0n;
  const budget = greatest(inForce, program.ruleSets.at(-1)?.budgetPerEpoch ?? 0n);
  const epochs = BigInt(Math.ceil(program.noticePeriodMs / program.epochLengthMs) + 1);
  return worthRoundedUp(supply, price) + worthRoundedUp(budget * epochs, price);
}

/**
 * Computes the money that the operator can withdraw.
 *
 * @param supply Base units of points, which count where the program is backed.
 */
export function withdrawableAt(program: Program, state: MoneyState, supply: bigint): bigint {
  const { held, nowMs } = state;
  const open = openRoundAt(program, nowMs);
  const budgets =
    budgetOf(program, nextRoundAt(program, nowMs)) + (open === null ? 0n : budgetOf(program, open));
  const due = dueOf(program, state);
  const promised = program.backed
    ? greatest(budgets, backedRoundedUp(program, supply - due.filled, nowMs))
    : budgets;
  return atLeastZero(held.reserve - held.owed - due.payout - promised);
}

/**
 * Computes the cover of an unsettled round as if it closed now with the present money; null for an old round that will not
 * be settled any more.
 *
 * @param addedSinceOpening Money that came into the reserve since the newest round opened, less what was withdrawn: it pays, and
 * covers nothing.
 */
export function coverAt(
  program: Program,
  round: number,
  state: MoneyState & { readonly addedSinceOpening: bigint },
): Cover | null {
  const { held, unsettled, nowMs } = state;
  const isDue = unsettled.some((other) => other.round === round);
  if (round < newestClosedAt(program, nowMs) && !isDue) return null;
  let free = held.reserve - held.owed - dueOf(program, state, round).payout;
  const open = openRoundAt(program, nowMs);
  // What an open round may still spend is not there for those after it.
  if (open !== null && open < round) free -= spendable(program, open, free, state);
  const budget = budgetOf(program, round);
  const isNewest = round === newestRoundAt(program, nowMs);
  const atOpening = isNewest ? free - state.addedSinceOpening : free;
  const covered = free >= budget && atOpening >= budget;
  return { budget, available: spendable(program, round, free, state), covered };
}
