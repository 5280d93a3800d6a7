import type { TeamMember } from '../../ports/people.ts';
import { onceKeyInput } from '../access/memberSession.ts';
import { leaveTeam } from '../../services/organisations/leaveTeam.ts';
import { recordCall } from '../mutations/audited.ts';
import { mutation } from '../mutations/mutation.ts';
import { requireTwoFactorForTeam } from './liveTeam.ts';
import { callingPerson, RoleEnum, TeamMemberType } from './organisation.ts';

mutation({
  name: 'teamRoleSet',
  kind: null,
  scope: 'organisation:write',
  cost: 100,
  description:
    'Gives a person of the team another role, from its next request on; the invitations of who is an owner no more end. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'LAST_OWNER', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    personId: t.string({ required: true, description: 'Id of the person.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'The role.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    member: t.field({
      type: TeamMemberType,
      nullable: true,
      description: 'The person with its role; null when there are userErrors.',
      resolve: ({ member }) => member,
    }),
  }),
  empty: { member: null as TeamMember | null },
  resolve: async (context, { idempotencyKey, ...input }) => {
    await requireTwoFactorForTeam(context);
    const { organisationId, team } = context;
    const write = { owner: [organisationId], kind: 'teamRoleSet', idempotencyKey, input };
    const { personId, role } = input;
    const { person } = callingPerson(context);
    const member = await context.once.run(write, () =>
      team.setRole(person, organisationId, personId, role),
    );
    return { member };
  },
});

mutation({
  name: 'teamMemberRemove',
  kind: null,
  scope: 'organisation:write',
  cost: 100,
  description:
    'Takes a person out of the team, from its next request on, with the invitations of its address and those that it made. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'LAST_OWNER', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    personId: t.string({ required: true, description: 'Id of the person.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    personId: t.string({
      nullable: true,
      description: 'Id of the person; null when there are userErrors.',
      resolve: ({ personId }) => personId,
    }),
  }),
  empty: { personId: null as string | null },
  resolve: async (context, { personId, idempotencyKey }) => {
    await requireTwoFactorForTeam(context);
    const { organisationId, team } = context;
    const { person } = callingPerson(context);
    const input = { personId };
    const write = { owner: [organisationId], kind: 'teamMemberRemove', idempotencyKey, input };
    return context.once.run(write, async () => {
      await team.remove(person, organisationId, personId);
      return { personId };
    });
  },
});

mutation({
  name: 'teamLeave',
  kind: null,
  scope: 'person:self',
  cost: 100,
  description:
    'Takes the person who is signed in out of the team of an organisation, from its next request on. The last owner stays. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'LAST_OWNER', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    organisationId: t.string({ required: true, description: 'Id of the organisation.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    organisationId: t.string({
      nullable: true,
      description: 'Id of the organisation; null when there are userErrors.',
      resolve: ({ organisationId }) => organisationId,
    }),
  }),
  empty: { organisationId: null as string | null },
  resolve: async (context, input) => {
    const caller = callingPerson(context);
    const { person } = caller;
    const organisationId = await leaveTeam(context, person, input, (left, leave) =>
      // In the log of the one that is left, whichever the request is for.
      recordCall<void>(
        context,
        { caller, organisationId: left.organisation.id },
        {
          ...{ mutation: 'teamLeave', input },
          state: (done) => Promise.resolve(done === null ? left : null),
        },
        () => ({ userErrors: [], transactionId: null }),
        leave,
      ),
    );
    return { organisationId };
  },
});

mutation({
  name: 'sessionRevoke',
  kind: null,
  scope: 'person:self',
  cost: 100,
  description:
    'Ends a session of the person who is signed in, at once and on every server. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the session.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    id: t.string({
      nullable: true,
      description: 'Id of the session; null when there are userErrors.',
      resolve: ({ id }) => id,
    }),
  }),
  empty: { id: null as string | null },
  resolve: async (context, { id, idempotencyKey }) => {
    const { person } = callingPerson(context);
    const write = { owner: [person.id], kind: 'sessionRevoke', idempotencyKey, input: { id } };
    return context.once.run(write, async () => {
      await context.organisations.revokeSession(person, id);
      return { id };
    });
  },
});
