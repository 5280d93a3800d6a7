/** What API keys may be allowed. */
export const KEY_SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'orders:write',
  'program:read',
  'program:write',
  'webhooks:write',
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** For an app: all but what is signed with the operator's key, which is for the operator alone. */
export const APP_SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'program:read',
] as const satisfies readonly KeyScope[];

/** What people may be allowed besides: the team, its keys and its log. */
export const ORGANISATION_SCOPES = ['organisation:read', 'organisation:write'] as const;

/**
 * Everything that a caller may be allowed. `member:self` is a member with its own session and `person:self` a person who is signed in,
 * each for what is its own alone.
 */
export type CallerScope =
  KeyScope | (typeof ORGANISATION_SCOPES)[number] | 'member:self' | 'person:self';
