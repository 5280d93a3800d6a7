import type { ApolloServer } from '@apollo/server';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { GraphqlContext, GraphqlServices } from '../graphql/core/context.ts';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Directory } from './authentication.ts';
import { createGraphqlRoute } from './graphqlRoute.ts';
import { createHealthRoutes, type Readiness } from './health.ts';
import { createErrorHandler, notFound } from './httpErrors.ts';
import { errorsPage } from './pages/errorsPage.ts';
import { createGraphiqlPage, GRAPHIQL_CSP } from './pages/graphiqlPage.ts';
import { homePage, type Overview } from './pages/homePage.ts';
import { languageOf } from './pages/language.ts';
import { DROP_ICON } from './pages/layout.ts';
import { STYLESHEET } from './pages/stylesheet.ts';
import { createRequestStart } from './requestStart.ts';

/** Parts of the HTTP layer. */
export interface AppDeps {
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly services: GraphqlServices;
  readonly directory: Directory;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly probe: () => Promise<Readiness>;
  readonly overview: () => Promise<Overview>;
  /** Key for GraphiQL in a local demo; null otherwise. */
  readonly demoKey: () => string | null;
  readonly webDist: string;
  readonly trustedProxies: number;
  readonly requestTimeoutMs: number;
}

/** Pages of our own run no script at all. */
const PAGE_CSP = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
const GRAPHIQL_PATH = /^\/graphi?ql(\/|$)/;
const ONE_YEAR = '365d';

function createHeaders(): RequestHandler {
  const headersFor = (directives: Record<string, string[]>): RequestHandler =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      // Serving by HTTPS is the job of what stands in front; a local http page must stay reachable.
      strictTransportSecurity: false,
    });
  const graphiql = headersFor(GRAPHIQL_CSP);
  const page = headersFor(PAGE_CSP);
  return (request, response, next) =>
    GRAPHIQL_PATH.test(request.path)
      ? graphiql(request, response, next)
      : page(request, response, next);
}

function addPages(app: Express, overview: () => Promise<Overview>): void {
  app.get('/', async (request, response) => {
    const page = homePage(await overview(), languageOf(request));
    response.vary('accept-language').setHeader('cache-control', 'no-store').type('html').send(page);
  });
  app.get('/errors', (request, response) => {
    response
      .vary('accept-language')
      .type('html')
      .send(errorsPage(languageOf(request)));
  });
  app.get('/page.css', (_request, response) => {
    response.type('css').send(STYLESHEET);
  });
  app.get(['/drop.svg', '/favicon.ico'], (_request, response) => {
    response.type('svg').send(DROP_ICON);
  });
}

/** Creates the HTTP side of a worker: health and metrics only. */
export function createWorkerApp(
  deps: Pick<AppDeps, 'log' | 'metrics' | 'probe' | 'requestTimeoutMs'>,
): Express {
  const { log, metrics, probe } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.use(createRequestStart({ log, metrics, timeoutMs: deps.requestTimeoutMs }));
  app.use(createHeaders());
  app.use(createHealthRoutes({ probe, metrics }));
  app.use(notFound);
  app.use(createErrorHandler(log));
  return app;
}

/** Creates the whole HTTP side, ready to listen. */
export function createApp(deps: AppDeps): Express {
  const { log, metrics, webDist, demoKey } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.trustedProxies);
  app.set('query parser', 'simple');

  app.use(createRequestStart({ log, metrics, timeoutMs: deps.requestTimeoutMs }));
  app.use(createHeaders());

  app.use(createHealthRoutes({ probe: deps.probe, metrics }));
  app.use(
    '/graphql',
    createGraphqlRoute({ ...deps, graphiql: createGraphiqlPage({ webDist, demoKey }) }),
  );
  app.use(
    '/graphiql',
    express.static(webDist, { index: false, immutable: true, maxAge: ONE_YEAR }),
  );
  addPages(app, deps.overview);

  app.use(notFound);
  app.use(createErrorHandler(log));
  return app;
}
