import { addItem } from '../../services/catalogue/addItem.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemPayload } from './catalogueFields.ts';

contractMutation({
  name: 'itemAdd',
  kind: 'OPERATOR',
  description: 'Adds an item; it can be ordered at once.',
  errors: ['OUT_OF_RANGE', 'REQUIRED', 'TOO_LONG', 'MALFORMED', 'NOT_OPERATOR'],
  input: (t) => ({
    price: t.field({ type: 'Points', required: true, description: 'For one piece, 0.01 or more.' }),
    stock: t.field({
      type: 'UInt',
      description: 'Pieces, at most 4,294,967,294; left out: as many as wanted.',
    }),
    text: t.string({
      required: true,
      description: 'Plain words for members, 1 to 512 bytes. Never changes.',
    }),
  }),
  resolve: (context, request, { stock, ...input }) =>
    addItem(context, request, { ...input, stock: stock ?? null }),
  payload: itemPayload,
});
