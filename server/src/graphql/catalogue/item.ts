import type { OrderCounts } from '../../domain/catalogue/order.ts';
import type { ItemView, OrderView } from '../../services/catalogue/catalogue.ts';
import type { AsOf } from '../../services/page.ts';
import { ANY_HOLDER_READER, builder, PUBLIC } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import {
  AS_OF_BLOCK,
  factConnection,
  numberInProgram,
  STALE,
  type OfProgram,
} from '../core/connection.ts';

const itemRef = builder.objectRef<OfProgram<ItemView>>('Item');

/** A thing in the catalogue. Its shape is an {@link ItemView} with its program. */
export const ItemType = builder.node(itemRef, {
  description:
    'A thing in the catalogue with a price in points. A better price and more stock are there at once; a higher price and a withdrawal take effect one notice period after they were scheduled. Source: events of the catalogue.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { catalogue, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await catalogue.findItem(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', { type: 'UInt', description: 'Sequential, from 1.' }),
    text: t.exposeString('text', { description: 'Plain words for members; never change.' }),
    price: t.expose('price', { type: 'Points', description: 'For one piece, now.' }),
    stock: t.expose('stock', {
      type: 'UInt',
      nullable: true,
      description: 'Pieces that can still be ordered; null for as many as wanted.',
    }),
    available: t.exposeBoolean('available', {
      description: 'Whether it can be ordered now: not withdrawn, and there is a piece left.',
    }),
    scheduledPrice: t.field({
      type: 'Points',
      nullable: true,
      description: 'The price from `scheduledPriceAt` on; null while no rise is scheduled.',
      resolve: ({ scheduledPrice }) => scheduledPrice?.price ?? null,
    }),
    scheduledPriceAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the price rises; null while no rise is scheduled.',
      resolve: ({ scheduledPrice }) => scheduledPrice?.fromMs ?? null,
    }),
    withdrawnAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'It can not be ordered from then on; null while no withdrawal is scheduled.',
      resolve: ({ withdrawnAtMs }) => withdrawnAtMs,
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which it was added.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that added it.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Items of a program. */
export const ItemConnection = factConnection(ItemType, {
  name: 'Item',
  order: 'All items, oldest first, withdrawn ones included.',
  scopes: PUBLIC,
});

/** Where an order stands. */
export const OrderStateEnum = builder.enumType('OrderState', {
  description: 'Where an order stands.',
  values: {
    OPEN: { description: 'Its points are in escrow.' },
    FULFILLED: { description: "Handed over, by the operator's word; its points are burned." },
    REFUSED: { description: 'Refunded by the operator before the deadline.' },
    OVERDUE: { description: 'Refunded because the deadline had passed.' },
  } as const,
});

const orderRef = builder.objectRef<OfProgram<OrderView>>('Order');

/** One redemption. Its shape is an {@link OrderView} with its program. */
export const OrderType = builder.node(orderRef, {
  description:
    'One redemption of an item. Its points are in escrow until the operator says that it is fulfilled, or until it is refunded. Source: events of the catalogue.',
  authScopes: ANY_HOLDER_READER,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { catalogue, program, key }) => {
    const number = numberInProgram(program, id);
    const mayRead = key.scopes.includes('program:read') || key.scopes.includes('members:read');
    if (number === null || !mayRead) return null;
    const found = await catalogue.findOrder(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', { type: 'UInt', description: 'Sequential, from 1.' }),
    item: t.field({
      extensions: { cost: 20 },
      type: ItemType,
      nullable: true,
      description: 'The item; null while the chain is being read again.',
      resolve: ({ of, program }) => (of === null ? null : { ...of, program }),
    }),
    account: t.expose('member', {
      type: 'Address',
      description: 'Who ordered, and whose points they are.',
    }),
    quantity: t.expose('quantity', { type: 'UInt', description: 'Pieces.' }),
    points: t.expose('points', { type: 'Points', description: 'Price of all pieces.' }),
    state: t.expose('state', { type: OrderStateEnum, description: 'Where it stands.' }),
    refundable: t.exposeBoolean('refundable', {
      description:
        'Open and past its deadline: it can not be fulfilled, and anybody may have it refunded.',
    }),
    orderedAt: t.field({
      type: 'DateTime',
      description: 'When it was ordered.',
      resolve: ({ orderedAtMs }) => orderedAtMs,
    }),
    deadline: t.field({
      type: 'DateTime',
      description: 'It can be fulfilled before then.',
      resolve: ({ deadlineMs }) => deadlineMs,
    }),
    orderRef: t.expose('orderRef', {
      type: 'Hex',
      description: "The member's own reference, 32 bytes; used once.",
    }),
    resolved: t.expose('resolved', {
      type: ChainMomentType,
      nullable: true,
      description: 'When it was fulfilled or refunded; null while it is open.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which it was ordered.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that ordered it.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Orders of a program or of a member. */
export const OrderConnection = factConnection(OrderType, {
  name: 'Order',
  order: 'Orders, newest first.',
  scopes: ANY_HOLDER_READER,
});

/** How many orders stand where. */
export const OrderCountsType = builder.objectRef<OrderCounts & AsOf>('OrderCounts').implement({
  description:
    'How many orders stand where: the public record of how the operator treats them. Source: events of the catalogue.',
  authScopes: PUBLIC,
  fields: (t) => ({
    open: t.expose('open', { type: 'UInt', description: 'Waiting, overdue ones included.' }),
    fulfilled: t.expose('fulfilled', { type: 'UInt', description: 'Handed over.' }),
    refused: t.expose('refused', { type: 'UInt', description: 'Refunded before the deadline.' }),
    overdue: t.expose('overdue', { type: 'UInt', description: 'Refunded after the deadline.' }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});
