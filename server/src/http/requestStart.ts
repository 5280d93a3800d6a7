import type { Request, RequestHandler, Response } from 'express';
import { inRequestScope, requestIdFrom } from '../lib/requestScope.ts';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../lib/metrics.ts';
import { sendError } from './httpErrors.ts';

const NS_PER_SECOND = 1e9;
const MS_PER_SECOND = 1_000;
const REQUEST_TIMEOUT = 408;
/** A retry right away would meet the same slowness. */
const RETRY_AFTER_TIMEOUT_MS = 1_000;
/** Routes by name, so that metrics have as many series as there are routes, whatever is asked for. */
const ROUTES = new Set(['/', '/graphql', '/errors', '/healthz', '/readyz', '/metrics']);

const routeOf = (path: string): string => {
  if (ROUTES.has(path)) return path;
  return path.startsWith('/graphiql/') ? '/graphiql/*' : 'other';
};

/** Says who was too slow: the caller, whose body has not arrived in full, or the service. */
function sendTimeout(request: Request, response: Response, timeoutMs: number): void {
  if (request.complete) {
    sendError(response, {
      code: 'OVERLOADED',
      message: `The request was not answered within ${timeoutMs} ms and may have been done; repeat the same request, which never counts twice.`,
      retryAfterMs: RETRY_AFTER_TIMEOUT_MS,
    });
    return;
  }
  // What still comes is not read as another request.
  if (!response.headersSent) response.setHeader('connection', 'close');
  sendError(response, {
    code: 'MALFORMED_REQUEST',
    message: `The body of the request did not arrive in full within ${timeoutMs} ms, and nothing was done; send it again, as long as its Content-Length says.`,
    status: REQUEST_TIMEOUT,
  });
}

/**
 * Creates the first step of every request: it gives an id, limits the time, and logs and measures the answer.
 */
export function createRequestStart(args: {
  log: Logger;
  metrics: Metrics;
  timeoutMs: number;
}): RequestHandler {
  const { log, metrics, timeoutMs } = args;
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const requestId = requestIdFrom(request.get('x-request-id'));
    const { method, path } = request;
    response.setHeader('x-request-id', requestId);

    const timer = setTimeout(() => {
      log.warn({ requestId, method, path, timeoutMs }, 'a request took too long');
      inRequestScope({ requestId }, () => sendTimeout(request, response, timeoutMs));
    }, timeoutMs);
    response.once('close', () => {
      clearTimeout(timer);
      const seconds = Number(process.hrtime.bigint() - startedAt) / NS_PER_SECOND;
      metrics.observeRequest(routeOf(path), response.statusCode, seconds);
      log.debug(
        { requestId, method, path, status: response.statusCode, ms: seconds * MS_PER_SECOND },
        'request',
      );
    });
    inRequestScope({ requestId }, next);
  };
}
