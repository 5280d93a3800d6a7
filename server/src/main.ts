/**
 * Starts the service: `startServer` inside another program, or `node --import tsx server/src/main.ts` by itself. Logs go
 * to standard error. When it answers, it says so once: by a message to the process that started it, or as one line of
 * JSON on standard output.
 */
import type { Server } from 'node:http';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError, readConfig, type Config } from './config/config.ts';
import { forgetRunning, noteRunning } from './config/runningService.ts';
import {
  connectFoundations,
  composeServices,
  foundationsOf,
  type Foundation,
  type Foundations,
  type Services,
} from './composition/composeServices.ts';
import { composeWorker } from './composition/composeWorker.ts';
import { composeBilling, type BillingParts } from './composition/composeBilling.ts';
import { composePeople, type PeopleParts } from './composition/composePeople.ts';
import { createDemoLinks } from './demo/links/demoLinks.ts';
import { prepareDemo, type RunningDemo } from './demo/prepareDemo.ts';
import { DataVersionError, ServiceError } from './domain/errors.ts';
import { startApollo } from './graphql/apollo.ts';
import type { GraphqlServices, ServiceDirectory } from './graphql/core/context.ts';
import { createCallers } from './services/access/callers.ts';
import { createApp, createWorkerApp } from './http/app.ts';
import { createHttpServer, drain, listen, ListenError } from './http/httpServer.ts';
import { createLogger, type Logger } from './lib/logger.ts';
import { createMetrics, type Metrics } from './lib/metrics.ts';
import type { DemoAccess } from './demo/demo.ts';
import { prepareLogin, type DemoLogin } from './demo/demoLogin.ts';
import type { Worker } from './services/worker/worker.ts';
import { composeDeliverer } from './composition/composeDeliverer.ts';
import type { Deliverer } from './services/webhooks/deliverer.ts';
import { createStatus, packageVersion, type Status } from './composition/status.ts';
import { startTracing } from './lib/telemetry/tracing.ts';

/** A running service. */
export interface RunningServer {
  /** URL at which it answers, without a slash at its end. */
  readonly url: string;
  /** Whether anybody is billed, in a sentence. */
  readonly payments: string;
  /** Keys and ids to try the demo with; null when there is no demo. */
  readonly demo: (DemoAccess & { readonly login: DemoLogin | null }) | null;
  /** Answers open requests, finishes the current step and closes all connections. */
  close(): Promise<void>;
}

/** Databases and chains that start at the same time as the service are waited for this long. */
const CONNECT_WITHIN_MS = 30_000;
const CONNECT_PAUSE_MS = 250;
/** Each part gets this long to stop: a database or a chain that hangs holds nobody up, and loses nothing by it. */
const STOP_PART_MS = 3_000;

async function connectPatiently(config: Config, log: Logger): Promise<Foundations> {
  const giveUpAtMs = Date.now() + CONNECT_WITHIN_MS;
  for (;;) {
    try {
      return await connectFoundations(config);
    } catch (error) {
      const isAway =
        error instanceof Error &&
        (error.name.startsWith('Mongo') ||
          (error instanceof ServiceError && error.retryAfterMs !== null));
      if (!isAway || Date.now() > giveUpAtMs) throw error;
      log.warn({ err: error }, 'database or chain does not answer yet');
      await delay(CONNECT_PAUSE_MS);
    }
  }
}

/** Explains an error of listening, with what to do about it. */
/** Stops a part, and goes on without it when it takes too long. */
async function stopInTime(part: string, log: Logger, stop: () => Promise<void>): Promise<void> {
  const stopped = new AbortController();
  const late = delay(STOP_PART_MS, true, { signal: stopped.signal });
  late.catch(() => undefined);
  const isLate = await Promise.race([stop(), late]).finally(() => stopped.abort());
  if (isLate === true) log.warn({ part, afterMs: STOP_PART_MS }, 'a part was not stopped in time');
}

