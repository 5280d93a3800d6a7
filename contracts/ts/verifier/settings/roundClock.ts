/** When the rounds of a buyback are, in unix seconds. `RoundClock.sol` computes the same. */
export interface RoundClock {
  readonly firstRoundAt: number;
  /** Seconds from opening to opening. */
  readonly roundPeriod: number;
  /** Seconds for which a round is open. */
  readonly roundWindow: number;
}

/** When a round opens. */
export function opensAt(clock: RoundClock, round: number): number {
  return clock.firstRoundAt + round * clock.roundPeriod;
}

/** The first moment at which a round is no longer open. */
export function closesAt(clock: RoundClock, round: number): number {
  return opensAt(clock, round) + clock.roundWindow;
}

/** The round that is open at a moment; null between rounds and before the first. */
export function openRound(clock: RoundClock, moment: number): number | null {
  const round = nextRound(clock, moment) - 1;
  return round >= 0 && moment < closesAt(clock, round) ? round : null;
}

/** The first round that opens after a moment: what is published then holds from it on. */
export function nextRound(clock: RoundClock, moment: number): number {
  if (moment < clock.firstRoundAt) return 0;
  return Math.floor((moment - clock.firstRoundAt) / clock.roundPeriod) + 1;
}

/** The first round that opens at or after a moment. */
export function firstRoundFrom(clock: RoundClock, moment: number): number {
  if (moment <= clock.firstRoundAt) return 0;
  return Math.ceil((moment - clock.firstRoundAt) / clock.roundPeriod);
}
