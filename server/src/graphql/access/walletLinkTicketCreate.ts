import { refusePeopleInLive } from '../../services/organisations/organisations.ts';
import type { LinkTicket } from '../../services/access/linkTickets.ts';
import { mutation } from '../mutations/mutation.ts';
import { onceKeyInput } from './memberSession.ts';

mutation({
  name: 'walletLinkTicketCreate',
  kind: null,
  scope: 'members:write',
  isForMembers: true,
  cost: 100,
  description:
    'Makes a ticket for a member, good once and for 15 minutes: the pages /w/:program and /w/:program/link open a session with it, outside of the frame of the app, where wallets are. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'FORBIDDEN', 'REQUIRED', 'TOO_LONG', 'MALFORMED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    memberId: t.string({
      description: "The app's own id of the member; left out in a session of the member.",
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    ticket: t.string({
      nullable: true,
      description: 'Ticket, which is not stored; null when there are userErrors.',
      resolve: ({ made }) => made?.ticket ?? null,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time from which the ticket is void; null when there are userErrors.',
      resolve: ({ made }) => made?.expiresAtMs ?? null,
    }),
  }),
  empty: { made: null as LinkTicket | null },
  resolve: async (context, input) => {
    refusePeopleInLive(context.caller);
    const memberId = context.memberIdOf(input.memberId);
    const isOwn = context.caller?.kind === 'MEMBER';
    const { idempotencyKey } = input;
    const asked = { memberId, idempotencyKey, isOwn };
    return { made: await context.linkTickets.create(context.program, asked) };
  },
});
