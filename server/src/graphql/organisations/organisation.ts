import { ENVIRONMENTS, type Environment } from '../../domain/environment.ts';
import type { Organisation } from '../../domain/organisations/organisation.ts';
import { ROLES } from '../../domain/organisations/roles.ts';
import { ServiceError } from '../../domain/errors.ts';
import {
  MAX_LISTED,
  type Membership,
  type PersonSession,
  type TeamMember,
} from '../../ports/people.ts';
import type { PersonCaller } from '../../services/access/callers.ts';
import type { LinkedInvitation } from '../../services/organisations/team.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { EnvironmentEnum } from '../core/environmentEnum.ts';

const OF_PEOPLE = { $any: { 'person:self': true, 'organisation:read': true } } as const;
const OF_ITSELF = { 'person:self': true } as const;
/** What a list asks of the database. */
const LIST_COST = 20;

/** The person of a request whose scope only people have. */
export function callingPerson({ caller }: GraphqlContext): PersonCaller {
  if (caller?.kind === 'PERSON') return caller;
  throw new ServiceError({ code: 'FORBIDDEN', message: 'Only a person who is signed in may.' });
}

/** Opens what is inside an organisation, to those of its people who may read it. */
const inside = ({ id }: Organisation, _args: unknown, context: GraphqlContext): boolean =>
  context.caller?.organisationId === id && context.may('organisation:read');

export const RoleEnum = builder.enumType('Role', {
  description: 'What a person may do in an organisation.',
  values: {
    OWNER: { value: ROLES[0], description: 'All, with the team, keys and environments.' },
    MANAGER: { value: ROLES[1], description: 'All of programs; reads the team.' },
    FULFILLER: { value: ROLES[2], description: 'Reads programs and members, works off orders.' },
    VIEWER: { value: ROLES[3], description: 'Reads all, writes nothing.' },
  } as const,
});

export const TeamMemberType = builder.objectRef<TeamMember>('TeamMember').implement({
  description: 'A person in the team of an organisation.',
  authScopes: { 'organisation:read': true },
  fields: (t) => ({
    personId: t.string({
      description: 'Id of the person, for `teamRoleSet` and `teamMemberRemove`.',
      resolve: ({ person }) => person.id,
    }),
    name: t.string({ description: 'Name.', resolve: ({ person }) => person.name }),
    email: t.string({ description: 'Email address.', resolve: ({ person }) => person.email }),
    hasTwoFactor: t.boolean({
      description: 'Whether signing in takes a code of an authenticator app.',
      resolve: ({ person }) => person.hasTwoFactor,
    }),
    role: t.field({ type: RoleEnum, description: 'Role.', resolve: ({ role }) => role }),
    joinedAt: t.field({
      type: 'DateTime',
      description: 'Time of joining.',
      resolve: ({ joinedAtMs }) => joinedAtMs,
    }),
  }),
});

export const InvitationType = builder.objectRef<LinkedInvitation>('Invitation').implement({
  description: 'A person who was asked to join a team, and has not yet.',
  authScopes: { 'organisation:read': true },
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id, for `invitationCancel`.' }),
    email: t.exposeString('email', { description: 'Address that may accept, in lower case.' }),
    role: t.field({ type: RoleEnum, description: 'Role to come.', resolve: ({ role }) => role }),
    url: t.exposeString('url', {
      description:
        'Page to accept on, to be passed on when no letter was sent. It works for the person with the address alone.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Time of inviting.',
      resolve: ({ createdAtMs }) => createdAtMs,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Time until which it can be accepted.',
      resolve: ({ expiresAtMs }) => expiresAtMs,
    }),
  }),
});

/** An environment that the service has, for an organisation. */
interface OrganisationEnvironment {
  readonly organisationId: string;
  readonly environment: Environment;
  readonly chainId: number;
}

const EnvironmentType = builder
  .objectRef<OrganisationEnvironment>('OrganisationEnvironment')
  .implement({
    description: 'An environment that the service has, as an organisation finds it.',
    authScopes: OF_PEOPLE,
    fields: (t) => ({
      environment: t.expose('environment', {
        type: EnvironmentEnum,
        description: 'Which one; for the header `dewpoint-environment`, in lower case.',
      }),
      chainId: t.expose('chainId', {
        type: 'UInt',
        description: 'Id of the chain that its programs are on.',
      }),
      isUsable: t.boolean({
        extensions: { cost: LIST_COST },
        description:
          'Whether anybody of the team may create programs there yet: an owner may in LIVE with an authenticator app alone.',
        resolve: ({ organisationId, environment }, _args, { organisations }) =>
          organisations.mayUse(organisationId, environment),
      }),
      now: t.field({
        type: 'DateTime',
        description:
          'Time of its chain: what `startsAt` and `firstRoundAt` of `programCreate` are judged by. Errors: CHAIN_UNAVAILABLE.',
        resolve: async ({ environment }, _args, context) => {
          const services = context.in(environment);
          if (services === null) throw new Error(`there is no ${environment}`);
          return (await services.clock.now()).nowMs;
        },
      }),
    }),
  });

