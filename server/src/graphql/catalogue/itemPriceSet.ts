import { setItemPrice } from '../../services/catalogue/setItemPrice.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, itemPayload } from './catalogueFields.ts';
import { itemState } from '../mutations/states.ts';

contractMutation({
  name: 'itemPriceSet',
  kind: 'OPERATOR',
  description:
    'Sets the price of an item: a lower price takes effect at once, a higher one after one notice period.',
  errors: ['NOT_FOUND', 'ITEM_WITHDRAWN', 'OUT_OF_RANGE', 'NOT_OPERATOR'],
  input: (t) => ({
    item: itemInput(t),
    price: t.field({
      type: 'Points',
      required: true,
      description: 'Price of one piece, 0.01 or more.',
    }),
  }),
  resolve: (context, request, input) => setItemPrice(context, request, input),
  payload: itemPayload,
  state: (context, input) => itemState(context, input),
});
