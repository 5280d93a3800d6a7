import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ServiceError } from '../domain/errors.ts';
import type { Caller } from '../services/access/callers.ts';
import type { CallerOf } from './core/findCaller.ts';
import { networkOf } from './core/networkOf.ts';

/** Requests in a minute, in each process that serves; 0 for no limit. */
export interface RateLimits {
  /** Of an API key. */
  readonly keyPerMinute: number;
  /** Of a session, of a person or a member. */
  readonly sessionPerMinute: number;
  /** Of an address, without a key and a session. */
  readonly addressPerMinute: number;
}

const WINDOW_SECONDS = 60;
const MS_PER_SECOND = 1_000;

/** A limit by its name in the headers. */
interface Limit {
  readonly name: 'key' | 'session' | 'address';
  readonly perMinute: number;
  readonly limiter: RateLimiterMemory;
}

const createLimit = (name: Limit['name'], perMinute: number): Limit | null =>
  perMinute === 0
    ? null
    : {
        ...{ name, perMinute },
        limiter: new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS }),
      };

/** What is counted, in messages. */
const COUNTED: Readonly<Record<Limit['name'], string>> = {
  key: 'The API key',
  session: 'The session',
  address: 'This address, without an API key,',
};

function idOf(caller: Caller | null, { ip }: Request): string {
  if (caller === null) return networkOf(ip ?? '');
  return caller.kind === 'KEY' ? caller.key.id : `${caller.kind} ${caller.sessionId}`;
}

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
function setHeaders(response: Response, { name, perMinute }: Limit, used: RateLimiterRes): void {
  const seconds = Math.ceil(used.msBeforeNext / MS_PER_SECOND);
  response.setHeader('ratelimit-policy', `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`);
  response.setHeader('ratelimit', `"${name}";r=${used.remainingPoints};t=${seconds}`);
}

/**
 * Creates the step that counts the requests of each key, session and, without either, address, and refuses those above the limit before their body is read.
 *
 * Each process counts for itself, so that a request costs no call to the database: what a key may do on a service of several
 * processes is at most the limit times their number.
 */
export function createRateLimit(limits: RateLimits, callerOf: CallerOf): RequestHandler {
  const ofKeys = createLimit('key', limits.keyPerMinute);
  const ofSessions = createLimit('session', limits.sessionPerMinute);
  const ofAddresses = createLimit('address', limits.addressPerMinute);
  const limitOf = (caller: Caller | null): Limit | null => {
    if (caller === null) return ofAddresses;
    return caller.kind === 'KEY' ? ofKeys : ofSessions;
  };
  return async (request, response, next) => {
    const caller = callerOf.get(request) ?? null;
    const limit = limitOf(caller);
    if (limit === null) return next();
    try {
      setHeaders(response, limit, await limit.limiter.consume(idOf(caller, request)));
    } catch (used) {
      if (!(used instanceof RateLimiterRes)) throw used;
      setHeaders(response, limit, used);
      throw new ServiceError({
        code: 'RATE_LIMITED',
        message: `${COUNTED[limit.name]} made more than ${limit.perMinute} requests in a minute; repeat the same request after "retryAfterMs".`,
        retryAfterMs: used.msBeforeNext,
      });
    }
    next();
  };
}
