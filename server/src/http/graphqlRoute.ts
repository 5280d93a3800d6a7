import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router, type RequestHandler } from 'express';
import {
  createContext,
  type Caller,
  type GraphqlContext,
  type GraphqlServices,
} from '../graphql/core/context.ts';
import { textProblem } from '../graphql/limits/documentText.ts';
import { authenticate, type Directory } from './authentication.ts';
import type { GraphiqlPage } from './pages/graphiqlPage.ts';
import { MAX_BODY_BYTES, MAX_PUBLIC_BODY_BYTES, sendError } from './httpErrors.ts';

const METHOD_NOT_ALLOWED = 405;
const UNSUPPORTED_MEDIA_TYPE = 415;

/** Callers by request, null without a key: found before the body is read, used when the query runs. */
type Callers = WeakMap<object, Caller | null>;

/** Authenticates before the body is read: without a key, the server reads no more than a question. */
const findCaller =
  (directory: Directory, callers: Callers): RequestHandler =>
  async (request, response, next) => {
    const caller = await authenticate(request, directory).catch((error: unknown) => {
      response.setHeader('www-authenticate', 'Bearer');
      throw error;
    });
    callers.set(request, caller);
    response.setHeader('cache-control', 'no-store');
    next();
  };

const readBody = (callers: Callers): RequestHandler => {
  const long = json({ limit: MAX_BODY_BYTES, strict: true });
  const short = json({ limit: MAX_PUBLIC_BODY_BYTES, strict: true });
  return (request, response, next) =>
    (callers.get(request) == null ? short : long)(request, response, next);
};

const requireJson: RequestHandler = (request, response, next) => {
  if (request.is('application/json') !== false) return next();
  sendError(response, {
    code: 'MALFORMED_REQUEST',
    message: 'The content type must be JSON; send the header "Content-Type: application/json".',
    status: UNSUPPORTED_MEDIA_TYPE,
  });
};

/** Refuses a query that would be too much even to be parsed. */
const boundText: RequestHandler = (request, response, next) => {
  const { query } = (request.body ?? {}) as { readonly query?: unknown };
  const message = typeof query === 'string' ? textProblem(query) : null;
  if (message === null) return next();
  sendError(response, { code: 'QUERY_TOO_COMPLEX', message });
};

/** Creates the endpoint: POST for requests, GET in a browser for GraphiQL, and nothing else. */
export function createGraphqlRoute(args: {
  apollo: ApolloServer<GraphqlContext>;
  services: GraphqlServices;
  directory: Directory;
  graphiql: GraphiqlPage;
}): Router {
  const { apollo, services, directory, graphiql } = args;
  const callers: Callers = new WeakMap();
  const router = Router();

  router.get('/', (request, response, next) => {
    if (request.accepts(['json', 'html']) === 'html') return graphiql.send(request, response);
    next();
  });
  router.post(
    '/',
    findCaller(directory, callers),
    requireJson,
    readBody(callers),
    boundText,
    expressMiddleware(apollo, {
      context: ({ req }) => {
        const caller = callers.get(req);
        if (caller === undefined) throw new Error('the request was not authenticated');
        return Promise.resolve(createContext(services, caller));
      },
    }),
  );
  router.all('/', (request, response) => {
    response.setHeader('allow', 'GET, POST');
    sendError(response, {
      code: 'MALFORMED_REQUEST',
      message: `The method is ${request.method}; it must be POST.`,
      status: METHOD_NOT_ALLOWED,
    });
  });
  return router;
}
