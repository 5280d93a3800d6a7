import type { Request, RequestHandler, Response } from 'express';
import { inRequestScope, requestIdFrom } from '../lib/requestScope.ts';
import { redactText, type Logger } from '../lib/logger.ts';
import { inSpan, openRequestSpan } from '../lib/telemetry/tracing.ts';
import type { Metrics } from '../lib/metrics.ts';
import { sendError } from './core/httpErrors.ts';

const NS_PER_SECOND = 1e9;
const MS_PER_SECOND = 1_000;
const REQUEST_TIMEOUT = 408;
/** It is written down as it came; nobody's browser needs more. */
const MAX_USER_AGENT_CHARACTERS = 300;
const MAX_PATH_CHARACTERS = 200;
/** A retry right away would meet the same slowness. */
const RETRY_AFTER_TIMEOUT_MS = 1_000;
/** Routes by name, so that metrics have as many series as there are routes, whatever is asked for. */
const ROUTES = new Set(['/', '/graphql', '/errors', '/healthz', '/readyz', '/metrics']);

const routeOf = (path: string): string => {
  if (ROUTES.has(path)) return path;
  if (path.startsWith('/graphiql/')) return '/graphiql/*';
  if (path.startsWith('/exports/')) return '/exports/*';
  if (path === '/console/graphql') return path;
  if (path === '/console' || path.startsWith('/console/')) return '/console/*';
  return path.startsWith('/auth/') ? '/auth/*' : 'other';
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
  response.setHeader('connection', 'close');
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
    const { method } = request;
    // A key that is put there by mistake must not be in the log.
    const path = redactText(request.path).slice(0, MAX_PATH_CHARACTERS);
    const userAgent = request.get('user-agent')?.slice(0, MAX_USER_AGENT_CHARACTERS) ?? null;
    const scope = { requestId, ip: request.ip ?? null, userAgent };
    response.setHeader('x-request-id', requestId);
    const route = routeOf(path);
    const span = openRequestSpan(`${method} ${route}`, request.headers, {
      'http.request.method': method,
      'http.route': route,
      'dewpoint.request_id': requestId,
    });

    const timer = setTimeout(() => {
      // A long file is on its way.
      if (response.headersSent) return;
      log.warn({ requestId, method, path, timeoutMs }, 'a request took too long');
      inRequestScope(scope, () => sendTimeout(request, response, timeoutMs));
    }, timeoutMs);
    response.once('close', () => {
      clearTimeout(timer);
      const seconds = Number(process.hrtime.bigint() - startedAt) / NS_PER_SECOND;
      metrics.observeRequest(route, response.statusCode, seconds);
      span.setAttribute('http.response.status_code', response.statusCode).end();
      log.debug(
        { requestId, method, path, status: response.statusCode, ms: seconds * MS_PER_SECOND },
        'request',
      );
    });
    inSpan(span, () => inRequestScope(scope, next));
  };
}
