/** People, their sessions, organisations and teams. Implemented in `server/src/auth`. */
import type { Organisation } from '../domain/organisations/organisation.ts';
import type { Person } from '../domain/organisations/person.ts';
import type { Role } from '../domain/organisations/roles.ts';

/** A person who is signed in on a device. Times in Unix milliseconds. */
export interface PersonSession {
  readonly id: string;
  readonly person: Person;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Address that it was begun from; null when unknown. */
  readonly ipAddress: string | null;
  /** What the browser calls itself; null when it says nothing. */
  readonly userAgent: string | null;
}

/** An organisation of a person. */
export interface Membership {
  readonly organisation: Organisation;
  readonly role: Role;
}

/** A person in the team of an organisation. */
export interface TeamMember {
  readonly person: Person;
  readonly role: Role;
  readonly joinedAtMs: number;
}

/** A person who was asked to join, and has not yet. */
export interface Invitation {
  readonly id: string;
  readonly organisationId: string;
  /** In lower case. */
  readonly email: string;
  readonly role: Role;
  /** Id of the person who invites. */
  readonly inviterId: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** Who people are. */
export interface People {
  /** Finds who a request is from by its header `cookie`; null when nobody is signed in by it. */
  sessionOf(cookie: string): Promise<PersonSession | null>;
  /** Tells whether pages of this origin may act for people: another site may not send their cookie along. */
  isTrustedOrigin(origin: string): boolean;
  /**
   * Makes a person whose address counts as confirmed, and who signs in by a password, under an id. One who has the address already
   * is let be but for the password. Again, also at the same time, it changes nothing.
   */
  ensure(person: Pick<Person, 'id' | 'name' | 'email'>, password: string): Promise<Person>;
  /** Lists the sessions of a person that are good, newest first, at most {@link MAX_LISTED}. */
  sessions(person: Person): Promise<PersonSession[]>;
  /** Ends a session of a person at once, on every server; false when there is none of this id that is theirs. */
  revokeSession(personId: string, sessionId: string): Promise<boolean>;
}

/** Which organisations there are, and who is in them. */
export interface Teams {
  /** Lists the organisations of a person in the order in which it joined them, at most {@link MAX_LISTED}. */
  memberships(personId: string): Promise<Membership[]>;
  /** Finds an organisation of a person by its id or slug; null when it is not in one. */
  membership(personId: string, idOrSlug: string): Promise<Membership | null>;
  organisation(id: string): Promise<Organisation | null>;
  /** Creates an organisation. Again under the same id it changes nothing. False when another one has the slug. */
  createOrganisation(organisation: Organisation, createdAtMs: number): Promise<boolean>;
  /** Puts a person into a team; one who is in it already keeps the role. */
  join(organisationId: string, personId: string, role: Role): Promise<void>;
  /** Lists a team in the order of joining, at most {@link MAX_LISTED}. */
  team(organisationId: string): Promise<TeamMember[]>;
  /** Changes the role of a person in a team; false when it is not in it. */
  setRole(organisationId: string, personId: string, role: Role): Promise<boolean>;
  /** Takes a person out of a team; false when it is not in it. */
  leave(organisationId: string, personId: string): Promise<boolean>;
  /** Keeps an invitation. Again under the same id it changes nothing. */
  invite(invitation: Invitation): Promise<void>;
  /** Finds an invitation that is open, whether it is over or not. */
  invitation(id: string): Promise<Invitation | null>;
  /** Lists the open invitations of an organisation that are not over, oldest first, at most {@link MAX_LISTED}. */
  invitations(organisationId: string): Promise<Invitation[]>;
  /** Ends an open invitation; false when it has ended: of several at once, one gets true. */
  endInvitation(id: string, as: 'accepted' | 'canceled'): Promise<boolean>;
}

/** Most rows of a list of sessions, organisations, people or invitations; a team has no more people. */
export const MAX_LISTED = 100;

/**
 * Names of the collections of people and organisations. Their documents are written by the library that `server/src/auth` wraps;
 * `server/src/store/organisations` makes the indexes that they rest on, before the first of them is written.
 */
export const PEOPLE_COLLECTIONS = {
  people: 'people',
  /** Of people who are signed in. */
  sessions: 'personSessions',
  /** Hashes of passwords. */
  passwords: 'passwords',
  /** Secrets of authenticator apps, encrypted. */
  twoFactors: 'twoFactors',
  /** What links in letters stand for. */
  verifications: 'verifications',
  /** How often each address has asked for what. */
  limits: 'signInLimits',
  organisations: 'organisations',
  /** Who is in which organisation, in which role. */
  team: 'teamMembers',
  invitations: 'invitations',
} as const;
