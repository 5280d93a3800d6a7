import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router, type Request, type RequestHandler } from 'express';
import {
  createContext,
  type GraphqlContext,
  type ServiceDirectory,
} from '../graphql/core/context.ts';
import { textProblem } from '../graphql/limits/documentText.ts';
import type { Callers } from '../services/access/callers.ts';
import { findCaller, isFromConsole, type CallerOf } from './core/findCaller.ts';
import { onlyThese } from './core/onlyThese.ts';
import type { GraphiqlPage } from './pages/graphiqlPage.ts';
import { MAX_BODY_BYTES, MAX_PUBLIC_BODY_BYTES, sendError } from './core/httpErrors.ts';

const UNSUPPORTED_MEDIA_TYPE = 415;

const readBody = (callerOf: CallerOf): RequestHandler => {
  const long = json({ limit: MAX_BODY_BYTES, strict: true });
  const short = json({ limit: MAX_PUBLIC_BODY_BYTES, strict: true });
  return (request, response, next) =>
    (callerOf.get(request) == null ? short : long)(request, response, next);
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

/** What answers a request to the API. */
interface ApiParts {
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly services: ServiceDirectory;
  readonly callers: Callers;
  readonly callerOf: CallerOf;
  readonly limitRate: RequestHandler;
}

const contexts = new WeakMap<Request, GraphqlContext>();

/** Joins the caller to the services. What it refuses is answered as every other step's: the engine would call it a failure of its own. */
const contextual =
  (services: ServiceDirectory, callerOf: CallerOf): RequestHandler =>
  (request, _response, next) => {
    const caller = callerOf.get(request);
    if (caller === undefined) throw new Error('the request was not authenticated');
    contexts.set(request, createContext(services, caller));
    next();
  };

/** The steps from a request to its answer. */
const answering = ({ apollo, services, callers, callerOf, limitRate }: ApiParts) =>
  [
    findCaller(callers, callerOf),
    limitRate,
    requireJson,
    readBody(callerOf),
    boundText,
    contextual(services, callerOf),
    expressMiddleware(apollo, {
      context: ({ req }) => {
        const context = contexts.get(req);
        if (context === undefined) throw new Error('the request has no context');
        return Promise.resolve(context);
      },
    }),
  ] as const;

/** Creates the endpoint: POST for requests, GET in a browser for GraphiQL, and nothing else. */
export function createGraphqlRoute({
  graphiql,
  ...parts
}: ApiParts & { readonly graphiql: GraphiqlPage }): Router {
  const router = Router();
  router.get('/', (request, response, next) => {
    if (request.accepts(['json', 'html']) === 'html') return graphiql.send(request, response);
    next();
  });
  router.post('/', ...answering(parts));
  router.all('/', onlyThese('GET, POST'));
  return router;
}

/**
 * Lets in what a page of this service sends. The session of a person is taken from pages of ours anyway (`services/access/callers.ts`);
 * here no request is taken that another site could have had a browser send, nor one with a key.
 */
const requireConsole: RequestHandler = (request, response, next) => {
  if (isFromConsole(request) && request.get('authorization') === undefined) return next();
  sendError(response, {
    code: 'FORBIDDEN',
    message: 'This address is for the pages of the console; apps and members ask at /graphql.',
  });
};

/** Creates the endpoint of the console: the same API, for people who are signed in, by their cookie. */
export function createConsoleGraphqlRoute(parts: ApiParts): Router {
  const router = Router();
  router.post('/', requireConsole, ...answering(parts));
  router.all('/', onlyThese('POST'));
  return router;
}
