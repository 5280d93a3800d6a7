/** Tells when rounds open and close, by the clock alone. Times are unix milliseconds of the chain's clock. */
import type { BuybackTermsVersion, Program } from '../program.ts';

type RoundClock = Pick<Program, 'firstRoundAtMs' | 'roundPeriodMs' | 'roundWindowMs'>;

export function roundOpensAtMs(program: RoundClock, round: number): number {
  return program.firstRoundAtMs + round * program.roundPeriodMs;
}

/** Returns the time at which a round closes. */
export function roundClosesAtMs(program: RoundClock, round: number): number {
  return roundOpensAtMs(program, round) + program.roundWindowMs;
}

/** Finds the newest round that has opened; -1 before the first one. */
export function newestRoundAt(program: RoundClock, ms: number): number {
  return Math.max(-1, Math.floor((ms - program.firstRoundAtMs) / program.roundPeriodMs));
}

/** Finds the next round that opens, from which terms that are published now are in force. */
export function nextRoundAt(program: RoundClock, ms: number): number {
  return newestRoundAt(program, ms) + 1;
}

/** Finds the open round; null between two rounds. */
export function openRoundAt(program: RoundClock, ms: number): number | null {
  const newest = newestRoundAt(program, ms);
  return newest >= 0 && ms < roundClosesAtMs(program, newest) ? newest : null;
}

/** Finds the published terms that a round runs on; null when none are known. */
export function termsOfRound(
  program: Pick<Program, 'buybackTerms'>,
  round: number,
): BuybackTermsVersion | null {
  return program.buybackTerms.findLast(({ fromRound }) => fromRound <= round) ?? null;
}
