import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, type DocumentNode } from 'graphql';
import type { Logger } from '../../lib/logger.ts';
import type { GraphqlContext } from '../core/context.ts';
import { expectedShape } from './errorShape.ts';
import { inputPathOf } from './inputPath.ts';

const MS_PER_SECOND = 1_000;
const BAD_REQUEST = 400;
const INTERNAL_ERROR = 500;
const SERVICE_UNAVAILABLE = 503;
/** Codes under which Apollo reports a value that does not fit its type, in a variable or in the query's text. */
const VALUE_ERRORS: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']);

/** What graphql-js adds, without a code, to the 50 bad values that it has named. */
const MORE_BAD_VALUES = /^Too many errors processing variables/;

/** What graphql-js says, without a code, of null in a variable that a default lets through validation. */
const BAD_ARGUMENT = /^Argument "(\w+)" (?:of (?:non-null|required) type|has invalid value) /;

/** Gives what graphql-js reports of bad values while it runs a query their code. */
function classify(error: GraphQLError): void {
  const { message, originalError } = error;
  const isByLibrary = originalError === undefined || originalError instanceof GraphQLError;
  if (!isByLibrary || error.extensions['code'] !== undefined) return;
  if (MORE_BAD_VALUES.test(message)) error.extensions['code'] = 'BAD_USER_INPUT';
  const argument = BAD_ARGUMENT.exec(message)?.[1];
  if (argument !== undefined) error.extensions['field'] = argument;
}

/** Names the input of a refused value in `extensions.field`. */
function nameField(error: GraphQLError, document: DocumentNode): void {
  if (!VALUE_ERRORS.has(error.extensions['code'])) return;
  const field = inputPathOf(error, document);
  if (field !== null) error.extensions['field'] = field;
}

/** Creates the plugin that names the fields of bad values, logs unexpected errors and sets `Retry-After`. */
export function createErrorPlugin(log: Logger): ApolloServerPlugin<GraphqlContext> {
  const listener: GraphQLRequestListener<GraphqlContext> = {
    didEncounterErrors({ errors, document }) {
      for (const error of errors) {
        classify(error);
        if (document !== undefined) nameField(error, document);
        if (expectedShape(error) === null) {
          log.error({ err: error.originalError ?? error, path: error.path }, 'a resolver failed');
        }
      }
      return Promise.resolve();
    },
    willSendResponse({ errors = [], response }) {
      const { http, body } = response;
      if (body.kind !== 'single' || (body.singleResult.data ?? null) !== null) {
        return Promise.resolve();
      }
      const shapes = errors.map(expectedShape);
      const retryAfterMs = shapes
        .map((shape) => shape?.retryAfterMs ?? null)
        .find((ms) => ms !== null);
      if (retryAfterMs !== undefined) {
        http.headers.set('retry-after', String(Math.ceil(retryAfterMs / MS_PER_SECOND)));
        http.status = SERVICE_UNAVAILABLE;
      } else if (http.status === INTERNAL_ERROR && shapes.every((shape) => shape !== null)) {
        // Apollo reports every request that ends before it is run as an internal error.
        http.status = BAD_REQUEST;
      }
      return Promise.resolve();
    },
  };
  return {
    requestDidStart: () => Promise.resolve(listener),
    // Such an error ends a request outside of what the listener is told of.
    unexpectedErrorProcessingRequest: ({ error }) => {
      log.error({ err: error }, 'a request failed');
      return Promise.resolve();
    },
  };
}
