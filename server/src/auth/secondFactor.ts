import type { GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';

const APP_ROUTE = '/two-factor/verify-totp';
const ROUTES = [APP_ROUTE, '/two-factor/verify-backup-code'];

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

/** Ends the other sessions of a person when its app is turned on: each of them was opened by the password alone. */
export async function beforePerson(
  { twoFactorEnabled }: Readonly<Record<string, unknown>>,
  context: GenericEndpointContext | null,
): Promise<void> {
  const session = context?.context.session;
  if (context?.path !== APP_ROUTE || twoFactorEnabled !== true || session == null) return;
  // The library ends the one that asks once another is there: a process that dies before leaves the person in.
  const others = [
    { field: 'userId', value: session.user.id },
    { field: 'token', value: session.session.token, operator: 'ne' as const },
  ];
  await context.context.adapter.deleteMany({ model: 'session', where: others });
}
