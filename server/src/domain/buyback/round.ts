/** Folds buyback rounds and shares from events of the buyback. Pure. */
import {
  filledRoundedUp,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '@dewpoint/contracts/roundMath.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { BuybackEvent, ChainMoment, DatedEvent } from '../events.ts';

/** The result of a settled round. */
export interface RoundResult {
  /** Version of the terms that it ran on. */
  readonly version: number;
  /** Whether the whole budget of these terms was in the reserve and not owed, at the opening and at the close. */
  readonly covered: boolean;
  /**
   * Base units of the settlement token that there were for it: at most the budget of its terms, or all that was free in a last
   * round of a backed program.
   */
  readonly budget: bigint;
  /** Base units of points bought and burned. */
  readonly filled: bigint;
  /** Base units of the settlement token that all holders together are paid. */
  readonly payout: bigint;
  readonly moment: ChainMoment;
}

/** A round that has events. */
export interface Round {
  readonly programId: string;
  readonly round: number;
  /** Base units of points that all holders together have tendered. */
  readonly tendered: bigint;
  /** Null until it is settled; an old round without tenders may never be. */
  readonly result: RoundResult | null;
}

/** The share of one holder in one round. */
export interface Share {
  readonly programId: string;
  readonly round: number;
  readonly holder: Address;
  /** Base units of points tendered. */
  readonly amount: bigint;
  /** Base units of points that came back; null until they were claimed. */
  readonly pointsClaimed: bigint | null;
  /** Base units of the settlement token that were paid; null until they were claimed. */
  readonly moneyClaimed: bigint | null;
  /** Account that they were paid to; null until then. */
  readonly paidTo: Address | null;
  /** Block of the first tender. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** The result of a share. */
export interface ShareOutcome {
  /** Base units of the settlement token. */
  readonly paid: bigint;
  /** Base units of points. */
  readonly returned: bigint;
}

/** Folds a round from its events in chain order; of `Tendered` and `Untendered`, the newest is enough. Null without events. */
export function foldRound(
  programId: string,
  datedEvents: readonly DatedEvent<BuybackEvent>[],
): Round | null {
  return datedEvents.reduce<Round | null>((round, { event, moment }) => {
    if (!('tendered' in event)) return round;
    const { round: number, tendered } = event;
    const of = { programId, round: number, tendered };
    if (event.kind !== 'RoundSettled') return { ...of, result: round?.result ?? null };
    const { version, covered, budget, filled, payout } = event;
    return { ...of, result: { version, covered, budget, filled, payout, moment } };
  }, null);
}

/** Folds the share of one holder in one round from the holder's events in chain order. */
export function foldShare(
  programId: string,
  datedEvents: readonly DatedEvent<BuybackEvent>[],
): Share | null {
  return datedEvents.reduce<Share | null>((share, { event, moment }) => {
    switch (event.kind) {
      case 'Tendered':
      case 'Untendered': {
        const { round, holder, held: amount } = event;
        const { blockNumber, transactionHash } = share ?? moment;
        const claimed = { pointsClaimed: null, moneyClaimed: null, paidTo: null };
        return { programId, round, holder, amount, ...claimed, blockNumber, transactionHash };
      }
      case 'PointsClaimed':
        return share === null ? null : { ...share, pointsClaimed: event.amount };
      case 'MoneyClaimed':
        return share === null ? null : { ...share, moneyClaimed: event.amount, paidTo: event.to };
      default:
        return share;
    }
  }, null);
}

/** The part of a round that decides the results of its shares. */
export interface SettledAmounts {
  readonly tendered: bigint;
  readonly result: Pick<RoundResult, 'filled' | 'payout'> | null;
}

/** Computes the result of a share; null until its round is settled. */
export function outcomeOf(
  share: Pick<Share, 'amount'>,
  round: SettledAmounts,
): ShareOutcome | null {
  const { result, tendered } = round;
  if (result === null || tendered === 0n) return null;
  return {
    paid: paidRoundedDown(share.amount, result.payout, tendered),
    returned: returnedRoundedDown(share.amount, tendered, result.filled),
  };
}

/** Computes the result of a round if it closed with these tenders and this money. */
export function expectedResult(
  tendered: bigint,
  budget: bigint,
  pricePerPoint: bigint,
): Pick<RoundResult, 'filled' | 'payout'> {
  const payout = payoutRoundedDown(tendered, budget, pricePerPoint);
  return { filled: filledRoundedUp(payout, pricePerPoint), payout };
}

/** Computes the base units of points of a share in escrow: all that are tendered, or after settlement those to be returned. */
export function lockedInShare(share: Share, round: SettledAmounts): bigint {
  if (share.pointsClaimed !== null) return 0n;
  return outcomeOf(share, round)?.returned ?? share.amount;
}

/** Computes the base units of the settlement token that a round owes to a share: what it is paid until that was claimed. */
export function owedToShare(share: Share, round: SettledAmounts): bigint {
  return share.moneyClaimed === null ? (outcomeOf(share, round)?.paid ?? 0n) : 0n;
}
