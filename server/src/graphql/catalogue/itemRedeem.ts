import { redeemItem } from '../../services/catalogue/redeemItem.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, orderPayload } from './catalogueFields.ts';

contractMutation({
  name: 'itemRedeem',
  kind: 'MEMBER',
  description:
    'Orders pieces of an item for points, which stay in escrow until the order is fulfilled or refunded; the idempotencyKey becomes the reference of the order on chain. Where settled points are not enough, earned ones are settled at once.',
  errors: [
    'NOT_FOUND',
    'ITEM_WITHDRAWN',
    'OUT_OF_STOCK',
    'PRICE_TOO_HIGH',
    'ORDER_REF_USED',
    'INSUFFICIENT_POINTS',
    'OUT_OF_RANGE',
  ],
  input: (t) => ({
    item: itemInput(t),
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
  resolve: (context, request, input) => redeemItem(context, request, input),
  payload: orderPayload,
});
