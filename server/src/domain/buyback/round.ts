/** A buyback round and what holders have in it, as the buyback's events tell it. Pure. */
import {
  filledRoundedDown,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from '@dewpoint/contracts/roundMath.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { BuybackEvent, ChainMoment, DatedEvent } from '../events.ts';

/** The result of a round. */
export interface RoundResult {
  /** Version of the terms that it ran on. */
  readonly version: number;
  /** Whether the whole budget of these terms was in the reserve and not owed at the close. */
  readonly covered: boolean;
  /** Base units of the settlement token that there were for it. */
  readonly budget: bigint;
  /** Base units of points bought and burned. */
  readonly filled: bigint;
  /** Base units of the settlement token owed for them, to all together. */
  readonly payout: bigint;
  readonly moment: ChainMoment;
}

/** A round in which something happened. */
export interface Round {
  readonly programId: string;
  readonly round: number;
  /** Base units of points tendered by everybody. */
  readonly tendered: bigint;
  /** Null until it is settled; an old round without tenders may never be. */
  readonly result: RoundResult | null;
}

/** What one holder has in one round. */
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
  /** Of the first tender. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** What a share comes to. */
export interface ShareOutcome {
  /** Base units of the settlement token. */
  readonly paid: bigint;
  /** Base units of points. */
  readonly returned: bigint;
}

/** A round from its events in chain order; of `Tendered` and `Untendered` the newest is enough. Null without any. */
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

/** What one holder has in one round, from the holder's events in it in chain order. */
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
        const claimed = { pointsClaimed: null, moneyClaimed: null };
        return { programId, round, holder, amount, ...claimed, blockNumber, transactionHash };
      }
      case 'PointsClaimed':
        return share === null ? null : { ...share, pointsClaimed: event.amount };
      case 'MoneyClaimed':
        return share === null ? null : { ...share, moneyClaimed: event.amount };
      default:
        return share;
    }
  }, null);
}

/** As much of a round as decides what its shares come to. */
export interface SettledAmounts {
  readonly tendered: bigint;
  readonly result: Pick<RoundResult, 'filled' | 'payout'> | null;
}

/** What a share of a settled round comes to; null until it is settled. */
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

/** What a round would come to if it closed with these tenders and this money. */
export function expectedResult(
  tendered: bigint,
  budget: bigint,
  pricePerPoint: bigint,
): Pick<RoundResult, 'filled' | 'payout'> {
  const filled = filledRoundedDown(tendered, budget, pricePerPoint);
  return { filled, payout: payoutRoundedDown(filled, pricePerPoint) };
}

/** Base units of points of a share that are in escrow: what was tendered, and from the settlement on what comes back. */
export function lockedInShare(share: Share, round: SettledAmounts): bigint {
  if (share.pointsClaimed !== null) return 0n;
  return outcomeOf(share, round)?.returned ?? share.amount;
}
