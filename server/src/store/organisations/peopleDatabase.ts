import type { Connection, mongo } from 'mongoose';
import { PEOPLE_COLLECTIONS } from '../../ports/people.ts';

type Fields = Readonly<Record<string, 1>>;

/** No two documents of a collection have the same: each of these sets of fields. The names are those that the library looks for. */
const UNIQUE: readonly (readonly [collection: string, fields: Fields])[] = [
  [PEOPLE_COLLECTIONS.people, { email: 1 }],
  [PEOPLE_COLLECTIONS.sessions, { token: 1 }],
  [PEOPLE_COLLECTIONS.limits, { key: 1 }],
  [PEOPLE_COLLECTIONS.organisations, { slug: 1 }],
  [PEOPLE_COLLECTIONS.team, { organizationId: 1, userId: 1 }],
];

/** What lists are read by. */
const LISTED: readonly (readonly [collection: string, fields: Fields])[] = [
  [PEOPLE_COLLECTIONS.sessions, { userId: 1 }],
  [PEOPLE_COLLECTIONS.passwords, { userId: 1 }],
  [PEOPLE_COLLECTIONS.twoFactors, { userId: 1 }],
  [PEOPLE_COLLECTIONS.verifications, { identifier: 1 }],
  [PEOPLE_COLLECTIONS.team, { userId: 1 }],
  [PEOPLE_COLLECTIONS.invitations, { organizationId: 1 }],
];

/** What is deleted once it is over. */
const PASSING = [PEOPLE_COLLECTIONS.sessions, PEOPLE_COLLECTIONS.verifications] as const;

const nameOf = (collection: string, fields: Fields, kind: 'idx' | 'uidx'): string =>
  `${collection}_${Object.keys(fields).join('_')}_${kind}`;

/**
 * Opens the database of people for the library that writes it, once all indexes are there: two sign-ups under one email at the same
 * time both find nobody by it, and only the unique index lets one of them win.
 */
export async function openPeopleDatabase(connection: Connection): Promise<mongo.Db> {
  const { db } = connection;
  if (db === undefined) throw new Error('the connection has no database');
  await Promise.all([
    ...UNIQUE.map(([name, fields]) =>
      db.collection(name).createIndex(fields, { unique: true, name: nameOf(name, fields, 'uidx') }),
    ),
    ...LISTED.map(([name, fields]) =>
      db.collection(name).createIndex(fields, { name: nameOf(name, fields, 'idx') }),
    ),
    ...PASSING.map((name) =>
      db.collection(name).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
    ),
  ]);
  return db;
}
