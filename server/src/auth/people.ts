import type { Person } from '../domain/organisations/person.ts';
import { MAX_LISTED, type People, type PersonSession } from '../ports/people.ts';
import { trustedOrigins, type Library } from './options.ts';
import { isDuplicate, isKnownEmail } from './uniqueErrors.ts';

/** A document of a person, as the library reads it. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly twoFactorEnabled?: boolean | null | undefined;
}

interface SessionRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly ipAddress?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
}

export const toPerson = (row: UserRow): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  isEmailVerified: row.emailVerified,
  hasTwoFactor: row.twoFactorEnabled === true,
});

const toSession = (row: SessionRow, person: Person): PersonSession => ({
  id: row.id,
  person,
  createdAtMs: row.createdAt.getTime(),
  expiresAtMs: row.expiresAt.getTime(),
  ipAddress: row.ipAddress ?? null,
  userAgent: row.userAgent ?? null,
});

/** How the library names a sign-in by a password. */
const BY_PASSWORD = 'credential';

const is = (field: string, value: string): { field: string; value: string } => ({ field, value });

/** Writes a document that another process may have written at the same time. */
async function createIfMissing(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!isDuplicate(error) && !isKnownEmail(error)) throw error;
  }
}

/** Creates the port of people on the library. */
export function createPeople(library: () => Library, publicUrl: () => string): People {
  const adapter = async () => (await library().$context).adapter;

  return {
    sessionOf: async (cookie) => {
      const found = await library().api.getSession({
        headers: new Headers({ cookie }),
        // Only the routes of signing in can give the browser the cookie of a longer session.
        query: { disableRefresh: true },
      });
      return found === null ? null : toSession(found.session, toPerson(found.user));
    },
    isTrustedOrigin: (origin) => trustedOrigins(publicUrl()).includes(origin),
    ensure: async (wanted, password) => {
      const { adapter: database, password: passwords } = await library().$context;
      const byEmail = (): Promise<UserRow | null> =>
        database.findOne<UserRow>({ model: 'user', where: [is('email', wanted.email)] });
      const [createdAt, updatedAt] = [new Date(), new Date()];
      if ((await byEmail()) === null) {
        const found = { ...wanted, emailVerified: true, image: null, createdAt, updatedAt };
        await createIfMissing(() =>
          database.create({ model: 'user', data: found, forceAllowId: true }),
        );
      }
      const row = await byEmail();
      if (row === null) throw new Error(`The person ${wanted.id} was made and is not there.`);
      const { id: userId } = row;
      await database.update({
        model: 'user',
        where: [is('id', userId)],
        update: { emailVerified: true },
      });
      const ofPerson = [is('userId', userId), is('providerId', BY_PASSWORD)];
      const known = await database.findOne<{ readonly password?: string | null }>({
        ...{ model: 'account', where: ofPerson },
      });
      const isGood =
        known?.password != null && (await passwords.verify({ hash: known.password, password }));
      if (isGood) return toPerson({ ...row, emailVerified: true });
      const hash = await passwords.hash(password);
      if (known === null) {
        const account = { accountId: userId, userId, providerId: BY_PASSWORD, password: hash };
        // Of its person's name: of several that make it at once, one does.
        const data = { id: `account_of_${userId}`, ...account, createdAt, updatedAt };
        await createIfMissing(() =>
          database.create({ model: 'account', data, forceAllowId: true }),
        );
      } else {
        const update = { password: hash };
        await database.update({ model: 'account', where: ofPerson, update });
      }
      return toPerson({ ...row, emailVerified: true });
    },
    sessions: async (person) => {
      const rows = await (
        await adapter()
      ).findMany<SessionRow>({
        model: 'session',
        where: [
          { field: 'userId', value: person.id },
          { field: 'expiresAt', operator: 'gt', value: new Date() },
        ],
        sortBy: { field: 'createdAt', direction: 'desc' },
        limit: MAX_LISTED,
      });
      return rows.map((row) => toSession(row, person));
    },
    revokeSession: async (personId, sessionId) => {
      const deleted = await (
        await adapter()
      ).deleteMany({
        model: 'session',
        where: [
          { field: 'id', value: sessionId },
          { field: 'userId', value: personId },
        ],
      });
      return deleted > 0;
    },
  };
}
