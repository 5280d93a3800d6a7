import type { ProgramNow, RoundNow } from '@dewpoint/contracts/verifier/facts/programNow.ts';

/** How much of the budget of a round is in the reserve, in base units of the settlement token. */
export interface RoundCoverNow {
  readonly round: RoundNow;
  readonly isOpen: boolean;
  readonly budget: bigint;
  readonly available: bigint;
}

type Money = Pick<ProgramNow, 'reserve' | 'owed' | 'openRound' | 'nextRound'>;

/** The open round comes first: what it may still spend is not there for the next one. */
export function coversNow({
  reserve,
  owed,
  openRound,
  nextRound,
}: Money): readonly RoundCoverNow[] {
  let free = reserve > owed ? reserve - owed : 0n;
  const rounds = [
    ...(openRound === null ? [] : [{ round: openRound, isOpen: true }]),
    { round: nextRound, isOpen: false },
  ];
  return rounds.map(({ round, isOpen }) => {
    const budget = round.terms.budgetPerRound;
    const available = free < budget ? free : budget;
    free -= available;
    return { round, isOpen, budget, available };
  });
}

/** A part of a whole as a number from 0 to 1; nothing of nothing is all of it. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 1 : Number((part * 10_000n) / whole) / 10_000;
}
