import { createHash } from 'node:crypto';
import type { Environment } from '../../domain/environment.ts';
import { ServiceError, UserError, refuseIfAny, type Refusal } from '../../domain/errors.ts';
import { checkId } from '../../domain/ids.ts';
import { nameForm } from '../../domain/names.ts';
import type { Organisation } from '../../domain/organisations/organisation.ts';
import type { Person } from '../../domain/organisations/person.ts';
import { SCOPES_OF_ROLES, type Role } from '../../domain/organisations/roles.ts';
import { show } from '../../domain/show.ts';
import {
  MAX_LISTED,
  type Membership,
  type People,
  type PersonSession,
  type TeamMember,
  type Teams,
} from '../../ports/people.ts';

/** Organisations, and what a person does for itself. */
export interface Organisations {
  find(id: string): Promise<Organisation | null>;
  /** Tells whether anybody in the team of an organisation may create programs in an environment yet. */
  mayUse(id: string, environment: Environment): Promise<boolean>;
  /** Finds an organisation of a person by its id. @throws UserError NOT_FOUND when it is in none such */
  membershipOf(person: Person, id: string): Promise<Membership>;
  /** Lists the organisations of a person in the order in which it joined them. */
  membershipsOf(person: Person): Promise<Membership[]>;
  /** Lists the sessions of a person that are good, newest first. */
  sessionsOf(person: Person): Promise<PersonSession[]>;
  /** Ends a session of a person at once, on every server. @throws UserError NOT_FOUND for one that is not theirs */
  revokeSession(person: Person, sessionId: string): Promise<void>;
  /**
   * Creates an organisation, with the person as its owner.
   *
   * @param effectId Names the write: doing it again changes nothing.
   * @throws UserError with the field and the rule that it breaks
   */
  create(
    person: Person,
    input: { readonly name: string; readonly slug: string },
    effectId: string,
  ): Promise<Organisation>;
}

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;
const ID_DIGITS = 16;

/** Makes an id from the write that makes the document, so that the write can be repeated. */
export const idOfEffect = (prefix: 'org' | 'invitation', effectId: string): string => {
  const digest = createHash('sha256').update(`${prefix} ${effectId}`).digest('hex');
  return `${prefix}_${digest.slice(0, ID_DIGITS)}`;
};

function checkSlug(slug: string): Refusal | null {
  if (SLUG.test(slug)) return null;
  return {
    code: 'MALFORMED',
    field: 'slug',
    message: `slug is ${show(slug)}; it must be 3 to 40 lower-case letters, digits and hyphens, and neither begin nor end with a hyphen.`,
  };
}

/** A person with its role in an organisation, as far as it decides what it may change there. */
interface Placed {
  readonly person: Pick<Person, 'hasTwoFactor'>;
  readonly role: Role | null;
}

const lacksTwoFactor = ({ person, role }: Placed): boolean =>
  role === 'owner' && !person.hasTwoFactor;

const mayCreate = ({ role }: TeamMember): boolean =>
  SCOPES_OF_ROLES[role].includes('program:write');

/**
 * Refuses what owners alone may to people of other roles.
 *
 * @param what What was asked for.
 * @throws ServiceError FORBIDDEN
 */
export function requireOwner({ role }: Pick<Placed, 'role'>, what: string): void {
  if (role === 'owner') return;
  throw new ServiceError({
    code: 'FORBIDDEN',
    message: `Of the people of an organisation, owners alone may ${what}; your role is ${role ?? 'none'}. Ask an owner to do it.`,
  });
}

/**
 * Refuses what is for real to an owner whose password is all that protects it.
 *
 * @throws ServiceError TWO_FACTOR_REQUIRED
 */
export function requireTwoFactor(caller: Placed): void {
  if (!lacksTwoFactor(caller)) return;
  throw new ServiceError({
    code: 'TWO_FACTOR_REQUIRED',
    message:
      'Owners change what is live with an authenticator app only; set one up with POST /auth/two-factor/enable, then repeat the request.',
  });
}

/**
 * Refuses people who would be or act for a member of a live program: they try what a member sees and does in test only.
 *
 * @throws ServiceError FORBIDDEN
 */
export function refusePeopleInLive(
  caller: { readonly kind: string; readonly environment: Environment } | null,
): void {
  if (caller?.kind !== 'PERSON' || caller.environment === 'test') return;
  throw new ServiceError({
    code: 'FORBIDDEN',
    message:
      "In live only the app's own backend opens sessions of members and acts for them, with its API key.",
  });
}

export function createOrganisations({
  people,
  teams,
  wallNowMs,
}: {
  people: People;
  teams: Teams;
  wallNowMs: () => number;
}): Organisations {
  return {
    find: (id) => teams.organisation(id),
    mayUse: async (id, environment) => {
      const creators = (await teams.team(id)).filter(mayCreate);
      if (environment === 'test') return creators.length > 0;
      return creators.some((one) => !lacksTwoFactor(one));
    },
    membershipOf: async (person, id) => {
      const found = await teams.membership(person.id, id);
      if (found?.organisation.id === id) return found;
      throw new UserError({
        code: 'NOT_FOUND',
        field: 'organisationId',
        message: `You are in no organisation ${show(id)}; it must be the id of one of yours.`,
      });
    },
    membershipsOf: ({ id }) => teams.memberships(id),
    sessionsOf: (person) => people.sessions(person),
    revokeSession: async ({ id }, sessionId) => {
      if (await people.revokeSession(id, sessionId)) return;
      throw new UserError({
        code: 'NOT_FOUND',
        field: 'id',
        message: `There is no session ${show(sessionId)} of yours; it may have ended.`,
      });
    },
    create: async (person, { name, slug }, effectId) => {
      refuseIfAny([checkId('name', name), checkSlug(slug)]);
      const organisation = { id: idOfEffect('org', effectId), name: nameForm(name), slug };
      const memberships = await teams.memberships(person.id);
      const isThere = memberships.some(({ organisation: { id } }) => id === organisation.id);
      if (memberships.length >= MAX_LISTED && !isThere) {
        throw new UserError({
          code: 'LIMIT_EXCEEDED',
          field: null,
          message: `You are in ${memberships.length} organisations; at most ${MAX_LISTED} are possible. Leave one first.`,
        });
      }
      if (!(await teams.createOrganisation(organisation, wallNowMs()))) {
        throw new UserError({
          code: 'SLUG_TAKEN',
          field: 'slug',
          message: `slug ${show(slug)} belongs to another organisation; choose another one.`,
        });
      }
      await teams.join(organisation.id, person.id, 'owner');
      return organisation;
    },
  };
}
