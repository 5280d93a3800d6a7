import { ServiceError, type ServiceErrorCode } from '../../domain/errors.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Person } from '../../domain/organisations/person.ts';
import { SCOPES_OF_ROLES, type Role } from '../../domain/organisations/roles.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import type { Program } from '../../domain/program.ts';
import type { People, PersonSession, Teams } from '../../ports/people.ts';
import type { ApiKeyRecord } from '../../ports/stores/access.ts';
import type { ApiKeys } from './apiKeys.ts';
import { MEMBER_TOKEN_PREFIX, type MemberSessions } from './memberSessions.ts';

/** What every caller has, whatever it is. */
interface Known {
  readonly scopes: ReadonlySet<CallerScope>;
  /** Null for a person who named none. */
  readonly organisationId: string | null;
  /** That of the key or the program; of a person without a program the one that it named, else test. */
  readonly environment: Environment;
  /** The only program of which the request reads more than public fields; null when it named none. */
  readonly program: Program | null;
}

/** An app, by its API key. */
export interface KeyCaller extends Known {
  readonly kind: 'KEY';
  readonly key: ApiKeyRecord;
}

/** A person who is signed in. */
export interface PersonCaller extends Known {
  readonly kind: 'PERSON';
  readonly person: Person;
  readonly sessionId: string;
  /** In the organisation; null without one. */
  readonly role: Role | null;
}

/** A member, by a session that its app asked for. */
export interface MemberCaller extends Known {
  readonly kind: 'MEMBER';
  readonly sessionId: string;
  readonly program: Program;
  /** The app's own id of the member. */
  readonly externalId: string;
}

/** Who makes a request. */
export type Caller = KeyCaller | PersonCaller | MemberCaller;

/** What a request says about who makes it. */
export interface Credentials {
  /** The header `authorization`. */
  readonly authorization: string | undefined;
  /** The header `cookie`, in which the session of a person is. */
  readonly cookie?: string | undefined;
  /** The header `origin`: the site whose page sends the request. */
  readonly origin?: string | undefined;
  /** Whether the request says by a header of its own, and by what browsers add to it, that a page of this service sends it. */
  readonly isFromOwnPage?: boolean | undefined;
  /** The header `dewpoint-organisation`: id or slug of the organisation that a person works for. */
  readonly organisation?: string | undefined;
  /** The header `dewpoint-environment`: where a person who names no program works; for all others, it must be that of theirs. */
  readonly environment?: Environment | undefined;
  /** The header `dewpoint-program`: id of the program that the request is about, where the caller may use several. */
  readonly programId: string | undefined;
}

/** Finds out who makes requests. */
export interface Callers {
  /**
   * Finds the caller of a request; null for one without credentials, which reads what is public.
   *
   * @throws ServiceError UNAUTHENTICATED, and FORBIDDEN for a person on a page of another site, or in an organisation that it is not
   *   in; either of them for an environment that is not that of the key or the program. A key that is unknown and one that is revoked get the same answer, as do a program that
   *   is not there and one of another organisation.
   */
  find(credentials: Credentials): Promise<Caller | null>;
}

const BEARER = /^Bearer +(\S+) *$/i;

const unauthenticated = (message: string): ServiceError =>
  new ServiceError({ code: 'UNAUTHENTICATED', message });

const forbidden = (message: string): ServiceError =>
  new ServiceError({ code: 'FORBIDDEN', message });

/** Refuses a header that names another environment than the one that the request is for anyway. */
function requireEnvironment(
  is: Environment,
  named: Environment | undefined,
  refuse: (message: string) => ServiceError,
): void {
  if (named === undefined || named === is) return;
  throw refuse(
    `The request is for ${is}, by its key or its program, and its header "dewpoint-environment" names ${named}; leave the header out.`,
  );
}

