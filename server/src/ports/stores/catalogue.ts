/** Items and orders, as the indexer reads them from the chain. Implemented in `server/src/store/catalogue`. */
import type { Item } from '../../domain/catalogue/item.ts';
import type { Order, OrderCounts, OrderState } from '../../domain/catalogue/order.ts';
import type { PageBelow, PageAbove } from './pages.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

/** What an operator tells the member about an order. It is off chain, and only for that order: a chain can lose blocks. */
export interface OrderNote {
  readonly programId: string;
  /** Number of the order. */
  readonly order: number;
  /** Account that ordered. */
  readonly account: Address;
  /** Reference that the member gave to the order. */
  readonly orderRef: Hex;
  readonly text: string;
}

/** Stores notes on orders, at most one on each. */
export interface OrderNoteStore {
  /** Puts a note in the place of the one before. */
  save(note: OrderNote): Promise<void>;
  remove(programId: string, order: number): Promise<void>;
  /** Finds the notes on these orders. */
  findMany(programId: string, orders: readonly number[]): Promise<OrderNote[]>;
  /** Removes all notes to these accounts. */
  eraseOf(programId: string, accounts: readonly Address[]): Promise<void>;
}

export interface CatalogueStore {
  findItem(programId: string, number: number): Promise<Item | null>;
  findItems(programId: string, numbers: readonly number[]): Promise<Item[]>;
  /** Finds the items that a transaction added, oldest first. */
  findItemsByTransaction(programId: string, transactionHash: Hex): Promise<Item[]>;
  listItems(programId: string, page: PageAbove): Promise<Item[]>;
  findOrder(programId: string, number: number): Promise<Order | null>;
  /** Finds the orders that a transaction placed, oldest first. */
  findOrdersByTransaction(programId: string, transactionHash: Hex): Promise<Order[]>;
  /** Lists orders of these accounts, or in one state, when given: newest first for a page `below`, oldest first for one `above`. */
  listOrders(
    programId: string,
    filter: { readonly members?: readonly Address[]; readonly state?: OrderState },
    page: PageBelow | PageAbove,
  ): Promise<Order[]>;
  /** Counts the orders of an item by their state. */
  countOrders(programId: string, item: number): Promise<OrderCounts>;
  /** Lists open orders past their deadline, oldest deadline first. */
  listOverdue(programId: string, nowMs: number, limit: number): Promise<Order[]>;
}
