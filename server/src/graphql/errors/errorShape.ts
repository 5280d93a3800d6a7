import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ServiceError, ERROR_CODES, UserError, type ErrorCode } from '../../domain/errors.ts';
import { currentRequestId } from '../../lib/requestScope.ts';
import { ERROR_NUMBERS, errorPagePath } from './errorCatalogue.ts';

/** Messages repeat what was sent, which may be long. */
const MAX_MESSAGE_CHARACTERS = 400;
const MASKED_MESSAGE =
  'An unexpected error occurred. The log of the service has its details under the requestId.';

/** Maps codes of Apollo and graphql-js to those of the API. */
const CODES_OF_LIBRARIES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'INVALID_QUERY',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_QUERY',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_QUERY',
  BAD_REQUEST: 'MALFORMED_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'MALFORMED_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'MALFORMED_REQUEST',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
};

/** An error as callers see it. */
export interface ErrorShape {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field?: string | null;
  readonly retryAfterMs?: number | null;
}

const isOurs = (code: unknown): code is ErrorCode =>
  (ERROR_CODES as readonly unknown[]).includes(code);

const cut = (message: string): string =>
  message.length > MAX_MESSAGE_CHARACTERS
    ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)}...`
    : message;

/** Formats an error for the response: the same shape for GraphQL's own errors and HTTP's. */
export function toFormatted(
  shape: ErrorShape,
  place: Pick<GraphQLFormattedError, 'locations' | 'path'> = {},
): GraphQLFormattedError {
  const { code, message, field = null, retryAfterMs = null } = shape;
  const requestId = currentRequestId();
  return {
    message: cut(message),
    ...(place.locations !== undefined && { locations: place.locations }),
    ...(place.path !== undefined && { path: place.path }),
    extensions: {
      code,
      number: ERROR_NUMBERS[code],
      page: errorPagePath(code),
      ...(field !== null && { field }),
      ...(retryAfterMs !== null && { retryAfterMs }),
      ...(requestId !== null && { requestId }),
    },
  };
}

/** Returns what callers may see of an error; null for an unexpected one, which only the log may name. */
export function expectedShape(error: unknown): ErrorShape | null {
  const original = unwrapResolverError(error);
  if (original instanceof ServiceError) return original;
  // Of a query: mutations answer with userErrors.
  if (original instanceof UserError) return original.refusals[0] ?? null;
  if (!(error instanceof GraphQLError)) return null;
  const { message } = error;
  const { code, field } = error.extensions;
  if (typeof field === 'string') return { code: 'BAD_USER_INPUT', message, field };
  // Validation puts its own code over that of the rule which refused.
  const first = error.originalError instanceof GraphQLError ? error.originalError : error;
  if (isOurs(first.extensions['code'])) return { code: first.extensions['code'], message };
  const known = CODES_OF_LIBRARIES[String(code)];
  return known === undefined ? null : { code: known, message };
}

/** Formats every error of a query, as the last step. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const shape = expectedShape(error) ?? { code: 'INTERNAL', message: MASKED_MESSAGE };
  return toFormatted(shape, formatted);
}
