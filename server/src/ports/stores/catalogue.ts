/** What the chain says about items and orders, as the indexer keeps it. Implemented in `server/src/store/catalogue`. */
import type { Item } from '../../domain/catalogue/item.ts';
import type { Order, OrderState } from '../../domain/catalogue/order.ts';
import type { PageBelow, PageAbove } from './pages.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';

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
