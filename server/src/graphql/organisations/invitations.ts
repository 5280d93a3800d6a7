import type { Organisation } from '../../domain/organisations/organisation.ts';
import type { InvitationOffer, LinkedInvitation } from '../../services/organisations/team.ts';
import { onceKeyInput } from '../access/memberSession.ts';
import { builder } from '../core/builder.ts';
import { recordCall } from '../mutations/audited.ts';
import { mutation } from '../mutations/mutation.ts';
import { requireTwoFactorForTeam } from './liveTeam.ts';
import { InvitationType, OrganisationType, callingPerson, RoleEnum } from './organisation.ts';

interface Invited {
  /** Kept with its link: whichever server is asked again, the answer is that of the first, as is the letter. */
  readonly invitation: LinkedInvitation | null;
  readonly isMailed: boolean;
}
const NOBODY: Invited = { invitation: null, isMailed: false };

mutation({
  name: 'invitationCreate',
  kind: null,
  scope: 'organisation:write',
  cost: 100,
  description:
    'Asks a person to join the team of the organisation, in place of an earlier invitation of the same address. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'MALFORMED', 'ALREADY_IN_TEAM', 'LIMIT_EXCEEDED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    email: t.string({ required: true, description: 'Address of the person.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'Role to come.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: InvitationType,
      nullable: true,
      description: 'The invitation; null when there are userErrors.',
      resolve: ({ invitation }) => invitation,
    }),
    isMailed: t.boolean({
      description:
        'Whether a letter was sent; if not, as in a service without a mail server, pass `invitation.url` on.',
      resolve: ({ isMailed }) => isMailed,
    }),
  }),
  empty: NOBODY,
  resolve: async (context, { idempotencyKey, ...input }) => {
    await requireTwoFactorForTeam(context);
    const { organisationId, team } = context;
    const { person } = callingPerson(context);
    const write = { owner: [organisationId], kind: 'invitationCreate', idempotencyKey, input };
    return context.once.run<Invited>(write, (effectId) =>
      team.invite(person, organisationId, input, effectId),
    );
  },
});

mutation({
  name: 'invitationAccept',
  kind: null,
  scope: 'person:self',
  cost: 100,
  description:
    'Joins the team of an organisation, as the person whose address was invited. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'LIMIT_EXCEEDED', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the invitation, from its link.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    organisation: t.field({
      type: OrganisationType,
      nullable: true,
      description: 'The organisation; null when there are userErrors.',
      resolve: ({ organisation }) => organisation,
    }),
  }),
  empty: { organisation: null as Organisation | null },
  resolve: async (context, { id, idempotencyKey }) => {
    const caller = callingPerson(context);
    const { person } = caller;
    const write = { owner: [person.id], kind: 'invitationAccept', idempotencyKey, input: { id } };
    const accept = (): Promise<Organisation> =>
      context.once.run(write, () => context.team.accept(person, id));
    const offer = await context.team.offerTo(person, id);
    // What is no offer any more was accepted, and written down, before; or is refused.
    if (offer === null) return { organisation: await accept() };
    const { organisationId, role } = offer;
    const organisation = await recordCall<Organisation>(
      context,
      // In the log of the one that is joined, whichever the request is for.
      { caller, organisationId },
      {
        ...{ mutation: 'invitationAccept', input: { id } },
        state: (done) => Promise.resolve(done === null ? null : { personId: person.id, role }),
      },
      () => ({ userErrors: [], transactionId: null }),
      accept,
    );
    return { organisation };
  },
});

mutation({
  name: 'invitationCancel',
  kind: null,
  scope: 'organisation:write',
  cost: 100,
  description:
    'Takes an invitation of the organisation back. Safe to repeat with the same idempotencyKey.',
  errors: ['BUSY', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id of the invitation.' }),
    idempotencyKey: onceKeyInput(t),
  }),
  payload: (t) => ({
    id: t.string({
      nullable: true,
      description: 'Id of the invitation; null when there are userErrors.',
      resolve: ({ id }) => id,
    }),
  }),
  empty: { id: null as string | null },
  resolve: async (context, { id, idempotencyKey }) => {
    const { organisationId, team } = context;
    const { person } = callingPerson(context);
    const input = { id };
    const write = { owner: [organisationId], kind: 'invitationCancel', idempotencyKey, input };
    return context.once.run(write, async () => {
      await team.cancel(person, organisationId, id);
      return { id };
    });
  },
});

/** What an invitation and its organisation ask of the database. */
const OFFER_COST = 20;

const OfferType = builder.objectRef<InvitationOffer>('InvitationOffer').implement({
  description: 'What an invitation is for, before it is accepted.',
  authScopes: { 'person:self': true },
  fields: (t) => ({
    organisationName: t.exposeString('organisationName', {
      description: 'Name of the organisation.',
    }),
    role: t.field({ type: RoleEnum, description: 'Role to come.', resolve: ({ role }) => role }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Time until which it can be accepted.',
      resolve: ({ expiresAtMs }) => expiresAtMs,
    }),
  }),
});

builder.queryField('invitation', (t) =>
  t.field({
    type: OfferType,
    nullable: true,
    authScopes: { 'person:self': true },
    extensions: { cost: OFFER_COST },
    description:
      'Returns what an open invitation is for, to the person whose address was invited; null for every other one.',
    args: {
      id: t.arg.string({
        required: true,
        description: 'Id of the invitation, from its link.',
      }),
    },
    resolve: (_root, { id }, context) => context.team.offerTo(callingPerson(context).person, id),
  }),
);
