import { UserError } from '../../domain/errors.ts';
import type { MemberSessionRecord } from '../../ports/stores/access.ts';
import type { GraphqlContext } from '../core/context.ts';
import { mutation } from '../mutations/mutation.ts';
import { MemberSessionType, onceKeyInput } from './memberSession.ts';

/** The session that is meant: of a member its present one, unless it names another. */
function sessionIdOf({ caller }: GraphqlContext, given: string | null | undefined): string {
  if (given != null) return given;
  if (caller?.kind === 'MEMBER') return caller.sessionId;
  throw new UserError({
    code: 'REQUIRED',
    field: 'sessionId',
    message: 'sessionId is missing; it must be the id of a session of memberSessionCreate.',
  });
}

mutation({
  name: 'memberSessionRevoke',
  kind: null,
  scope: 'members:write',
  isForMembers: true,
  cost: 100,
  description:
    'Revokes a session of a member: its token is void from the next request on, on every server. A member revokes its own ones. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'REQUIRED', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    sessionId: t.string({
      description: 'Id of the session; left out by a member for the session of the request.',
    }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    session: t.field({
      type: MemberSessionType,
      nullable: true,
      description: 'The session; null when there are userErrors.',
      resolve: ({ session }) => session,
    }),
  }),
  empty: { session: null as MemberSessionRecord | null },
  resolve: async (context, { sessionId, idempotencyKey }) => {
    const { caller, program, memberSessions } = context;
    const externalId = caller?.kind === 'MEMBER' ? caller.externalId : null;
    const input = { sessionId: sessionIdOf(context, sessionId), idempotencyKey };
    return { session: await memberSessions.revoke({ program, externalId }, input) };
  },
});
