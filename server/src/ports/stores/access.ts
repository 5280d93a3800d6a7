/** API keys. Implemented in `server/src/store/access`. */

/** Scopes of API keys. */
export const SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'program:read',
  'program:write',
] as const;

/** Scopes for an app: all but `program:write`, which signs with the operator's key and is for the operator alone. */
export const APP_SCOPES = [
  'actions:write',
  'members:read',
  'members:write',
  'program:read',
] as const satisfies readonly Scope[];

export type Scope = (typeof SCOPES)[number];

export interface ApiKeyRecord {
  /** Public id: `key_` and 16 hex digits. */
  readonly id: string;
  readonly programId: string;
  readonly name: string;
  /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  readonly revokedAtMs: number | null;
}

export interface ApiKeyStore {
  insert(key: ApiKeyRecord): Promise<void>;
  findByHash(hash: string): Promise<ApiKeyRecord | null>;
  list(programId: string): Promise<ApiKeyRecord[]>;
  revoke(programId: string, id: string, revokedAtMs: number): Promise<boolean>;
}
