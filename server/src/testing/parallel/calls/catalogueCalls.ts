import type { KeyedProgram } from '../../service.ts';
import type { Asker, ParallelCalls, PreparedCall } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const ITEM = 'item { number price scheduledPrice stock withdrawnAt } transaction { id status }';
const ORDER = 'order { number quantity points state note }';
const SENT_ORDER = `${ORDER} transaction { id status }`;

interface Shop extends KeyedProgram {
  readonly ask: Asker;
}

/** A program with item 1, of 10 pieces at a point each. */
async function openShop(stage: ParallelStage): Promise<Shop> {
  const keyed = await stage.newProgram();
  const ask = stage.withKey(keyed.key);
  await stage.act(ask, 'itemAdd', { price: '1', stock: 10, text: 'A cup' });
  return { ...keyed, ask };
}

const ORDERED = { memberId: 'mei', item: 1, quantity: 2, maxPrice: '1' };

/** A program with orders 1 and 2, of 2 pieces each. */
async function openShopWithOrders(stage: ParallelStage): Promise<Shop> {
  const shop = await openShop(stage);
  await stage.earn(shop, 'mei', 10);
  for (let order = 1; order <= 2; order += 1) await stage.act(shop.ask, 'itemRedeem', ORDERED);
  return shop;
}

/** What the calls of items share. */
function itemCall(
  { service }: ParallelStage,
  { ask, program }: Shop,
  call: Pick<PreparedCall, 'input' | 'other' | 'after'>,
  shown: 'priceNow' | 'stock' | 'isWithdrawn',
): PreparedCall {
  return {
    by: ask,
    selection: ITEM,
    effect: async () => {
      const item = await service.services.catalogue.findItem(program, 1);
      if (item === null) return null;
      const shows = { ...item, priceNow: item.price, isWithdrawn: item.withdrawnAtMs !== null };
      return shows[shown];
    },
    ...call,
  };
}

/** What the calls that end an order share. */
const orderCall =
  (state: string): ParallelCalls[string] =>
  async (stage) => {
    const { ask, program } = await openShopWithOrders(stage);
    const { catalogue } = stage.service.services;
    return {
      ...{ by: ask, input: { order: 1 }, selection: SENT_ORDER, other: { order: 2 } },
      effect: () =>
        Promise.all(
          [1, 2].map(async (order) => (await catalogue.findOrder(program, order))?.state),
        ),
      after: [state, 'OPEN'],
    };
  };

export const CATALOGUE_CALLS: ParallelCalls = {
  itemAdd: async ({ service, newProgram, withKey }) => {
    const { program, key } = await newProgram();
    const { catalogue } = service.services;
    return {
      by: withKey(key),
      input: { price: '1', stock: 5, text: 'A bag' },
      ...{ selection: ITEM, other: { price: '2' } },
      effect: () =>
        Promise.all(
          [1, 2].map(async (item) => (await catalogue.findItem(program, item))?.text ?? null),
        ),
      after: ['A bag', null],
    };
  },
  itemPriceSet: async (stage) => {
    const call = { input: { item: 1, price: '0.5' }, other: { price: '0.4' }, after: 50n };
    return itemCall(stage, await openShop(stage), call, 'priceNow');
  },
  itemStockAdd: async (stage) => {
    const call = { input: { item: 1, added: 3 }, other: { added: 4 }, after: 13 };
    return itemCall(stage, await openShop(stage), call, 'stock');
  },
  itemWithdraw: async (stage) => {
    const shop = await openShop(stage);
    await stage.act(shop.ask, 'itemAdd', { price: '1', text: 'A bag' });
    const call = { input: { item: 1 }, other: { item: 2 }, after: true };
    return itemCall(stage, shop, call, 'isWithdrawn');
  },
  itemWithdrawalCancel: async (stage) => {
    const shop = await openShop(stage);
    await stage.act(shop.ask, 'itemAdd', { price: '1', text: 'A bag' });
    for (const item of [1, 2]) await stage.act(shop.ask, 'itemWithdraw', { item });
    const call = { input: { item: 1 }, other: { item: 2 }, after: false };
    return itemCall(stage, shop, call, 'isWithdrawn');
  },
  itemRedeem: async (stage) => {
    const shop = await openShop(stage);
    const { account } = await stage.earn(shop, 'mei', 10);
    const { catalogue } = stage.service.services;
    const { totals } = stage.service.foundation.store;
    return {
      ...{ by: shop.ask, input: ORDERED, selection: `${SENT_ORDER} call { to }` },
      other: { quantity: 1 },
      effect: async () => [
        (await catalogue.findOrder(shop.program, 1))?.quantity ?? null,
        await catalogue.findOrder(shop.program, 2),
        (await catalogue.findItem(shop.program, 1))?.stock,
        await totals.balanceOf(shop.program.id, account),
      ],
      after: [2, null, 8, 1_800n],
    };
  },
  orderFulfil: orderCall('FULFILLED'),
  orderRefund: orderCall('REFUSED'),
  orderNoteSet: async (stage) => {
    const { ask, program } = await openShopWithOrders(stage);
    return {
      by: ask,
      input: { order: 1, note: 'At the till' },
      ...{ selection: ORDER, other: { note: 'In the yard' } },
      effect: async () =>
        (await stage.service.services.catalogue.findOrder(program, 1))?.note ?? null,
      after: 'At the till',
    };
  },
};
