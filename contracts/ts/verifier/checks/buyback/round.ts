import { paidRoundedDown, returnedRoundedDown } from '../../../roundMath.ts';
import type { Address } from '../../../statement.ts';
import type { Place } from '../../events/events.ts';
import type { LoggedAt, RoundResultFact } from '../../facts/facts.ts';

/** The result of a round, recomputed. */
export interface Result {
  readonly version: number;
  readonly covered: boolean;
  readonly budget: bigint;
  readonly filled: bigint;
  readonly payout: bigint;
  readonly at: Place;
}

/** A round as its logs make it. */
export interface Round {
  readonly round: number;
  tendered: bigint;
  readonly holders: Map<Address, Holding>;
  result: Result | null;
  /** Base units of points handed back after it was settled. */
  claimedPoints: bigint;
}

export interface Holding {
  amount: bigint;
  moneyClaimed: boolean;
  pointsClaimed: boolean;
}

/** What a contract says of a round. */
export interface RoundRead {
  readonly version: number;
  readonly settled: boolean;
  readonly covered: boolean;
  readonly tendered: bigint;
  readonly filled: bigint;
  readonly payout: bigint;
}

/** What one holder has in one round and has not claimed yet. */
export interface OpenShare extends Readonly<Holding>, Due {
  readonly round: number;
  readonly holder: Address;
}

/** What a tender brings in the end. */
interface Due {
  /** Base units of the settlement token. */
  readonly paid: bigint;
  /** Base units of points. Both are 0 until the round is settled. */
  readonly returned: bigint;
}

/** A result for pages that show it. */
export function resultFact(
  { version: _, at, ...result }: Result,
  loggedAt: LoggedAt,
): RoundResultFact {
  return { ...result, settled: loggedAt(at) };
}

/** What a tender of `amount` brings. */
export function dueOf({ tendered, result }: Round, amount: bigint): Due {
  if (result === null || tendered === 0n) return { paid: 0n, returned: 0n };
  return {
    paid: paidRoundedDown(amount, result.payout, tendered),
    returned: returnedRoundedDown(amount, tendered, result.filled),
  };
}

/** A round in words. */
export function shownRound(round: RoundRead): string {
  const { version, settled, covered, tendered, filled, payout } = round;
  const state = `${settled ? 'settled' : 'not settled'}${covered ? ', covered' : ''}`;
  return `version ${version}, ${state}: ${filled} of ${tendered} bought for ${payout}`;
}
