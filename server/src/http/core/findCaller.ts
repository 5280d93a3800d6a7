import type { Request, RequestHandler } from 'express';
import { ENVIRONMENTS, type Environment } from '../../domain/environment.ts';
import { UserError } from '../../domain/errors.ts';
import { show } from '../../domain/show.ts';
import { idOfProgram } from '../../graphql/core/globalId.ts';
import type { Caller, Callers } from '../../services/access/callers.ts';

/** The program that a header names: by its global id, which the API gives, or as the database has it. */
function namedProgram(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const id = idOfProgram(header);
  return id ?? header;
}

/** The environment that a header names. @throws UserError MALFORMED */
function namedEnvironment(header: string | undefined): Environment | undefined {
  const named = ENVIRONMENTS.find((environment) => environment === header);
  if (header === undefined || named !== undefined) return named;
  throw new UserError({
    code: 'MALFORMED',
    field: 'dewpoint-environment',
    message: `The header "dewpoint-environment" is ${show(header)}; it must be "test" or "live", or left out.`,
  });
}

/** Sent by the console: neither a form nor a page of another site can send it unasked. */
const CONSOLE_HEADER = 'dewpoint-console';

/** Tells whether a page of this service sends a request, and no page of another site has a browser send it. */
export function isFromConsole(request: Request): boolean {
  const site = request.get('sec-fetch-site') ?? 'same-origin';
  return request.get(CONSOLE_HEADER) === '1' && site === 'same-origin';
}

/** Callers by request, null without credentials: found before the body is read, used when the query runs. */
export type CallerOf = WeakMap<object, Caller | null>;

/** Authenticates before the body is read: without a key, the server reads no more than a question. */
export const findCaller =
  (callers: Callers, callerOf: CallerOf): RequestHandler =>
  async (request, response, next) => {
    const environment = namedEnvironment(request.get('dewpoint-environment'));
    const caller = await callers
      .find({
        authorization: request.get('authorization'),
        cookie: request.get('cookie'),
        origin: request.get('origin'),
        isFromOwnPage: isFromConsole(request),
        organisation: request.get('dewpoint-organisation'),
        environment,
        programId: namedProgram(request.get('dewpoint-program')),
      })
      .catch((error: unknown) => {
        response.setHeader('www-authenticate', 'Bearer');
        throw error;
      });
    callerOf.set(request, caller);
    response.setHeader('cache-control', 'no-store');
    next();
  };
