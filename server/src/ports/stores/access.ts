/** API keys, and the log of what was asked with them. Implemented in `server/src/store/access`. */
import type { AuditEntry, AuditHead } from '../../domain/organisations/auditLog.ts';
import type { Environment } from '../../domain/environment.ts';
import type { KeyScope } from '../../domain/organisations/scopes.ts';

export interface ApiKeyRecord {
  /** Public id: `key_` and 16 hex digits. */
  readonly id: string;
  readonly organisationId: string;
  readonly environment: Environment;
  /** The only program that it opens; null for every program of the organisation in the environment. */
  readonly programId: string | null;
  readonly name: string;
  /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
  readonly hash: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAtMs: number;
  /** From then on it is nobody's; null for one that does not end by itself. */
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** Last use, up to a minute late; null before the first one. */
  readonly lastUsedAtMs: number | null;
}

/** What a key is made for. */
export type KeyOwner = Pick<ApiKeyRecord, 'organisationId' | 'environment' | 'programId'>;
/** Whose keys they are: no call reads or changes those of another. */
export type KeyHome = Pick<ApiKeyRecord, 'organisationId' | 'environment'>;

export interface ApiKeyStore {
  /** Stores a key; does nothing when one of this id is there already. */
  insert(key: ApiKeyRecord): Promise<void>;
  findByHash(hash: string): Promise<ApiKeyRecord | null>;
  find(home: KeyHome, id: string): Promise<ApiKeyRecord | null>;
  /** Counts the keys that are neither revoked nor expired. */
  countGood(home: KeyHome, nowMs: number): Promise<number>;
  /** Lists the keys of an organisation in an environment, oldest first. */
  list(home: KeyHome): Promise<ApiKeyRecord[]>;
  /** Lists keys, newest first. @param page.after The last key of the page before; null for the first page. */
  page(
    home: KeyHome,
    page: {
      readonly after: Pick<ApiKeyRecord, 'createdAtMs' | 'id'> | null;
      readonly limit: number;
    },
  ): Promise<ApiKeyRecord[]>;
  /** Revokes a key; false when the organisation has none of this id in the environment that is good. */
  revoke(home: KeyHome, id: string, revokedAtMs: number): Promise<boolean>;
  /** Has a key end at this time, unless it ends before. */
  expire(home: KeyHome, id: string, expiresAtMs: number): Promise<void>;
  /** Notes that a key was used. */
  touch(id: string, usedAtMs: number): Promise<void>;
}

/** A session of a member: what one token opens for a while. */
export interface MemberSessionRecord {
  /** Public id: `mse_` and 32 hex digits. */
  readonly id: string;
  readonly programId: string;
  /** The app's own id of the member. */
  readonly externalId: string;
  /** SHA-256 of the token, hex. The token itself is never stored. */
  readonly hash: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly revokedAtMs: number | null;
}

/** A member of a program. */
export type SessionOwner = Pick<MemberSessionRecord, 'programId' | 'externalId'>;

export interface MemberSessionStore {
  /** Inserts a session unless there is one with its id. @returns the one that stands */
  keep(session: MemberSessionRecord): Promise<MemberSessionRecord>;
  findByHash(hash: string): Promise<MemberSessionRecord | null>;
  /** Finds a session of a program. */
  find(programId: string, id: string): Promise<MemberSessionRecord | null>;
  /** Lists the sessions of a member that are good at a time, newest first. */
  listOpen(of: SessionOwner, nowMs: number): Promise<MemberSessionRecord[]>;
  /** Revokes sessions of a program; those that are revoked keep their time. */
  revoke(programId: string, ids: readonly string[], revokedAtMs: number): Promise<void>;
  /** Deletes all sessions of a member: their tokens are void, and nothing of them is left. */
  eraseOf(of: SessionOwner): Promise<void>;
}

/** A token that is good once: a ticket, or the nonce of a message to sign in with. */
export interface OneUseRecord {
  /** SHA-256 of its kind and the token, hex. */
  readonly id: string;
  readonly programId: string;
  /** The app's own id of the member that a ticket is for; null for a nonce. */
  readonly externalId: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Name of the effect that it was used for; null while it was not. */
  readonly usedBy: string | null;
}

export interface OneUseStore {
  /** Inserts a token unless it is there. */
  keep(token: OneUseRecord): Promise<void>;
  /**
   * Uses a token up, at most once, however many ask at the same time.
   *
   * @returns the token when it is used for this effect, by this call or an earlier one; null when it is unknown, expired, or used for
   *   another
   */
  use(id: string, usedBy: string, nowMs: number): Promise<OneUseRecord | null>;
  /** Deletes all tokens that are for a member. */
  eraseOf(of: SessionOwner): Promise<void>;
}

/** The question of a call. */
export type AskedEntry = AuditEntry & { readonly kind: 'ASKED' };
/** The answer to one. */
export type AnsweredEntry = AuditEntry & { readonly kind: 'ANSWERED' };

/** Which calls a list has: all that a field does not rule out. Unix milliseconds. */
export interface AuditFilter {
  /** The first moment. */
  readonly sinceMs: number | null;
  /** The moment after the last. */
  readonly untilMs: number | null;
  readonly mutation: string | null;
}

/** Stores the audit log. No entry is ever changed or removed. */
export interface AuditStore {
  /**
   * Adds entries of one organisation in their order, up to the first whose number another process was faster with.
   *
   * @returns how many were added
   */
  append(entries: readonly AuditEntry[]): Promise<number>;
  /** Finds the last entry that was ever written, even if it is there no more; null for an empty log. */
  head(organisationId: string): Promise<AuditHead | null>;
  /** Remembers the last entry apart from it, so that its removal shows. */
  noteHead(organisationId: string, head: AuditHead): Promise<void>;
  /** Lists questions, newest first. @param page.below The number that all of them are below; null for the first page. */
  listAsked(
    organisationId: string,
    filter: AuditFilter,
    page: { readonly below: number | null; readonly limit: number },
  ): Promise<AskedEntry[]>;
  /** Finds the answers to these questions. */
  findAnswers(organisationId: string, askedSeqs: readonly number[]): Promise<AnsweredEntry[]>;
  /** Lists entries in their order. */
  listAll(organisationId: string, aboveSeq: number, limit: number): Promise<AuditEntry[]>;
  /** Lists the organisations that have a log, or had one. */
  organisations(): Promise<string[]>;
}
