import type { Address } from '@dewpoint/contracts/statement.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';

mutation({
  name: 'memberErase',
  kind: null,
  scope: 'members:write',
  forOwners: 'ALL',
  cost: 1_000,
  description:
    "Erases what the service knows of a member, for good: the app's id, its sessions, which end at once, notes on its orders, and what its actions say beyond rule, count, amount and time, of which the rest goes when their settlement window has closed. Points stay where they are on chain, and what is earned is still settled; the same id reported again is a new member. Safe to repeat with the same idempotencyKey.",
  errors: ['BUSY', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    memberId: t.string({ required: true, description: "The app's own id of the member." }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    account: t.field({
      type: 'Address',
      nullable: true,
      description:
        'Gasless account of the member, which keeps its points; null when there are userErrors.',
      resolve: ({ account }) => account,
    }),
  }),
  empty: { account: null as Address | null },
  resolve: ({ memberEraser, program }, input) => memberEraser.erase(program, input),
});
