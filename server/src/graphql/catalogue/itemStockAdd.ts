import { addItemStock } from '../../services/catalogue/addItemStock.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, itemPayload } from './catalogueFields.ts';
import { itemState } from '../mutations/states.ts';

contractMutation({
  name: 'itemStockAdd',
  kind: 'OPERATOR',
  description: 'Adds pieces to the stock of an item.',
  errors: ['NOT_FOUND', 'ITEM_WITHDRAWN', 'OUT_OF_RANGE', 'NOT_OPERATOR'],
  input: (t) => ({
    item: itemInput(t),
    added: t.field({
      type: 'UInt',
      required: true,
      description: 'Number of pieces to add, 1 or more.',
    }),
  }),
  resolve: (context, request, input) => addItemStock(context, request, input),
  payload: itemPayload,
  state: (context, input) => itemState(context, input),
});
