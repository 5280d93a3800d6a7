import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { ErrorCode } from '../../domain/errors.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { toFormatted } from '../../graphql/errors/errorShape.ts';
import type { Logger } from '../../lib/logger.ts';

/** Bodies above this are not read: 500 actions with the longest ids and reasons are half of it. */
export const MAX_BODY_BYTES = 1_000_000;
/** Limit for requests without a key, which only read: the longest useful query is a tenth of it. */
export const MAX_PUBLIC_BODY_BYTES = 50_000;

const MS_PER_SECOND = 1_000;

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  MALFORMED_REQUEST: 400,
  BUSY: 503,
  QUOTA_USED_UP: 429,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  CHAIN_UNAVAILABLE: 503,
  DATABASE_UNAVAILABLE: 503,
  PAYMENTS_UNAVAILABLE: 503,
  INTERNAL: 500,
};
const BAD_REQUEST = 400;
const INTERNAL_ERROR = 500;

/** Answers with an error in the shape that GraphQL gives errors, so that a client needs one way to read them. */
export function sendError(
  response: Response,
  error: {
    code: ErrorCode;
    message: string;
    field?: string | null;
    retryAfterMs?: number | null;
    status?: number;
  },
): void {
  if (response.headersSent) return;
  const retryAfterMs = error.retryAfterMs ?? null;
  if (retryAfterMs !== null) {
    response.setHeader('retry-after', String(Math.ceil(retryAfterMs / MS_PER_SECOND)));
  }
  response
    .status(error.status ?? STATUS[error.code] ?? BAD_REQUEST)
    .json({ errors: [toFormatted(error)] });
}

/** Error of express or body-parser for a request that they could not read. */
interface RequestError {
  /** Such as `entity.too.large`; left out of errors that they pass on, such as those of decompression. */
  readonly type?: unknown;
  /** From 400 to 499. */
  readonly status: number;
  /** Bytes, of one that is too large. */
  readonly limit?: number;
}

const isRequestError = (error: unknown): error is RequestError =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= BAD_REQUEST &&
  error.status < INTERNAL_ERROR;

function requestMessage({ type }: RequestError, request: Request): string {
  switch (type) {
    case 'entity.parse.failed':
      return 'The body of the request is not JSON; send one JSON object {"query", "variables"}.';
    case 'encoding.unsupported':
      return 'The content encoding is not supported; send gzip, deflate, br or none.';
    case 'charset.unsupported':
      return 'The character set is not supported; send UTF-8.';
    case undefined: {
      const encoding = request.get('content-encoding');
      return encoding === undefined
        ? 'The path or the headers of the request could not be read; correct them.'
        : `The body of the request is not ${encoding}, as its content encoding says; send it whole, or without an encoding.`;
    }
    default:
      return 'The body of the request could not be read; repeat the request.';
  }
}

const isLate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_HTTP_HEADERS_SENT';

/** Creates the handler that answers every thrown error with a typed one; unexpected errors are logged, not shown. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    // Of an answer that came too late: the one that was sent in its place stands, and so does its line in the log.
    if (response.headersSent && isLate(error)) return;
    if (error instanceof ServiceError) {
      sendError(response, error);
    } else if (error instanceof UserError && error.refusals[0] !== undefined) {
      sendError(response, error.refusals[0]);
    } else if (isRequestError(error)) {
      if (error.type === 'entity.too.large') {
        sendError(response, {
          code: 'PAYLOAD_TOO_LARGE',
          message: `The body of the request is larger than ${error.limit ?? MAX_BODY_BYTES} bytes; send less in one request.`,
        });
      } else {
        const message = requestMessage(error, request);
        sendError(response, { code: 'MALFORMED_REQUEST', message, status: error.status });
      }
    } else {
      log.error({ err: error }, 'a request failed');
      sendError(response, {
        code: 'INTERNAL',
        message:
          'An unexpected error occurred. The log of the service has its details under the requestId.',
      });
    }
  };
}

/** Answers requests for unknown paths. */
export const notFound: RequestHandler = (request, response) => {
  sendError(response, {
    code: 'NOT_FOUND',
    message: `There is no page at ${request.path}; the API is at /graphql.`,
  });
};
