import { redeemItem } from '../../services/catalogue/redeemItem.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, orderPayload } from './catalogueFields.ts';

contractMutation({
  name: 'itemRedeem',
  kind: 'MEMBER',
  description:
    'Orders pieces of an item for points of a member, with the idempotencyKey as the reference of the order on chain; when settled points are not enough, earned ones are settled at once.',
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
      description: 'Number of pieces, 1 or more.',
    }),
    maxPrice: t.field({
      type: 'Points',
      required: true,
      description:
        'Highest price of one piece that the member agrees to; the order is refused when the item costs more.',
    }),
  }),
  resolve: (context, request, input) => redeemItem(context, request, input),
  payload: orderPayload,
});
