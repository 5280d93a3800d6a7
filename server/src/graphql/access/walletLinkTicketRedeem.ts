import { mutation } from '../mutations/mutation.ts';
import { NOTHING_OPENED, onceKeyInput, openedPayload } from './memberSession.ts';

mutation({
  name: 'walletLinkTicketRedeem',
  kind: null,
  scope: 'public',
  cost: 100,
  description:
    'Opens a session of the member whom a ticket is for, once, at whichever server it is redeemed. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'USED_OR_EXPIRED'],
  input: (t) => ({
    ticket: t.string({ required: true, description: 'Ticket of `walletLinkTicketCreate`.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: openedPayload,
  empty: NOTHING_OPENED,
  resolve: async ({ linkTickets }, input) => ({ opened: await linkTickets.redeem(input) }),
});
