import { refusePeopleInLive } from '../../services/organisations/organisations.ts';
import { mutation } from '../mutations/mutation.ts';
import { NOTHING_OPENED, onceKeyInput, openedPayload } from './memberSession.ts';

mutation({
  name: 'memberSessionCreate',
  kind: null,
  scope: 'members:write',
  cost: 100,
  description:
    "Opens a session for a member: the app's backend asks for it and hands the token to the member's page. It is good for 10 minutes, on every server; of a member the newest 20 are. People open sessions in test only. Safe to repeat with the same idempotencyKey.",
  errors: ['BUSY', 'FORBIDDEN', 'REQUIRED', 'TOO_LONG', 'MALFORMED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    memberId: t.string({
      required: true,
      description:
        "The app's own id of the member, of whom no action has to have been recorded yet.",
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: openedPayload,
  empty: NOTHING_OPENED,
  resolve: async (context, input) => {
    refusePeopleInLive(context.caller);
    return { opened: await context.memberSessions.create(context.program, input) };
  },
});
