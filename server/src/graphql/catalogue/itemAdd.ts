import { addItem } from '../../services/catalogue/addItem.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemState } from '../mutations/states.ts';
import { itemPayload } from './catalogueFields.ts';

contractMutation({
  name: 'itemAdd',
  kind: 'OPERATOR',
  description: 'Adds an item to the catalogue; members can order it at once.',
  errors: ['OUT_OF_RANGE', 'REQUIRED', 'TOO_LONG', 'MALFORMED', 'NOT_OPERATOR'],
  input: (t) => ({
    price: t.field({
      type: 'Points',
      required: true,
      description: 'Price of one piece, 0.01 or more.',
    }),
    stock: t.field({
      type: 'UInt',
      description:
        'Pieces that can be ordered, at most 4,294,967,294; left out for an unlimited stock.',
    }),
    text: t.string({
      required: true,
      description: 'Description of the item for members, 1 to 512 bytes; never changes.',
    }),
  }),
  resolve: (context, request, { stock, ...input }) =>
    addItem(context, request, { ...input, stock: stock ?? null }),
  payload: itemPayload,
  // There is nothing of its number before.
  state: async (context, _input, added) =>
    added?.item ? itemState(context, { item: added.item.number }) : null,
});
