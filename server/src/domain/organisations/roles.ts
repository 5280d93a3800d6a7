import type { CallerScope } from './scopes.ts';

/** Roles of people in an organisation, with the most rights first. */
export const ROLES = ['owner', 'manager', 'fulfiller', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const VIEWER = ['organisation:read', 'program:read', 'members:read'] as const;
const MANAGER = [
  ...VIEWER,
  'actions:write',
  'members:write',
  'orders:write',
  'program:write',
  'webhooks:write',
] as const;

/** What people of each role may do. Team, keys and the environments are for owners alone. */
export const SCOPES_OF_ROLES: Readonly<Record<Role, readonly CallerScope[]>> = {
  owner: [...MANAGER, 'organisation:write'],
  manager: MANAGER,
  fulfiller: ['program:read', 'members:read', 'orders:write'],
  viewer: VIEWER,
};
