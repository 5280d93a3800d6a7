/**
 * What the chain says about changes, rounds, items and orders, as the reader keeps it. Implemented in `server/src/store`.
 * Lists go by number, a page at a time: `below` and `above` name the row where the page before ended.
 */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Change, Objection } from '../../domain/terms/change.ts';
import type { Item } from '../../domain/catalogue/item.ts';
import type { Order, OrderState } from '../../domain/catalogue/order.ts';
import type { Round, Share } from '../../domain/buyback/round.ts';

/** Rows with smaller numbers, greatest first. */
export interface PageBelow {
  /** Null for the newest. */
  readonly below: number | null;
  readonly limit: number;
}

/** Rows with smaller numbers, greatest first; several of one number in the order of their holders' addresses. */
export interface PageOfHolders {
  /** Null for the newest. */
  readonly after: { readonly number: number; readonly holder: Address } | null;
  readonly limit: number;
}

/** Rows with greater numbers, smallest first. */
export interface PageAbove {
  /** Null for the oldest. */
  readonly above: number | null;
  readonly limit: number;
}

export interface ChangeStore {
  find(programId: string, number: number): Promise<Change | null>;
  /** Those that this transaction announced, oldest first. */
  findByTransaction(programId: string, transactionHash: Hex): Promise<Change[]>;
  /** The one that was neither enacted nor struck down nor withdrawn; it may be dead by the clock. The newest of them. */
  findPending(programId: string): Promise<Change | null>;
  list(programId: string, page: PageBelow): Promise<Change[]>;
  findObjection(programId: string, change: number, holder: Address): Promise<Objection | null>;
  /** Of all these accounts; by number of the change, newest first. */
  listObjectionsOf(
    programId: string,
    holders: readonly Address[],
    page: PageOfHolders,
  ): Promise<Objection[]>;
  /** Of one change, with points still locked; by holder. */
  listLockedObjections(programId: string, change: number, page: HoldersPage): Promise<Objection[]>;
}

/** Rows in the order of their holders' addresses. */
export interface HoldersPage {
  /** Null for the first. */
  readonly afterHolder: Address | null;
  readonly limit: number;
}

export interface RoundStore {
  /** Those of these rounds in which something happened. */
  findMany(programId: string, rounds: readonly number[]): Promise<Round[]>;
  /** Rounds with tenders that are not settled, oldest first: one at most that has closed, and the open one. */
  listUnsettled(programId: string): Promise<Round[]>;
  findShare(programId: string, round: number, holder: Address): Promise<Share | null>;
  /** Of all these accounts; by round, newest first. Those that were taken out again (amount 0) are left out. */
  listSharesOf(
    programId: string,
    holders: readonly Address[],
    page: PageOfHolders,
  ): Promise<Share[]>;
  /** Every share of a holder whose points were not claimed back yet, newest round first: at most one for each round. */
  listUnclaimedOf(programId: string, holder: Address): Promise<Share[]>;
  /** Shares of one round that were not claimed yet; by holder. Whether anything is to be claimed follows from the round. */
  listUnclaimed(
    programId: string,
    round: number,
    claim: 'POINTS' | 'MONEY',
    page: HoldersPage,
  ): Promise<Share[]>;
}

export interface CatalogueStore {
  findItem(programId: string, number: number): Promise<Item | null>;
  findItems(programId: string, numbers: readonly number[]): Promise<Item[]>;
  /** Those that this transaction added, oldest first. */
  findItemsByTransaction(programId: string, transactionHash: Hex): Promise<Item[]>;
  listItems(programId: string, page: PageAbove): Promise<Item[]>;
  findOrder(programId: string, number: number): Promise<Order | null>;
  /** Those that this transaction made, oldest first. */
  findOrdersByTransaction(programId: string, transactionHash: Hex): Promise<Order[]>;
  /** Newest first; of these accounts, or in one state, where these are given. */
  listOrders(
    programId: string,
    filter: { readonly members?: readonly Address[]; readonly state?: OrderState },
    page: PageBelow,
  ): Promise<Order[]>;
  /** Open orders whose deadline has passed, oldest deadline first. */
  listOverdue(programId: string, nowMs: number, limit: number): Promise<Order[]>;
}
