import { randomBytes } from 'node:crypto';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { organization, twoFactor } from 'better-auth/plugins';
import { checkId } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { Letter } from '../ports/mail.ts';
import { PEOPLE_COLLECTIONS } from '../ports/people.ts';
import { knownAddressLetter, newPasswordLetter, verificationLetter } from './letters.ts';
import { ROLE_OPTIONS } from './roles.ts';
import { beforePerson, beforeSession, refuseTrustedBrowser } from './secondFactor.ts';
import { withUniqueErrors } from './uniqueErrors.ts';

/** The database in which people are. */
export type PeopleDatabase = Parameters<typeof mongodbAdapter>[0];

/** What the library is told. */
export interface LibrarySettings {
  readonly database: PeopleDatabase;
  /** Signs cookies and encrypts the secrets of authenticator apps. */
  readonly secret: string;
  /** URL under which people reach the service, without a slash at its end. */
  readonly publicUrl: string;
  /** Sends a letter, later: no answer waits for it, or its time would tell whether an address is known. */
  readonly post: (letter: Letter) => void;
  readonly log: Logger;
}

/** Header in which the address of the caller comes to the library: the HTTP layer alone sets it. */
export const CALLER_ADDRESS = 'dewpoint-caller-address';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const PASSWORD_CHARACTERS = { min: 12, max: 128 };
const MAX_EMAIL_CHARACTERS = 254;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What each address may ask for within a minute, besides 100 of all. */
const LIMITS = {
  '/sign-in/email': { window: MINUTE_S, max: 10 },
  '/sign-up/email': { window: MINUTE_S, max: 10 },
  '/request-password-reset': { window: MINUTE_S, max: 5 },
  '/send-verification-email': { window: MINUTE_S, max: 5 },
  '/reset-password': { window: MINUTE_S, max: 10 },
  '/change-password': { window: MINUTE_S, max: 10 },
  '/two-factor/*': { window: MINUTE_S, max: 10 },
};
const LIMIT_OF_ALL = { window: MINUTE_S, max: 100 };

const PREFIXES: Readonly<Record<string, string>> = {
  user: 'person',
  session: 'session',
  organization: 'org',
  invitation: 'invitation',
};
const ID_BYTES = 8;

/** Makes the id of a document: what it is of, and 16 hex digits. */
export const newId = (model: string): string =>
  `${PREFIXES[model] ?? model.toLowerCase()}_${randomBytes(ID_BYTES).toString('hex')}`;

/** Lists the origins of pages that may act for people: those of the service, under each name of a local one. */
export function trustedOrigins(publicUrl: string): string[] {
  const { protocol, hostname, port } = new URL(publicUrl);
  if (!LOOPBACK.includes(hostname)) return [publicUrl];
  const end = port === '' ? '' : `:${port}`;
  return LOOPBACK.map((name) => `${protocol}//${name}${end}`);
}

/** Refuses a sign-up before anything is looked up, so that the refusal says nothing about who is known. */
function checkSignUp(body: unknown): void {
  const { name, email, image } = (body ?? {}) as Record<string, unknown>;
  const isLong = typeof email === 'string' && email.length > MAX_EMAIL_CHARACTERS;
  const refused =
    checkId('name', name) ??
    (isLong
      ? { code: 'TOO_LONG', message: `email must have at most ${MAX_EMAIL_CHARACTERS} characters.` }
      : null) ??
    (image == null ? null : { code: 'MALFORMED', message: 'image must be left out.' });
  if (refused === null) return;
  throw new APIError('BAD_REQUEST', { code: refused.code, message: refused.message });
}

const beforeRoutes = createAuthMiddleware(({ path, body }) => {
  if (path === '/sign-up/email') checkSignUp(body);
  refuseTrustedBrowser(path, body);
  // Who changes a password may do it because another one knows it.
  const isNewPassword = path === '/change-password';
  return Promise.resolve(
    isNewPassword ? { context: { body: { revokeOtherSessions: true } } } : undefined,
  );
});

const libraryLog =
  (log: Logger) =>
  (level: string, message: string, ...details: unknown[]): void => {
    // Its errors are mostly those of callers, such as a wrong password.
    const failure = details.find((detail) => detail instanceof Error);
    if (failure === undefined) log.debug({ level }, message);
    else log.error({ err: failure }, message);
  };

// The type of the result follows from the options, and is what the rest of the folder works with.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export function createLibrary(settings: LibrarySettings, onFailure: (error: unknown) => void) {
  const { database, secret, publicUrl, post, log } = settings;
  const adapter = mongodbAdapter(database, { transaction: false });
  const options = {
    appName: 'Dewpoint',
    baseURL: publicUrl,
    basePath: '/auth',
    secret,
    trustedOrigins: trustedOrigins(publicUrl),
    telemetry: { enabled: false },
    database: (given: BetterAuthOptions) => withUniqueErrors(adapter(given)),
    logger: { level: 'warn', log: libraryLog(log) },
    onAPIError: { onError: onFailure },
    user: { modelName: PEOPLE_COLLECTIONS.people },
    account: { modelName: PEOPLE_COLLECTIONS.passwords },
    verification: { modelName: PEOPLE_COLLECTIONS.verifications },
    session: {
      modelName: PEOPLE_COLLECTIONS.sessions,
      expiresIn: 7 * DAY_S,
      updateAge: DAY_S,
      // A copy in a cookie would outlive the session by minutes.
      cookieCache: { enabled: false },
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD_CHARACTERS.min,
      maxPasswordLength: PASSWORD_CHARACTERS.max,
      resetPasswordTokenExpiresIn: HOUR_S,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => {
        post(newPasswordLetter(user.email, `${publicUrl}/console/new-password?token=${token}`));
        return Promise.resolve();
      },
      onExistingUserSignUp: ({ user }) => {
        post(knownAddressLetter(user.email, publicUrl));
        return Promise.resolve();
      },
      // With what plugins add to a person, so that nothing tells the answers apart.
      customSyntheticUser: ({ coreFields, id }) => ({ ...coreFields, twoFactorEnabled: false, id }),
    },
    emailVerification: {
      expiresIn: HOUR_S,
      sendOnSignUp: true,
      sendOnSignIn: true,
      sendVerificationEmail: ({ user, url }) => {
        post(verificationLetter(user.email, url));
        return Promise.resolve();
      },
    },
    hooks: { before: beforeRoutes },
    databaseHooks: {
      // Left out, it would be missing in the answer to a sign-up that is new, and null in that to one that is known.
      user: {
        create: { before: (user) => Promise.resolve({ data: { ...user, image: null } }) },
        update: { before: beforePerson },
      },
      session: { create: { before: beforeSession } },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: PEOPLE_COLLECTIONS.limits,
      ...LIMIT_OF_ALL,
      customRules: LIMITS,
    },
    advanced: {
      cookiePrefix: 'dewpoint',
      useSecureCookies: publicUrl.startsWith('https://'),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CALLER_ADDRESS] },
      database: { generateId: ({ model }) => newId(model) },
    },
    plugins: [
      organization({
        ...ROLE_OPTIONS,
        schema: {
          organization: { modelName: PEOPLE_COLLECTIONS.organisations },
          member: { modelName: PEOPLE_COLLECTIONS.team },
          invitation: { modelName: PEOPLE_COLLECTIONS.invitations },
        },
      }),
      twoFactor({
        issuer: 'Dewpoint',
        schema: { twoFactor: { modelName: PEOPLE_COLLECTIONS.twoFactors } },
      }),
    ],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}

export type Library = ReturnType<typeof createLibrary>;
