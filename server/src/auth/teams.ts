import type { Organisation } from '../domain/organisations/organisation.ts';
import type { Role } from '../domain/organisations/roles.ts';
import { MAX_LISTED, type Invitation, type Membership, type Teams } from '../ports/people.ts';
import { newId, type Library } from './options.ts';
import { toPerson, type UserRow } from './people.ts';
import { isDuplicate } from './uniqueErrors.ts';

interface MemberRow {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: string;
  readonly createdAt: Date;
}

interface InvitationRow {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role?: string | null | undefined;
  readonly inviterId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

// What else is in a document was not written by this folder.
const toOrganisation = ({ id, name, slug }: Organisation): Organisation => ({ id, name, slug });

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  organisationId: row.organizationId,
  email: row.email,
  role: row.role as Role,
  inviterId: row.inviterId,
  createdAtMs: row.createdAt.getTime(),
  expiresAtMs: row.expiresAt.getTime(),
});

const is = (field: string, value: string): { field: string; value: string } => ({ field, value });
const inTeam = (organisationId: string, personId: string): ReturnType<typeof is>[] => [
  is('organizationId', organisationId),
  is('userId', personId),
];
const isOpen = is('status', 'pending');
const OLDEST_FIRST = { field: 'createdAt', direction: 'asc' } as const;

/**
 * Creates the port of teams on the library's database: its routes can't create anything under an id of ours, by which a write that
 * is repeated changes nothing.
 */
export function createTeams(library: () => Library): Teams {
  const adapter = async () => (await library().$context).adapter;

  const findOrganisation = async (
    field: 'id' | 'slug',
    value: string,
  ): Promise<Organisation | null> => {
    const found = await (
      await adapter()
    ).findOne<Organisation>({ model: 'organization', where: [is(field, value)] });
    return found === null ? null : toOrganisation(found);
  };

  /** Writes a document; false when one like it is there. */
  const created = async (model: string, data: Record<string, unknown>): Promise<boolean> => {
    try {
      await (await adapter()).create({ model, data, forceAllowId: true });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };

  return {
    memberships: async (personId) => {
      const database = await adapter();
      const rows = await database.findMany<MemberRow>({
        model: 'member',
        where: [is('userId', personId)],
        sortBy: OLDEST_FIRST,
        limit: MAX_LISTED,
      });
      if (rows.length === 0) return [];
      const organisations = await database.findMany<Organisation>({
        model: 'organization',
        where: [
          { field: 'id', operator: 'in', value: rows.map(({ organizationId }) => organizationId) },
        ],
        limit: MAX_LISTED,
      });
      const byId = new Map(organisations.map((one) => [one.id, toOrganisation(one)]));
      return rows.flatMap(({ organizationId, role }): Membership[] => {
        const organisation = byId.get(organizationId);
        return organisation === undefined ? [] : [{ organisation, role: role as Role }];
      });
    },
    membership: async (personId, idOrSlug) => {
      const organisation =
        (await findOrganisation('id', idOrSlug)) ?? (await findOrganisation('slug', idOrSlug));
      if (organisation === null) return null;
      const row = await (
        await adapter()
      ).findOne<MemberRow>({ model: 'member', where: inTeam(organisation.id, personId) });
      return row === null ? null : { organisation, role: row.role as Role };
    },
    organisation: (id) => findOrganisation('id', id),
    createOrganisation: async ({ id, name, slug }, createdAtMs) => {
      const createdAt = new Date(createdAtMs);
      if (await created('organization', { id, name, slug, createdAt })) return true;
      return (await findOrganisation('slug', slug))?.id === id;
    },
    join: async (organizationId, userId, role) => {
      const createdAt = new Date();
      await created('member', { id: newId('member'), organizationId, userId, role, createdAt });
    },
    team: async (organisationId) => {
      const database = await adapter();
      const rows = await database.findMany<MemberRow>({
        model: 'member',
        where: [is('organizationId', organisationId)],
        sortBy: OLDEST_FIRST,
        limit: MAX_LISTED,
      });
      if (rows.length === 0) return [];
      const people = await database.findMany<UserRow>({
        model: 'user',
        where: [{ field: 'id', operator: 'in', value: rows.map(({ userId }) => userId) }],
        limit: MAX_LISTED,
      });
      const byId = new Map(people.map((row) => [row.id, toPerson(row)]));
      return rows.flatMap(({ userId, role, createdAt }) => {
        const person = byId.get(userId);
        if (person === undefined) return [];
        return [{ person, role: role as Role, joinedAtMs: createdAt.getTime() }];
      });
    },
    setRole: async (organisationId, personId, role) =>
      (await (
        await adapter()
      ).update({ model: 'member', where: inTeam(organisationId, personId), update: { role } })) !==
      null,
    leave: async (organisationId, personId) =>
      (await (
        await adapter()
      ).deleteMany({ model: 'member', where: inTeam(organisationId, personId) })) > 0,
    invite: async ({ id, organisationId, email, role, inviterId, createdAtMs, expiresAtMs }) => {
      const [createdAt, expiresAt] = [new Date(createdAtMs), new Date(expiresAtMs)];
      const organizationId = organisationId;
      const times = { createdAt, expiresAt };
      await created('invitation', {
        ...{ id, organizationId, email, role, inviterId, status: 'pending', ...times },
      });
    },
    invitation: async (id) => {
      const row = await (
        await adapter()
      ).findOne<InvitationRow>({ model: 'invitation', where: [is('id', id), isOpen] });
      return row === null ? null : toInvitation(row);
    },
    invitations: async (organisationId) => {
      const rows = await (
        await adapter()
      ).findMany<InvitationRow>({
        model: 'invitation',
        where: [
          is('organizationId', organisationId),
          isOpen,
          { field: 'expiresAt', operator: 'gt', value: new Date() },
        ],
        sortBy: OLDEST_FIRST,
        limit: MAX_LISTED,
      });
      return rows.map(toInvitation);
    },
    endInvitation: async (id, status) =>
      (await (
        await adapter()
      ).update({ model: 'invitation', where: [is('id', id), isOpen], update: { status } })) !==
      null,
  };
}
