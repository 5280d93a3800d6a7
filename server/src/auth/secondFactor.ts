import { APIError } from 'better-auth/api';

const ROUTES = ['/two-factor/verify-totp', '/two-factor/verify-backup-code'];

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
