import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { isWithdrawnAt, itemAt, type Item } from '../../domain/catalogue/item.ts';
import type { Order, OrderCounts, OrderState } from '../../domain/catalogue/order.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { CatalogueStore, OrderNote, OrderNoteStore } from '../../ports/stores/catalogue.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import { asOfNow, projectionPage, type AsOf, type ProjectionPage, type PageOf } from '../page.ts';

/** An item with its present price and stock. */
export interface ItemView extends Item, AsOf {
  /** Whether it can be ordered now: it is not withdrawn and a piece is left. */
  readonly available: boolean;
}

/** An order in its present state. */
export interface OrderView extends Order, AsOf {
  /** Whether it is open and past its deadline: it can't be fulfilled, and any account may have it refunded. */
  readonly refundable: boolean;
  /** Null while the chain is being read again. */
  readonly of: ItemView | null;
  /** What the operator tells the member; null for nothing. */
  readonly note: string | null;
}

/** Reads the items and orders of a program, from the read model. */
export interface Catalogue {
  findItem(program: Program, number: number): Promise<ItemView | null>;
  /** Finds the items that a transaction added, oldest first. */
  findItemsByTransaction(program: Program, transactionHash: Hex): Promise<ItemView[]>;
  /** Lists items by ascending number, including withdrawn ones. */
  listItems(program: Program, page: PageOf): Promise<ProjectionPage<ItemView>>;
  findOrder(program: Program, number: number): Promise<OrderView | null>;
  /** Finds the orders that a transaction placed, oldest first. */
  findOrdersByTransaction(program: Program, transactionHash: Hex): Promise<OrderView[]>;
  /** Lists orders, newest first; the earliest deadline first when asked so. */
  listOrders(
    program: Program,
    filter: {
      readonly members?: readonly Address[];
      readonly state?: OrderState;
      readonly byDeadline?: boolean;
    },
    page: PageOf,
  ): Promise<ProjectionPage<OrderView>>;
  orderCounts(program: Program): Promise<OrderCounts & AsOf>;
  /** Counts the orders of one item. */
  orderCountsOf(program: Program, item: number): Promise<OrderCounts & AsOf>;
}

function itemView(item: Item, asOf: AsOf, nowMs: number): ItemView {
  const current = itemAt(item, nowMs);
  const available = !isWithdrawnAt(current, nowMs) && current.stock !== 0;
  return { ...current, available, ...asOf };
}

type OrderItself = Omit<OrderView, 'of' | 'note'>;

const isOn = (note: OrderNote, order: Order): boolean =>
  note.order === order.number && note.account === order.member && note.orderRef === order.orderRef;
const orderView = (order: Order, asOf: AsOf, nowMs: number): OrderItself => ({
  ...order,
  refundable: order.state === 'OPEN' && order.deadlineMs <= nowMs,
  ...asOf,
});

const listOf = <Row>(found: Row | null): Row[] => (found === null ? [] : [found]);

export function createCatalogue(deps: {
  catalogue: CatalogueStore;
  orderNotes: Pick<OrderNoteStore, 'findMany'>;
  totals: Pick<TotalsStore, 'asOf' | 'orderCounts'>;
  clock: ChainClock;
}): Catalogue {
  const { catalogue, totals } = deps;

  /** Reads the position and the time before the projections. */
  const views = async <Row, View>(
    program: Program,
    read: () => Promise<readonly Row[]>,
    view: (row: Row, asOf: AsOf, nowMs: number) => View,
  ): Promise<{ asOf: AsOf; rows: View[] }> => {
    const asOf = await asOfNow(totals, program);
    const { nowMs } = await deps.clock.now();
    return { asOf, rows: (await read()).map((row) => view(row, asOf, nowMs)) };
  };
  const items = (
    program: Program,
    read: () => Promise<readonly Item[]>,
  ): Promise<{ asOf: AsOf; rows: ItemView[] }> => views(program, read, itemView);
  const orders = async (
    program: Program,
    read: () => Promise<readonly Order[]>,
  ): Promise<{ asOf: AsOf; rows: OrderView[] }> => {
    const { asOf, rows } = await views(program, read, orderView);
    const numbers = [...new Set(rows.map(({ item }) => item))];
    const [found, notes] = await Promise.all([
      items(program, () => catalogue.findItems(program.id, numbers)),
      deps.orderNotes.findMany(
        program.id,
        rows.map(({ number }) => number),
      ),
    ]);
    const byNumber = new Map(found.rows.map((item) => [item.number, item]));
    const whole = rows.map((row) => ({
      ...row,
      of: byNumber.get(row.item) ?? null,
      note: notes.find((note) => isOn(note, row))?.text ?? null,
    }));
    return { asOf, rows: whole };
  };

  return {
    findItem: async (program, number) => {
      const read = async (): Promise<Item[]> =>
        listOf(await catalogue.findItem(program.id, number));
      return (await items(program, read)).rows[0] ?? null;
    },
    findItemsByTransaction: async (program, hash) =>
      (await items(program, () => catalogue.findItemsByTransaction(program.id, hash))).rows,
    listItems: async (program, { first, after }) => {
      const page = { above: after, limit: first + 1 };
      const { asOf, rows } = await items(program, () => catalogue.listItems(program.id, page));
      return projectionPage(asOf, rows, first);
    },
    findOrder: async (program, number) => {
      const read = async (): Promise<Order[]> =>
        listOf(await catalogue.findOrder(program.id, number));
      return (await orders(program, read)).rows[0] ?? null;
    },
    findOrdersByTransaction: async (program, hash) =>
      (await orders(program, () => catalogue.findOrdersByTransaction(program.id, hash))).rows,
    listOrders: async (program, { byDeadline = false, ...filter }, { first, after }) => {
      const limit = first + 1;
      // All orders of a program have the same time: the oldest is due first.
      const page = byDeadline ? { above: after, limit } : { below: after, limit };
      const { asOf, rows } = await orders(program, () =>
        catalogue.listOrders(program.id, filter, page),
      );
      return projectionPage(asOf, rows, first);
    },
    orderCounts: async (program) => {
      const asOf = await asOfNow(totals, program);
      return { ...(await totals.orderCounts(program.id)), ...asOf };
    },
    orderCountsOf: async (program, item) => {
      const asOf = await asOfNow(totals, program);
      return { ...(await catalogue.countOrders(program.id, item)), ...asOf };
    },
  };
}
