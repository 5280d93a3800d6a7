import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import type { Polled } from '../../shared/polling/poller.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { actingAccount } from '../writes/actingAccount.ts';
import type { MoneyLook } from './EstimateView.tsx';
import type { OwnPoints } from './OfferSheet.tsx';
import { BuybackQuery, type BuybackView, type OwnShare } from './queries.ts';

/** What the buyback page knows. */
export function useBuyback(): Polled<BuybackView> {
  const { data, ...rest } = usePolled(BuybackQuery);
  const viewer = data?.viewer ?? null;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  return { data: viewer, ...rest };
}

/** How money is written in a program. */
export const moneyLookOf = ({ program }: BuybackView): MoneyLook =>
  program.settings.settlementToken;

/** The member's part in a round: that of the account that it acts with, else of an earlier one; null for none. */
export function shareIn({ member }: BuybackView, round: number): OwnShare | null {
  if (member === null) return null;
  const shares = member.shares.edges
    .map(({ node }) => node)
    .filter((share) => share.round.number === round);
  const acting = actingAccount(member);
  return shares.find(({ holder }) => holder === acting) ?? shares[0] ?? null;
}

const base = (points: string): bigint => toBase(points, POINT_DECIMALS);

/**
 * Points of the member that can be offered: those in the account that it acts with, its own wallet if it has one.
 *
 * @returns also what lies in an earlier account, from where it has to be moved first
 */
export function ownPointsIn(
  viewer: BuybackView,
  round: number,
): OwnPoints & { readonly elsewhere: bigint } {
  const { member } = viewer;
  const accounts = member?.balance.accounts ?? [];
  const acting = member === null ? null : actingAccount(member);
  const here = accounts.filter(({ account }) => account === acting);
  const sum = (units: readonly bigint[]): bigint => units.reduce((all, each) => all + each, 0n);
  const all = sum(accounts.map(({ settled }) => base(settled)));
  const settled = sum(here.map((each) => base(each.settled)));
  return {
    had: base(shareIn(viewer, round)?.amount ?? '0'),
    settled,
    pending: sum(here.map((each) => base(each.pending) - base(each.maturing))),
    elsewhere: all - settled,
  };
}
