import { fromBase, toBase } from '../../../../shared/format/amounts.ts';
import type { BuybackNow } from './queries.ts';

/** What a part of the reserve is for. */
export type ReservePartName = 'owed' | 'due' | 'open' | 'next' | 'points' | 'free';

/** A part of the reserve. Money as a decimal string. */
export interface ReservePart {
  readonly name: ReservePartName;
  readonly amount: string;
  /** Share of the whole reserve, in thousandths, rounded down. */
  readonly share: number;
  /** Number of the round that it is for; null for none. */
  readonly round: number | null;
}

/** Money that a round should have and has not. */
export interface Lack {
  readonly round: number;
  readonly amount: string;
  /** What is to be there. */
  readonly budget: string;
  /** Until when it can come, ISO. */
  readonly until: string;
  /** Whether the round is open: then what comes still pays, and no longer covers. */
  readonly isOpen: boolean;
}

type Money = Pick<BuybackNow, 'reserve' | 'currentRound' | 'nextRound' | 'settings'>;

const WHOLE = 1_000n;

/** Splits the reserve by what it is for. The parts add up to the whole. */
export function reservePartsOf({
  reserve,
  currentRound,
  nextRound,
  settings,
}: Money): ReservePart[] {
  const { decimals } = settings.settlementToken;
  const units = (money: string | undefined): bigint => toBase(money ?? '0', decimals);
  const total = units(reserve.total);
  const isOpen = currentRound?.state === 'OPEN';
  const isDue = currentRound?.state === 'CLOSED' && currentRound.result === null;
  const owed = units(reserve.owed);
  const due = isDue ? units(currentRound.expected?.payout) : 0n;
  const free = units(reserve.withdrawable);
  const kept = total - owed - due - free;
  const inOpen = isOpen ? units(currentRound.cover?.available) : 0n;
  const open = settings.backed ? 0n : inOpen < kept ? inOpen : kept;
  const part = (
    name: ReservePartName,
    amount: bigint,
    round: number | null = null,
  ): ReservePart => ({
    ...{ name, round, amount: fromBase(amount, decimals) },
    share: total === 0n ? 0 : Number((amount * WHOLE) / total),
  });
  return [
    part('owed', owed),
    ...(due > 0n ? [part('due', due, currentRound?.number ?? null)] : []),
    ...(settings.backed
      ? [part('points', kept)]
      : [
          ...(isOpen ? [part('open', open, currentRound.number)] : []),
          part('next', kept - open, nextRound.number),
        ]),
    part('free', free),
  ];
}

/** Says what the open and the next round lack, in the order in which it has to come. */
export function lacksOf({ currentRound, nextRound, settings }: Money): Lack[] {
  const { decimals } = settings.settlementToken;
  const rounds = currentRound?.state === 'OPEN' ? [currentRound, nextRound] : [nextRound];
  return rounds.flatMap(({ number, state, cover, opensAt, closesAt }) => {
    if (cover === null) return [];
    const missing = toBase(cover.budget, decimals) - toBase(cover.available, decimals);
    if (missing <= 0n) return [];
    const isOpen = state === 'OPEN';
    return {
      ...{ round: number, budget: cover.budget, isOpen },
      amount: fromBase(missing, decimals),
      until: isOpen ? closesAt : opensAt,
    };
  });
}
