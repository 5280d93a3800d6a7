import { fromBase, POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import { actingAccount, type Accounts } from '../writes/actingAccount.ts';

const base = (points: string): bigint => toBase(points, POINT_DECIMALS);
const text = (units: bigint): string => fromBase(units, POINT_DECIMALS);

/** A member as far as its points are concerned. */
interface Spender extends Accounts {
  readonly balance: {
    readonly accounts: readonly {
      readonly account: string;
      readonly settled: string;
      readonly pending: string;
      readonly maturing: string;
    }[];
  };
}

/** Points of a member, as decimal strings. */
export interface Spendable {
  /** In the account that orders: the member's own wallet once there is one, else the one that the service signs for. */
  readonly here: string;
  /** Earned and ripe, on no chain yet. */
  readonly pending: string;
  /** In other accounts of the member. */
  readonly elsewhere: string;
}

/** Reads what a member can spend. @param member null: nothing yet */
export function spendableOf(member: Spender | null): Spendable {
  let [here, pending, elsewhere] = [0n, 0n, 0n];
  const acting = member === null ? null : actingAccount(member);
  for (const each of member?.balance.accounts ?? []) {
    if (each.account === acting) {
      here += base(each.settled);
      pending += base(each.pending) - base(each.maturing);
    } else elsewhere += base(each.settled);
  }
  return { here: text(here), pending: text(pending), elsewhere: text(elsewhere) };
}

/** More pieces than anybody orders by tapping. */
const MOST_PIECES = 99n;

/** How many pieces can be ordered now. @param stock null: as many as you like */
export function mostPieces(price: string, stock: number | null, here: string): number {
  const affordable = base(here) / base(price);
  const most = stock === null || affordable < BigInt(stock) ? affordable : BigInt(stock);
  return Number(most < MOST_PIECES ? most : MOST_PIECES);
}

/** What an order costs, and what stays. */
export function costOf(
  price: string,
  quantity: number,
  here: string,
): { readonly sum: string; readonly stays: string } {
  const sum = base(price) * BigInt(quantity);
  return { sum: text(sum), stays: text(base(here) - sum) };
}

/** What is missing for one piece; null when there is enough. */
export function missingFor(price: string, here: string): string | null {
  const missing = base(price) - base(here);
  return missing > 0n ? text(missing) : null;
}

/** Tells whether a price is above the one that the member saw and agreed to. */
export const isAbove = (price: string, agreed: string): boolean => base(price) > base(agreed);
