import { createAccessControl } from 'better-auth/plugins/access';
import type { OrganizationOptions } from 'better-auth/plugins';
import { SCOPES_OF_ROLES, type Role } from '../domain/organisations/roles.ts';

/** What the library lets a role do to a team. */
const access = createAccessControl({
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
});

const ALL = access.newRole(access.statements);
const NOTHING = access.newRole({ organization: [], member: [], invitation: [] });

const accessOf = (role: Role): typeof ALL | typeof NOTHING =>
  SCOPES_OF_ROLES[role].includes('organisation:write') ? ALL : NOTHING;

/** The roles of Dewpoint in the words of the library: who may write to the organisation may do all, the others nothing. */
export const ROLE_OPTIONS = {
  ac: access,
  creatorRole: 'owner' satisfies Role,
  roles: {
    owner: accessOf('owner'),
    manager: accessOf('manager'),
    fulfiller: accessOf('fulfiller'),
    viewer: accessOf('viewer'),
  } satisfies Record<Role, unknown>,
} satisfies OrganizationOptions;
