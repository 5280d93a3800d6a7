import type { Connection, mongo } from 'mongoose';
import type { OrderState } from '../../domain/catalogue/order.ts';
import type { CatalogueStore } from '../../ports/stores/catalogue.ts';
import { projectionCollection, projectionId, readerOf } from '../indexer/projections.ts';

const toItem = readerOf('item');
const toOrder = readerOf('order');

const OLDEST_FIRST: Record<string, mongo.SortDirection> = { number: 1 };
const NEWEST_FIRST: Record<string, mongo.SortDirection> = { number: -1 };

/** Creates the indexes and opens the store of items and orders. */
export async function createCatalogueStore(connection: Connection): Promise<CatalogueStore> {
  const items = projectionCollection(connection, 'item');
  const orders = projectionCollection(connection, 'order');
  await Promise.all([
    items.createIndexes([{ key: { programId: 1, number: 1 } }]),
    orders.createIndexes([
      { key: { programId: 1, number: 1 } },
      { key: { programId: 1, member: 1, number: 1 } },
      { key: { programId: 1, state: 1, number: 1 } },
      { key: { programId: 1, state: 1, deadlineMs: 1 } },
      { key: { programId: 1, transactionHash: 1 } },
      { key: { programId: 1, item: 1, state: 1 } },
    ]),
  ]);

  return {
    findItem: async (programId, number) => {
      const found = await items.findOne({ _id: projectionId(programId, number) });
      return found === null ? null : toItem(found);
    },
    findItems: async (programId, numbers) => {
      if (numbers.length === 0) return [];
      const ids = numbers.map((number) => projectionId(programId, number));
      return (await items.find({ _id: { $in: ids } }).toArray()).map(toItem);
    },
    findItemsByTransaction: async (programId, transactionHash) => {
      const found = await items.find({ programId, transactionHash }).sort(OLDEST_FIRST).toArray();
      return found.map(toItem);
    },
    listItems: async (programId, { above, limit }) => {
      const rows = above === null ? {} : { number: { $gt: above } };
      const found = await items
        .find({ programId, ...rows })
        .sort(OLDEST_FIRST)
        .limit(limit)
        .toArray();
      return found.map(toItem);
    },
    findOrder: async (programId, number) => {
      const found = await orders.findOne({ _id: projectionId(programId, number) });
      return found === null ? null : toOrder(found);
    },
    findOrdersByTransaction: async (programId, transactionHash) => {
      const found = await orders.find({ programId, transactionHash }).sort(OLDEST_FIRST).toArray();
      return found.map(toOrder);
    },
    listOrders: async (programId, { members, state }, page) => {
      const isUpwards = 'above' in page;
      const from = isUpwards ? page.above : page.below;
      const found = await orders
        .find({
          programId,
          ...(members !== undefined && { member: { $in: [...members] } }),
          ...(state !== undefined && { state }),
          ...(from !== null && { number: isUpwards ? { $gt: from } : { $lt: from } }),
        })
        .sort(isUpwards ? OLDEST_FIRST : NEWEST_FIRST)
        .limit(page.limit)
        .toArray();
      return found.map(toOrder);
    },
    countOrders: async (programId, item) => {
      const count = (state: OrderState): Promise<number> =>
        orders.countDocuments({ programId, item, state });
      const [open, fulfilled, refused, overdue] = await Promise.all([
        count('OPEN'),
        count('FULFILLED'),
        count('REFUSED'),
        count('OVERDUE'),
      ]);
      return { open, fulfilled, refused, overdue };
    },
    listOverdue: async (programId, nowMs, limit) => {
      const found = await orders
        .find({ programId, state: 'OPEN', deadlineMs: { $lte: nowMs } })
        .sort({ deadlineMs: 1 })
        .limit(limit)
        .toArray();
      return found.map(toOrder);
    },
  };
}