/** A chain with what runs on it in this process. */
interface Served {
  readonly foundation: Foundation;
  readonly services: Services;
  /** Null in a process that only answers. */
  readonly worker: Worker | null;
  readonly deliverer: Deliverer | null;
}

/** Composes what runs on a chain, and starts its worker. */
function serve(
  foundation: Foundation,
  config: Config,
  logger: Logger,
  { recordingStops }: Pick<BillingParts, 'recordingStops'>,
  parts: { readonly people: PeopleParts; readonly metrics: Metrics },
): Served {
  let worker: Worker | null = null;
  let deliverer: Deliverer | null = null;
  const wake = (): void => {
    worker?.wake();
    deliverer?.wake();
  };
  const services = composeServices(foundation, { wake }, recordingStops);
  if (config.role !== 'api') {
    deliverer = composeDeliverer(foundation, logger, parts);
    worker = composeWorker(foundation, services.aggregator, logger, {
      onTold: () => deliverer?.wake(),
    });
    worker.start();
    deliverer.start();
  }
  return { foundation, services, worker, deliverer };
}

interface Parts {
  readonly config: Config;
  readonly log: Logger;
  /** The test chain first. */
  readonly served: readonly [Served, ...Served[]];
  readonly demo: () => RunningDemo | null;
  readonly people: PeopleParts;
  readonly billing: BillingParts;
  readonly metrics: Metrics;
  /** Told to scrapes from now on. */
  readonly readFrom: (status: Status) => void;
}

/** Gives resolvers the services of each chain. */
function directoryOf(
  served: readonly Served[],
  shared: Pick<GraphqlServices, 'metrics' | 'organisations' | 'team' | 'billing' | 'topUps'>,
): ServiceDirectory {
  const all = served.map(({ foundation: { environment, store, chain }, services }) => ({
    environment,
    ...services,
    ...shared,
    ...{ chainId: chain.chainId, totals: store.totals, clock: chain.clock },
  }));
  return {
    of: (chainId) => {
      const found = all.find((one) => one.chainId === chainId);
      if (found !== undefined) return found;
      throw new ServiceError({
        code: 'CHAIN_UNAVAILABLE',
        message: `The service is not connected to chain ${chainId}, on which the program is.`,
      });
    },
    in: (environment) => all.find((one) => one.environment === environment) ?? null,
  };
}

async function createHttp(parts: Parts): Promise<Server> {
  const { config, log, served, demo, people, billing, metrics } = parts;
  const [{ services, foundation }] = served;
  const demoLinks = createDemoLinks({
    ...{ demo, isLocal: foundation.chain.local, rpcUrls: config.test.rpcUrls },
    linkTickets: services.linkTickets,
  });
  const status = createStatus(served, demo, demoLinks, billing.gauges);
  parts.readFrom(status);
  const shared = { log, metrics, requestTimeoutMs: config.http.requestTimeoutMs };
  const app =
    config.role === 'worker'
      ? createWorkerApp({ ...shared, probe: () => status.probe() })
      : createApp({
          ...shared,
          apollo: await startApollo(log, metrics),
          services: directoryOf(served, { metrics, ...people.graphql, ...billing.graphql }),
          callers: createCallers({ ...services, ...people.callers }),
          signIn: people.signIn,
          paymentEvents: billing.paymentEvents,
          probe: () => status.probe(),
          overview: () => status.overview(),
          demoLinks,
          demoKey: () => demo()?.access.apiKey ?? null,
          webDist: config.http.webDist,
          trustedProxies: config.http.trustedProxies,
          rateLimits: config.http.rateLimits,
        });
  return createHttpServer(app, config.http);
}

