import type { ApolloServer } from '@apollo/server';
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { GraphqlContext, ServiceDirectory } from '../graphql/core/context.ts';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Callers } from '../services/access/callers.ts';
import { createAuditLogCsv } from './exports/auditLogCsv.ts';
import { createListCsv } from './exports/listCsv.ts';
import { createConsoleGraphqlRoute, createGraphqlRoute } from './graphqlRoute.ts';
import { findCaller, type CallerOf } from './core/findCaller.ts';
import { onlyThese } from './core/onlyThese.ts';
import { createAuthRoute, type SignIn } from './auth/authRoute.ts';
import { builtFiles } from './faces/builtFiles.ts';
import { NO_DEVICES } from './faces/faceHeaders.ts';
import { createFaceRoutes } from './faces/faceRoutes.ts';
import { createHealthRoutes, type Readiness } from './health.ts';
import { createImageRoute } from './images.ts';
import { createErrorHandler, notFound } from './core/httpErrors.ts';
import { createDemoDoors, isOnThisMachine, type DemoLinks } from './pages/demoDoor.ts';
import { errorsPage } from './pages/errorsPage.ts';
import { createGraphiqlPage, GRAPHIQL_CSP } from './pages/graphiqlPage.ts';
import { homePage, type Overview } from './pages/homePage.ts';
import { languageOf } from './pages/language.ts';
import { DROP_ICON } from './pages/layout.ts';
import { STYLESHEET } from './pages/stylesheet.ts';
import type { PaymentEvents } from '../services/billing/paymentEvents.ts';
import { createStripeWebhook } from './stripe/stripeWebhook.ts';
import { createRateLimit, type RateLimits } from './rateLimit.ts';
import { createRequestStart } from './requestStart.ts';

/** Parts of the HTTP layer. */
export interface AppDeps {
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly services: ServiceDirectory;
  readonly callers: Callers;
  readonly signIn: SignIn;
  /** Takes the messages of payments; null while payments are off. */
  readonly paymentEvents: Pick<PaymentEvents, 'receive'> | null;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly probe: () => Promise<Readiness>;
  readonly overview: () => Promise<Overview>;
  /** Key for GraphiQL in a local demo; null otherwise. */
  readonly demoKey: () => string | null;
  readonly demoLinks: DemoLinks;
  readonly webDist: string;
  readonly trustedProxies: number;
  readonly requestTimeoutMs: number;
  readonly rateLimits: RateLimits;
}

/** Pages of our own run no script at all. */
const PAGE_CSP = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
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
  return (request, response, next) => {
    response.setHeader('permissions-policy', NO_DEVICES);
    if (GRAPHIQL_PATH.test(request.path)) graphiql(request, response, next);
    else page(request, response, next);
  };
}

function addPages(app: Express, overview: () => Promise<Overview>): void {
  app.get('/', async (request, response) => {
    const { demo, ...shown } = await overview();
    const memberDoor = isOnThisMachine(request) ? (demo?.memberDoor ?? null) : null;
    const page = homePage(
      { ...shown, demo: demo === null ? null : { ...demo, memberDoor } },
      languageOf(request),
    );
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
  const callerOf: CallerOf = new WeakMap();
  const limitRate = createRateLimit(deps.rateLimits, callerOf);
  app.use(
    '/graphql',
    createGraphqlRoute({
      ...deps,
      callerOf,
      limitRate,
      graphiql: createGraphiqlPage({ webDist, demoKey }),
    }),
  );
  app.use('/console/graphql', createConsoleGraphqlRoute({ ...deps, callerOf, limitRate }));
  // Without a body nothing would slow down the reading of a whole list.
  app.head('/exports/:list', onlyThese('GET'));
  app.get(
    '/exports/audit-log.csv',
    findCaller(deps.callers, callerOf),
    limitRate,
    createAuditLogCsv(deps.services, callerOf),
  );
  app.get(
    '/exports/:list',
    findCaller(deps.callers, callerOf),
    limitRate,
    createListCsv(deps.services, callerOf),
  );
  app.use('/auth', createAuthRoute(deps.signIn));
  app.use('/webhooks/stripe', createStripeWebhook(deps.paymentEvents));
  app.use(
    '/graphiql',
    builtFiles(join(webDist, 'graphiql'), { immutable: true, maxAge: ONE_YEAR }),
  );
  // Of all chains, as there is one database.
  const image = async (hash: string): Promise<Buffer | null> =>
    (await deps.services.in('test')?.looks.image(hash)) ?? null;
  app.use(createImageRoute({ image }));
  app.use(
    createFaceRoutes({
      webDist,
      lookOf: async (programId) => {
        const test = deps.services.in('test');
        const program = (await test?.programs.get(programId)) ?? null;
        return program === null ? null : deps.services.of(program.chainId).looks.of(programId);
      },
    }),
  );
  addPages(app, deps.overview);
  app.use(createDemoDoors(deps.demoLinks));

  app.use(notFound);
  app.use(createErrorHandler(log));
  return app;
}