export const OrganisationType = builder.objectRef<Organisation>('Organisation').implement({
  description: 'A company or a person that runs programs.',
  authScopes: OF_PEOPLE,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id, for the header `dewpoint-organisation`.' }),
    name: t.exposeString('name', { description: 'Name.' }),
    slug: t.exposeString('slug', {
      description: 'Name in addresses; good for the header `dewpoint-organisation` too.',
    }),
    environments: t.field({
      type: [EnvironmentType],
      extensions: { rows: ENVIRONMENTS.length },
      description: 'Environments that the service has, TEST first; LIVE once it has a live chain.',
      resolve: ({ id }, _args, context) =>
        ENVIRONMENTS.flatMap((environment) => {
          const services = context.in(environment);
          if (services === null) return [];
          return [{ organisationId: id, environment, chainId: services.chainId }];
        }),
    }),
    team: t.field({
      type: [TeamMemberType],
      authScopes: inside,
      extensions: { rows: MAX_LISTED, cost: LIST_COST },
      description: 'People of the team in the order of joining; at most 100.',
      resolve: ({ id }, _args, { team }) => team.list(id),
    }),
    invitations: t.field({
      type: [InvitationType],
      authScopes: inside,
      extensions: { rows: MAX_LISTED, cost: LIST_COST },
      description: 'Invitations that are open, oldest first; at most 100.',
      resolve: ({ id }, _args, { team }) => team.invitations(id),
    }),
  }),
});

const MembershipType = builder.objectRef<Membership>('Membership').implement({
  description: 'An organisation of a person.',
  authScopes: OF_ITSELF,
  fields: (t) => ({
    organisation: t.field({
      type: OrganisationType,
      description: 'The organisation.',
      resolve: ({ organisation }) => organisation,
    }),
    role: t.field({
      type: RoleEnum,
      description: 'Role of the person in it.',
      resolve: ({ role }) => role,
    }),
  }),
});

const SessionType = builder.objectRef<PersonSession>('PersonSession').implement({
  description: 'A sign-in of a person on a device.',
  authScopes: OF_ITSELF,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id, for `sessionRevoke`.' }),
    isCurrent: t.boolean({
      description: 'Whether the request was sent by it.',
      resolve: ({ id }, _args, context) => callingPerson(context).sessionId === id,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'Time of signing in.',
      resolve: ({ createdAtMs }) => createdAtMs,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Time until which it is good when it is not used.',
      resolve: ({ expiresAtMs }) => expiresAtMs,
    }),
    ipAddress: t.exposeString('ipAddress', {
      nullable: true,
      description: 'Address that it was begun from; null when unknown.',
    }),
    userAgent: t.exposeString('userAgent', {
      nullable: true,
      description: 'What the browser called itself; null when it said nothing.',
    }),
  }),
});

const PersonType = builder.objectRef<PersonCaller>('Person').implement({
  description: 'The person who is signed in.',
  authScopes: OF_ITSELF,
  fields: (t) => ({
    id: t.string({ description: 'Id.', resolve: ({ person }) => person.id }),
    name: t.string({ description: 'Name.', resolve: ({ person }) => person.name }),
    email: t.string({ description: 'Email address.', resolve: ({ person }) => person.email }),
    hasTwoFactor: t.boolean({
      description:
        'Whether signing in takes a code of an authenticator app, as owners need for what is live.',
      resolve: ({ person }) => person.hasTwoFactor,
    }),
    role: t.field({
      type: RoleEnum,
      nullable: true,
      description: 'Role in the organisation of the request; null when it names none.',
      resolve: ({ role }) => role,
    }),
    memberships: t.field({
      type: [MembershipType],
      extensions: { rows: MAX_LISTED, cost: LIST_COST },
      description: 'Organisations in the order of joining; at most 100.',
      resolve: ({ person }, _args, { organisations }) => organisations.membershipsOf(person),
    }),
    sessions: t.field({
      type: [SessionType],
      extensions: { rows: MAX_LISTED, cost: LIST_COST },
      description: 'Sessions that are good, newest first; at most 100.',
      resolve: ({ person }, _args, { organisations }) => organisations.sessionsOf(person),
    }),
  }),
});

builder.queryFields((t) => ({
  person: t.field({
    type: PersonType,
    authScopes: OF_ITSELF,
    description: 'Returns the person who is signed in.',
    resolve: (_root, _args, context) => callingPerson(context),
  }),
  organisation: t.field({
    type: OrganisationType,
    nullable: true,
    authScopes: OF_PEOPLE,
    extensions: { cost: LIST_COST },
    description:
      'Returns the organisation of the request, named by the header `dewpoint-organisation`.',
    resolve: (_root, _args, { organisationId, organisations }) =>
      organisations.find(organisationId),
  }),
}));
