import type { GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';
import { isDuplicate } from './uniqueErrors.ts';

const APP_ROUTE = '/two-factor/verify-totp';
const ROUTES = [APP_ROUTE, '/two-factor/verify-backup-code'];
/** The library takes the code of each 30 seconds, and those of before and after. */
const GOOD_FOR_MS = 90_000;

/**
 * Refuses a wish of the library's routes that nobody could end: for 30 days and as often anew, it would let a browser in by the password
 * alone, whatever becomes of the app, the password and the sessions.
 */
export function refuseTrustedBrowser(path: string | undefined, body: unknown): void {
  if (path === undefined || !ROUTES.includes(path)) return;
  const { trustDevice } = (body ?? {}) as { readonly trustDevice?: unknown };
  if (trustDevice == null) return;
  throw new APIError('BAD_REQUEST', {
    code: 'MALFORMED',
    message: 'trustDevice must be left out: the code is asked for at every sign-in.',
  });
}

/** Refuses a good code the second time: RFC 6238 has each taken once, on all servers together. */
async function takeOnce(userId: string, { body, context }: GenericEndpointContext): Promise<void> {
  const { code } = body as { readonly code: string };
  const name = `used_code_${userId}_${code}`;
  const now = new Date();
  const data = {
    ...{ id: name, identifier: name, value: userId, createdAt: now, updatedAt: now },
    expiresAt: new Date(now.getTime() + GOOD_FOR_MS),
  };
  try {
    await context.adapter.create({ model: 'verification', data, forceAllowId: true });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new APIError('UNAUTHORIZED', {
      code: 'CODE_USED',
      message: 'The code was used already; begin again, with the next one.',
    });
  }
}

/** Has the code that opens a session be good for one. */
export async function beforeSession(
  { userId }: { readonly userId: string },
  context: GenericEndpointContext | null,
): Promise<void> {
  // The code that turns it on is taken before.
  if (context?.path !== APP_ROUTE || context.context.session !== null) return;
  await takeOnce(userId, context);
}

/** Ends the other sessions of a person when its app is turned on: each of them was opened by the password alone. */
export async function beforePerson(
  { twoFactorEnabled }: Readonly<Record<string, unknown>>,
  context: GenericEndpointContext | null,
): Promise<void> {
  const session = context?.context.session;
  if (context?.path !== APP_ROUTE || twoFactorEnabled !== true || session == null) return;
  await takeOnce(session.user.id, context);
  // The library ends the one that asks once another is there: a process that dies before leaves the person in.
  const others = [
    { field: 'userId', value: session.user.id },
    { field: 'token', value: session.session.token, operator: 'ne' as const },
  ];
  await context.context.adapter.deleteMany({ model: 'session', where: others });
}
