import type { OrderCounts } from '../../domain/catalogue/order.ts';
import type { ItemView, OrderView } from '../../services/catalogue/catalogue.ts';
import type { AsOf } from '../../services/page.ts';
import { ANY_HOLDER_READER, builder, PUBLIC } from '../core/builder.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import {
  AS_OF_BLOCK,
  projectionConnection,
  numberInProgram,
  STALE,
  type OfProgram,
} from '../core/connection.ts';

const itemRef = builder.objectRef<OfProgram<ItemView>>('Item');

/** Shows an item of the catalogue. Its shape is an {@link ItemView} with its program. */
export const ItemType = builder.node(itemRef, {
  description:
    'Item of the catalogue with a price in points. A lower price and more stock take effect at once, a higher price and a withdrawal one notice period after they are scheduled. Source: events of the catalogue contract.',
  authScopes: PUBLIC,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { catalogue, program }) => {
    const number = numberInProgram(program, id);
    const found = number === null ? null : await catalogue.findItem(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', {
      type: 'UInt',
      description: 'Number of the item, ascending from 1.',
    }),
    text: t.exposeString('text', {
      description: 'Description of the item for members; never changes.',
    }),
    price: t.expose('price', { type: 'Points', description: 'Price of one piece now.' }),
    stock: t.expose('stock', {
      type: 'UInt',
      nullable: true,
      description: 'Pieces that can still be ordered; null when the stock is unlimited.',
    }),
    available: t.exposeBoolean('available', {
      description: 'Whether the item can be ordered now: it is not withdrawn and a piece is left.',
    }),
    scheduledPrice: t.field({
      type: 'Points',
      nullable: true,
      description:
        'Price of one piece from `scheduledPriceAt` on; null when no price rise is scheduled.',
      resolve: ({ scheduledPrice }) => scheduledPrice?.price ?? null,
    }),
    scheduledPriceAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the price rises; null when no price rise is scheduled.',
      resolve: ({ scheduledPrice }) => scheduledPrice?.fromMs ?? null,
    }),
    withdrawnAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time from which the item can not be ordered; null when no withdrawal is scheduled.',
      resolve: ({ withdrawnAtMs }) => withdrawnAtMs,
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which the item was added.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that added the item.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Shows pages of items of a program. */
export const ItemConnection = projectionConnection(ItemType, {
  name: 'Item',
  order: 'Page of items, oldest first, including withdrawn ones.',
  scopes: PUBLIC,
});

/** Names the states of an order. */
export const OrderStateEnum = builder.enumType('OrderState', {
  description: 'State of an order.',
  values: {
    OPEN: { description: 'The order waits to be fulfilled; its points are in escrow.' },
    FULFILLED: { description: 'The operator declared the order fulfilled; its points are burned.' },
    REFUSED: { description: 'The operator refunded the order before its deadline.' },
    OVERDUE: { description: 'The order was refunded after its deadline.' },
  } as const,
});

const orderRef = builder.objectRef<OfProgram<OrderView>>('Order');

/** Shows one order. Its shape is an {@link OrderView} with its program. */
export const OrderType = builder.node(orderRef, {
  description:
    'Order of an item for points, which stay in escrow until the order is fulfilled or refunded. Source: events of the catalogue contract.',
  authScopes: ANY_HOLDER_READER,
  id: { resolve: ({ programId, number }) => `${programId}:${number}` },
  loadOne: async (id, { catalogue, program, may }) => {
    const number = numberInProgram(program, id);
    const mayRead = may('program:read') || may('members:read');
    if (number === null || !mayRead) return null;
    const found = await catalogue.findOrder(program, number);
    return found === null ? null : { ...found, program };
  },
  fields: (t) => ({
    number: t.expose('number', {
      type: 'UInt',
      description: 'Number of the order, ascending from 1.',
    }),
    item: t.field({
      extensions: { cost: 20 },
      type: ItemType,
      nullable: true,
      description: 'Item that was ordered; null while the chain is being read again.',
      resolve: ({ of, program }) => (of === null ? null : { ...of, program }),
    }),
    account: t.expose('member', {
      type: 'Address',
      description: 'Account that ordered and owns the points.',
    }),
    quantity: t.expose('quantity', { type: 'UInt', description: 'Number of pieces.' }),
    points: t.expose('points', { type: 'Points', description: 'Price of all pieces together.' }),
    state: t.expose('state', { type: OrderStateEnum, description: 'State of the order.' }),
    refundable: t.exposeBoolean('refundable', {
      description:
        'Whether the order is open and past its deadline: it can not be fulfilled any more, and any account may have it refunded.',
    }),
    orderedAt: t.field({
      type: 'DateTime',
      description: 'Time of the order.',
      resolve: ({ orderedAtMs }) => orderedAtMs,
    }),
    deadline: t.field({
      type: 'DateTime',
      description: 'Time before which the operator can fulfil the order.',
      resolve: ({ deadlineMs }) => deadlineMs,
    }),
    orderRef: t.expose('orderRef', {
      type: 'Hex',
      description:
        'Reference that the member gave to the order, 32 bytes, unique within the account.',
    }),
    resolved: t.expose('resolved', {
      type: ChainMomentType,
      nullable: true,
      description:
        'Block and transaction in which the order was fulfilled or refunded; null while it is open.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which the order was placed.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that placed the order.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

/** Names the orders in which orders are listed. */
export const OrderSequenceEnum = builder.enumType('OrderSequence', {
  description: 'Sequence of a list of orders.',
  values: {
    NEWEST: { description: 'Newest first.' },
    DEADLINE: { description: 'Earliest deadline first, which is the oldest order first.' },
  } as const,
});

/** Shows pages of orders of a program or of a member. */
export const OrderConnection = projectionConnection(OrderType, {
  name: 'Order',
  order: 'Page of orders, newest first, unless asked otherwise.',
  scopes: ANY_HOLDER_READER,
});

/** Shows the number of orders in each state. */
export const OrderCountsType = builder.objectRef<OrderCounts & AsOf>('OrderCounts').implement({
  description:
    'Number of orders in each state: a public record of how the operator treats orders. Source: events of the catalogue contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    open: t.expose('open', {
      type: 'UInt',
      description: 'Orders that wait to be fulfilled, including those past their deadline.',
    }),
    fulfilled: t.expose('fulfilled', {
      type: 'UInt',
      description: 'Orders that the operator declared fulfilled.',
    }),
    refused: t.expose('refused', {
      type: 'UInt',
      description: 'Orders that the operator refunded before the deadline.',
    }),
    overdue: t.expose('overdue', {
      type: 'UInt',
      description: 'Orders that were refunded after the deadline.',
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

builder.objectField(ItemType, 'orderCounts', (t) =>
  t.field({
    extensions: { cost: 40 },
    type: OrderCountsType,
    authScopes: PUBLIC,
    description: 'Number of orders of the item in each state.',
    resolve: ({ program, number }, _args, { on }) =>
      on(program).catalogue.orderCountsOf(program, number),
  }),
);
