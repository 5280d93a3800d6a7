import type { WrittenOrder } from '../../services/catalogue/catalogueWrites.ts';
import type { OrderView } from '../../services/catalogue/catalogue.ts';
import {
  WRITE_ERRORS,
  writeFields,
  idempotencyKeyField,
  memberWriteFields,
  memberInputFields,
  NOTHING_DONE,
  ONLY_MEMBERS,
  ONLY_OPERATORS,
  whoIs,
  type MemberWritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { OrderType } from './item.ts';
import type { OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const ItemRedeemInput = builder.inputType('ItemRedeemInput', {
  description: 'Who orders what. The idempotencyKey becomes the reference of the order on chain.',
  fields: (t) => ({
    ...memberInputFields(t),
    item: t.field({ type: 'UInt', required: true, description: 'Number of the item.' }),
    quantity: t.field({
      type: 'UInt',
      required: true,
      defaultValue: 1,
      description: 'Pieces, 1 or more.',
    }),
    maxPrice: t.field({
      type: 'Points',
      required: true,
      description: 'For one piece: the price that the member saw and agreed to.',
    }),
  }),
});

const OrderActInput = builder.inputType('OrderActInput', {
  description: 'Which order.',
  fields: (t) => ({
    order: t.field({ type: 'UInt', required: true, description: 'Number of the order.' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

interface Payload extends MemberWritePayload {
  readonly order: OfProgram<OrderView> | null;
}

const ORDER = 'The order as it is read by now; null until then and with userErrors.';

const ItemRedeemPayload = builder.objectRef<Payload>('ItemRedeemPayload').implement({
  description: 'The order that was made.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    ...memberWriteFields(t),
    order: t.expose('order', { type: OrderType, nullable: true, description: ORDER }),
  }),
});

const OrderActPayload = builder.objectRef<Payload>('OrderActPayload').implement({
  description: 'The order after the act.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    ...writeFields(t),
    order: t.expose('order', { type: OrderType, nullable: true, description: ORDER }),
  }),
});

const acted = (
  { program }: GraphqlContext,
  acting: () => Promise<WrittenOrder>,
): ReturnType<typeof withUserErrors<Omit<Payload, 'userErrors'>>> =>
  withUserErrors<Omit<Payload, 'userErrors'>>({ ...NOTHING_DONE, order: null }, async () => {
    const { order, ...done } = await acting();
    return { ...done, order: order && { ...order, program } };
  });

builder.mutationField('itemRedeem', (t) =>
  t.field({
    type: ItemRedeemPayload,
    description: `Orders pieces of an item for points, which are in escrow until the order is fulfilled or refunded. ${WRITE_ERRORS}, NOT_FOUND, ITEM_WITHDRAWN, OUT_OF_STOCK, PRICE_TOO_HIGH, ORDER_REF_USED, INSUFFICIENT_POINTS (points that are earned and not settled are then settled at once), OUT_OF_RANGE.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: ItemRedeemInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () =>
        context.catalogueWrites.redeem(context.program, { ...input, ...whoIs(input) }),
      ),
  }),
);

builder.mutationField('orderFulfil', (t) =>
  t.field({
    type: OrderActPayload,
    description: `Says that an order is fulfilled, before its deadline: its points are burned. ${WRITE_ERRORS}, NOT_FOUND, ORDER_NOT_OPEN, DEADLINE_PASSED, NOT_OPERATOR.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: OrderActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.fulfil(context.program, input)),
  }),
);

builder.mutationField('orderRefund', (t) =>
  t.field({
    type: OrderActPayload,
    description: `Gives the points of an open order back; before its deadline the order counts as refused, after it as overdue. ${WRITE_ERRORS}, NOT_FOUND, ORDER_NOT_OPEN, DEADLINE_NOT_REACHED.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: OrderActInput, required: true }) },
    resolve: (_root, { input }, context) =>
      acted(context, () => context.catalogueWrites.refund(context.program, input)),
  }),
);
