import {
  raw,
  Router,
  type Request as Incoming,
  type RequestHandler,
  type Response as Outgoing,
} from 'express';
import { onlyThese } from '../core/onlyThese.ts';

/** Answers the requests by which people sign in. */
export interface SignIn {
  answer(request: Request): Promise<Response>;
  /** URL under which people reach the service, without a slash at its end. */
  publicUrl(): string;
  /** Header in which the routes want the address of the caller. */
  readonly addressHeader: string;
  /** Whether letters leave the service; otherwise they are in its log, and answers say so. */
  readonly isMailReal: boolean;
}

/** A name, an address and two passwords are a hundredth of it. */
const MAX_BODY_BYTES = 16_000;
const TOO_MANY_REQUESTS = 429;

/** The routes that are open. Organisations, teams and sessions are written by mutations of the API, which its log has. */
const ROUTES: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/sign-up/email': 'POST',
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/verify-email': 'GET',
  '/send-verification-email': 'POST',
  '/request-password-reset': 'POST',
  '/reset-password': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
};

const onlyOpen: RequestHandler = (request, response, next) => {
  const method = Object.hasOwn(ROUTES, request.path) ? ROUTES[request.path] : undefined;
  // To the answer for every path that is not there.
  if (method === undefined) return next('router');
  if (request.method === method) return next();
  return onlyThese(method)(request, response, next);
};

function toRequest(incoming: Incoming, { publicUrl, addressHeader }: SignIn): Request {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  // Headers joins with commas; cookies are divided by semicolons.
  if (incoming.headers.cookie !== undefined) headers.set('cookie', incoming.headers.cookie);
  headers.delete('content-length');
  headers.delete(addressHeader);
  if (incoming.ip !== undefined) headers.set(addressHeader, incoming.ip);
  const body = Buffer.isBuffer(incoming.body) ? new Uint8Array(incoming.body) : null;
  return new Request(new URL(incoming.originalUrl, publicUrl()), {
    method: incoming.method,
    headers,
    ...(incoming.method === 'POST' && { body }),
  });
}

async function sendAnswer(
  answer: Response,
  outgoing: Outgoing,
  isMailReal: boolean,
): Promise<void> {
  if (outgoing.headersSent) return;
  outgoing.status(answer.status);
  answer.headers.forEach((value, name) => {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  });
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.setHeader('cache-control', 'no-store');
  if (!isMailReal) outgoing.setHeader('dewpoint-mail', 'in the log of the service');
  if (answer.status === TOO_MANY_REQUESTS) {
    const seconds = answer.headers.get('x-retry-after');
    if (seconds !== null) outgoing.setHeader('retry-after', seconds);
  }
  outgoing.send(Buffer.from(await answer.arrayBuffer()));
}

/** Creates the routes by which people sign up and in, under `/auth`. */
export function createAuthRoute(signIn: SignIn): Router {
  const router = Router();
  router.use(onlyOpen);
  router.use(raw({ type: () => true, limit: MAX_BODY_BYTES }));
  router.use(async (incoming, outgoing) => {
    const answer = await signIn.answer(toRequest(incoming, signIn));
    await sendAnswer(answer, outgoing, signIn.isMailReal);
  });
  return router;
}
