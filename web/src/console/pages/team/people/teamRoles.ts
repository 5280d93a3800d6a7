import type { ConsoleRole } from '../../../access/workplace.ts';

/** Roles, with the most rights first. */
export const TEAM_ROLES: readonly ConsoleRole[] = ['OWNER', 'MANAGER', 'FULFILLER', 'VIEWER'];

/** What may be done, by who may, as the service has it. */
export const ROLE_RIGHTS: readonly {
  readonly right:
    | ('read' | 'readOrganisation' | 'orders' | 'members' | 'programs' | 'webhooks')
    | ('terms' | 'organisation');
  readonly roles: readonly ConsoleRole[];
}[] = [
  { right: 'read', roles: TEAM_ROLES },
  { right: 'readOrganisation', roles: ['OWNER', 'MANAGER', 'VIEWER'] },
  { right: 'orders', roles: ['OWNER', 'MANAGER', 'FULFILLER'] },
  { right: 'members', roles: ['OWNER', 'MANAGER'] },
  { right: 'programs', roles: ['OWNER', 'MANAGER'] },
  { right: 'webhooks', roles: ['OWNER', 'MANAGER'] },
  { right: 'terms', roles: ['OWNER'] },
  { right: 'organisation', roles: ['OWNER'] },
];