/** Starts the service with these settings. After a failure, it closes what it has opened. */
export async function startServer(config: Config, log?: Logger): Promise<RunningServer> {
  const logger = log ?? createLogger(config.log);
  const tracing =
    config.tracesUrl === null
      ? null
      : startTracing(config.tracesUrl, { 'service.version': packageVersion(), role: config.role });
  const foundations = await connectPatiently(config, logger);
  const served: Served[] = [];
  let demo: RunningDemo | null = null;
  let listening: Server | null = null;
  let listeningUrl: string | null = null;
  const people = composePeople(foundations.test, config, logger, () => {
    if (listeningUrl === null) throw new Error('the service does not listen yet');
    return listeningUrl;
  });
  let status: Status | null = null;
  const metrics = createMetrics(
    () => status?.gauges() ?? Promise.resolve({}),
    () => status?.billing() ?? Promise.resolve(null),
  );
  const billing = composeBilling({
    ...{ foundation: foundations.test, live: foundations.live },
    ...{ people, config: config.payments, logger },
    knownNonce: config.treasury.knownNonce,
    publicUrl: people.signIn.publicUrl,
  });
  const stopParts = async (): Promise<void> => {
    for (const { services } of served) {
      await stopInTime('recording', logger, () => services.recordActions.close());
    }
    for (const { worker, deliverer } of served) {
      await stopInTime('worker', logger, () => worker?.stop() ?? Promise.resolve());
      await stopInTime('webhooks', logger, () => deliverer?.stop() ?? Promise.resolve());
    }
    await stopInTime('billing', logger, () => billing.worker?.stop() ?? Promise.resolve());
    await stopInTime('traces', logger, () => tracing?.close() ?? Promise.resolve());
    await stopInTime('letters', logger, () => people.close());
    await stopInTime('connections', logger, () => foundations.close());
  };
  try {
    for (const foundation of foundationsOf(foundations)) {
      // Gas money on a local chain; it has no effect anywhere else.
      await foundation.deployment.fund([]);
      served.push(serve(foundation, config, logger, billing, { people, metrics }));
    }
    const [first, ...others] = served;
    if (first === undefined) throw new Error('the service has no chain');
    const parts = {
      ...{ config, log: logger, people, billing, metrics },
      readFrom: (made: Status) => (status = made),
      ...{ served: [first, ...others] as const, demo: () => demo },
    };
    const server = await createHttp(parts);
    if (config.demo) {
      demo = await prepareDemo(config, first.foundation, first.services);
    }
    const url = await listen(server, config.http);
    listening = server;
    listeningUrl = url;
    if (demo !== null) {
      const { rpcUrls } = config.test;
      await noteRunning({ ...config, rpcUrls, url }, demo.access.programAddress);
    }
    // People have sessions at a URL, which is known now.
    const login = config.demo ? await prepareLogin(config, foundations, people.callers) : null;
    const chainIds = served.map(({ foundation: { chain } }) => chain.chainId);
    const payments = billing.line;
    logger.info({ url, role: config.role, chainIds, payments }, 'ready');
    // Its letters have links to the URL.
    if (config.role !== 'api') billing.worker?.start();
    return {
      ...{ url, payments },
      demo: demo === null ? null : { ...demo.access, login },
      async close() {
        if (config.demo) await forgetRunning(config);
        await drain(server);
        await stopParts();
      },
    };
  } catch (error) {
    if (listening !== null) await drain(listening);
    await stopParts();
    throw error;
  }
}

function stopOnSignals(server: RunningServer, log: Logger): void {
  let stopping = false;
  const stop = (signal: string): void => {
    // A second signal means now.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.log);
  const server = await startServer(config, log);
  stopOnSignals(server, log);
  const { url, payments, demo } = server;
  const ready = { type: 'ready', url, payments, demo };
  if (process.send !== undefined) process.send(ready);
  else process.stdout.write(`${JSON.stringify(ready)}\n`);
}

/** Exit code of a process whose environment is wrong. */
const BAD_CONFIG = 78;

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  main().catch((error: unknown) => {
    const isExpected = [ConfigError, ListenError, ServiceError, DataVersionError].some(
      (kind) => error instanceof kind,
    );
    const { message, stack } = error as Error;
    const exitCode = error instanceof ConfigError ? BAD_CONFIG : 1;
    process.stderr.write(`${isExpected ? message : String(stack)}\n`, () => process.exit(exitCode));
  });
}
