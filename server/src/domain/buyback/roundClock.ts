/** When rounds open and close. Nobody opens them: the clock does. Times are unix milliseconds of the chain's clock. */
import type { BuybackTermsVersion, Program } from '../program.ts';

type RoundClock = Pick<Program, 'firstRoundAtMs' | 'roundPeriodMs' | 'roundWindowMs'>;

export function roundOpensAtMs(program: RoundClock, round: number): number {
  return program.firstRoundAtMs + round * program.roundPeriodMs;
}

/** A round is open before this moment. */
export function roundClosesAtMs(program: RoundClock, round: number): number {
  return roundOpensAtMs(program, round) + program.roundWindowMs;
}

/** The newest round that has opened; -1 before the first one. */
export function newestRoundAt(program: RoundClock, ms: number): number {
  return Math.max(-1, Math.floor((ms - program.firstRoundAtMs) / program.roundPeriodMs));
}

/** The next round that is not open yet: what is published now is in force from it on. */
export function nextRoundAt(program: RoundClock, ms: number): number {
  return newestRoundAt(program, ms) + 1;
}

/** The round that is open; null between two rounds. */
export function openRoundAt(program: RoundClock, ms: number): number | null {
  const newest = newestRoundAt(program, ms);
  return newest >= 0 && ms < roundClosesAtMs(program, newest) ? newest : null;
}

/** The terms that a round runs on, as far as they are published; null when none are known. */
export function termsOfRound(
  program: Pick<Program, 'buybackTerms'>,
  round: number,
): BuybackTermsVersion | null {
  return program.buybackTerms.findLast(({ fromRound }) => fromRound <= round) ?? null;
}