export function createCallers(deps: {
  apiKeys: Pick<ApiKeys, 'authenticate'>;
  memberSessions: Pick<MemberSessions, 'authenticate'>;
  people: Pick<People, 'sessionOf' | 'isTrustedOrigin'>;
  teams: Pick<Teams, 'membership'>;
  programs: { get(programId: string): Promise<Program | null> };
}): Callers {
  const { apiKeys, memberSessions, people, teams, programs } = deps;

  /** Finds a program that a caller named, in one environment or in each. */
  async function programOf(
    owner: { readonly organisationId: string | null; readonly environment?: Environment },
    programId: string,
    code: ServiceErrorCode = 'UNAUTHENTICATED',
  ): Promise<Program> {
    const program = await programs.get(programId);
    const isTheirs =
      program !== null &&
      program.organisationId === owner.organisationId &&
      program.environment === (owner.environment ?? program.environment);
    if (isTheirs) return program;
    throw new ServiceError({
      code,
      message: `There is no program ${JSON.stringify(programId)} for these credentials; name one of theirs by its id in the header "dewpoint-program".`,
    });
  }

  async function byKey(
    key: ApiKeyRecord,
    { programId: named, environment: wanted }: Credentials,
  ): Promise<KeyCaller> {
    const { organisationId, environment, programId } = key;
    requireEnvironment(environment, wanted, unauthenticated);
    if (programId !== null && named !== undefined && named !== programId) {
      throw unauthenticated(
        'The API key is for another program than the header "dewpoint-program" names; leave the header out.',
      );
    }
    const chosen = programId ?? named;
    return {
      kind: 'KEY',
      key,
      scopes: new Set(key.scopes),
      organisationId,
      environment,
      program: chosen === undefined ? null : await programOf(key, chosen),
    };
  }

  async function byMemberToken(
    token: string,
    { programId: named, environment: wanted }: Credentials,
  ): Promise<MemberCaller> {
    const session = await memberSessions.authenticate(token);
    const program = session === null ? null : await programs.get(session.programId);
    if (session === null || program === null) {
      throw unauthenticated(
        'The session of the member is unknown, over or revoked; ask the app for a new one.',
      );
    }
    if (named !== undefined && named !== program.id) {
      throw unauthenticated(
        'The session of the member is for another program than the header "dewpoint-program" names; leave the header out.',
      );
    }
    const { organisationId, environment } = program;
    requireEnvironment(environment, wanted, unauthenticated);
    return {
      ...{ kind: 'MEMBER', sessionId: session.id, externalId: session.externalId },
      ...{ program, organisationId, environment },
      scopes: new Set(['member:self'] as const),
    };
  }

  async function bySession(
    { id, person }: PersonSession,
    { origin, isFromOwnPage = false, organisation, programId, environment }: Credentials,
  ): Promise<PersonCaller> {
    // A browser sends the cookie along with what any page asks for, and says which page it is.
    // When a page of ours reads a file of ours, it says so in another way: then there is no origin.
    if (origin === undefined ? !isFromOwnPage : !people.isTrustedOrigin(origin)) {
      throw forbidden(
        'The request has the session of a person and comes from a page of another site, or from none; send it from a page of this service.',
      );
    }
    const membership =
      organisation === undefined ? null : await teams.membership(person.id, organisation);
    if (organisation !== undefined && membership === null) {
      throw forbidden(
        `You are in no organisation ${JSON.stringify(organisation)}; name one of yours by its id or slug in the header "dewpoint-organisation".`,
      );
    }
    const organisationId = membership?.organisation.id ?? null;
    const program =
      programId === undefined ? null : await programOf({ organisationId }, programId, 'FORBIDDEN');
    if (program !== null) requireEnvironment(program.environment, environment, forbidden);
    const role = membership?.role ?? null;
    return {
      ...{ kind: 'PERSON', person, sessionId: id, role, organisationId, program },
      scopes: new Set(['person:self', ...(role === null ? [] : SCOPES_OF_ROLES[role])]),
      environment: program?.environment ?? environment ?? 'test',
    };
  }

  return {
    find: async (credentials) => {
      const { authorization, cookie } = credentials;
      if (authorization === undefined) {
        const session = cookie === undefined ? null : await people.sessionOf(cookie);
        return session === null ? null : bySession(session, credentials);
      }
      const token = BEARER.exec(authorization)?.[1];
      if (token === undefined) {
        throw unauthenticated(
          'The Authorization header must be "Bearer " and an API key, or the token of a member.',
        );
      }
      if (token.startsWith(MEMBER_TOKEN_PREFIX)) return byMemberToken(token, credentials);
      const key = await apiKeys.authenticate(token);
      if (key === null) throw unauthenticated('The API key is unknown or revoked.');
      return byKey(key, credentials);
    },
  };
}
