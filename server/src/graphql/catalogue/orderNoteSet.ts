import { noteOrder } from '../../services/catalogue/noteOrder.ts';
import type { OrderView } from '../../services/catalogue/catalogue.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';
import { orderInput, orderPayload } from './catalogueFields.ts';

mutation({
  name: 'orderNoteSet',
  kind: null,
  scope: 'orders:write',
  cost: 200,
  description:
    'Sets what the operator tells the member about an order, such as a voucher or where to pick it up; never on chain. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'TOO_LONG', 'MALFORMED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    order: orderInput(t),
    note: t.string({
      description:
        'Note, at most 2,000 characters on any number of lines; left out or empty to take it away.',
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: orderPayload,
  empty: { order: null as OrderView | null },
  resolve: (context, { order, note, idempotencyKey }) =>
    noteOrder(context, context.program, { order, note: note ?? null, idempotencyKey }),
});
