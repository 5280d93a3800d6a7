import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router, type RequestHandler } from 'express';
import {
  createContext,
  type GraphqlContext,
  type ServiceDirectory,
} from '../graphql/core/context.ts';
import { textProblem } from '../graphql/limits/documentText.ts';
import type { Callers } from '../services/access/callers.ts';
import { findCaller, type CallerOf } from './core/findCaller.ts';
import type { GraphiqlPage } from './pages/graphiqlPage.ts';
import { MAX_BODY_BYTES, MAX_PUBLIC_BODY_BYTES, sendError } from './core/httpErrors.ts';

const METHOD_NOT_ALLOWED = 405;
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

/** Creates the endpoint: POST for requests, GET in a browser for GraphiQL, and nothing else. */
export function createGraphqlRoute(args: {
  apollo: ApolloServer<GraphqlContext>;
  services: ServiceDirectory;
  callers: Callers;
  callerOf: CallerOf;
  limitRate: RequestHandler;
  graphiql: GraphiqlPage;
}): Router {
  const { apollo, services, callers, callerOf, limitRate, graphiql } = args;
  const router = Router();

  router.get('/', (request, response, next) => {
    if (request.accepts(['json', 'html']) === 'html') return graphiql.send(request, response);
    next();
  });
  router.post(
    '/',
    findCaller(callers, callerOf),
    limitRate,
    requireJson,
    readBody(callerOf),
    boundText,
    expressMiddleware(apollo, {
      context: ({ req }) => {
        const caller = callerOf.get(req);
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
