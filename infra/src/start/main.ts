/**
 * `npm start`: an embedded chain and database, both kept between runs, and the server with its demo program on top of them.
 * `npm run dev` (`--reload`): the same, the server being started again whenever its sources change.
 *
 * Environment: DEWPOINT_PORT, DEWPOINT_CHAIN_PORT, DEWPOINT_DATABASE_PORT; DEWPOINT_DIR for the kept files; MONGODB_URI and RPC_URL for
 * services of one's own; everything else is the server's (server/src/config).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandLine } from '../commandLine.ts';
import { startChain, type Chain } from '../chain/chain.ts';
import { startDatabase } from '../database/database.ts';
import { readVariable } from '../environment.ts';
import { onLauncherGone } from '../processes/launcher.ts';
import { KEPT_DIR } from '../paths.ts';
import { tryLock } from '../processes/pidLock.ts';
import { choosePort } from '../processes/ports.ts';
import { startDevServer } from './devServer.ts';
import { startServerProcess, type ServerOptions, type ServerReady } from './serverProcess.ts';
import { SetupProblem } from '../setupProblem.ts';
import { demoStart } from './demoStart.ts';
import { describeStart } from './startReport.ts';
import { alreadyRuns } from '../processes/preflight.mjs';
import { buildWeb } from './webBuild.ts';

const HELP = `npm start
npm run dev

Starts an embedded chain and database, both kept between runs, and the server with its demo program; npm run dev starts the
server again whenever its sources change. It ends with a command to try it. Ctrl-C stops everything.

  --reload               what npm run dev adds

  DEWPOINT_PORT          port of the API (4000)
  DEWPOINT_CHAIN_PORT    port of the chain (8545)
  DEWPOINT_DATABASE_PORT port of the database (a free one)
  DEWPOINT_DIR           folder of all that is kept (.dewpoint)
  MONGODB_URI, RPC_URL   a database, and nodes of a chain, of your own

docs/configuration.md has the others.`;

const { values } = commandLine({
  command: 'npm start',
  help: HELP,
  words: false,
  options: { reload: { type: 'boolean', default: false } },
});
const RELOADING = values.reload;
const API_PORT = 4_000;
const CHAIN_PORT = 8_545;
const INTERRUPTED = 130;
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 1_000;

const say = (line: string): void => console.log(line);

/** What has been started, in order. It is stopped the other way round. */
const started: { name: string; stop: () => Promise<void> }[] = [];
let stopping = false;

/** Stops everything in order, once, and ends the process. */
const stopAll = async (exitCode: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  for (const { name, stop } of started.reverse()) {
    try {
      await stop();
    } catch (error) {
      console.error(`Stopping ${name} failed: ${String(error)}`);
      exitCode = 1; // The others still have to be stopped.
    }
  }
  process.exit(exitCode);
};

const stopOnSignals = (): void => {
  let firstAt = 0;
  const onSignal = (exitCode: number): void => {
    if (!stopping) {
      firstAt = Date.now();
      say('\nStopping ...');
      void stopAll(exitCode);
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      process.exit(exitCode); // Asked twice: at once then. What still runs is killed with this process.
    }
  };
  process.on('SIGINT', () => onSignal(INTERRUPTED));
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(0));
  onLauncherGone(() => void stopAll(0));
  // A terminal that was closed cannot be written to, and everything still has to be stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void stopAll(0));
};

/** One part that ends by itself takes the rest with it: half a service would only pretend. */
const endedByItself = (name: string) => (): void => {
  if (stopping) return;
  console.error(`${name} has ended unexpectedly; stopping the rest.`);
  void stopAll(1);
};

const chooseChain = async (dir: string): Promise<{ rpcUrl: string; chain?: Chain }> => {
  const rpcUrl = process.env.RPC_URL;
  if (rpcUrl) {
    say('Chain: the one that RPC_URL names.');
    return { rpcUrl };
  }
  const port = await choosePort({
    what: 'the embedded chain',
    variable: 'DEWPOINT_CHAIN_PORT',
    defaultPort: CHAIN_PORT,
  });
  const onExit = endedByItself('The embedded chain');
  const chain = await startChain({
    dir: join(dir, 'chain'),
    port,
    genesisTimestamp: demoStart(),
    followWallClock: true,
    onExit,
    onSilence: (line) => console.error(line),
    onDumpFailed: (error) => {
      console.error(`The embedded chain can no longer be kept (${String(error)}); stopping.`);
      void stopAll(1);
    },
  });
  started.push({ name: 'the chain', stop: () => chain.stop() });
  say(`Chain: anvil, on port ${port}${chain.resumed ? ', going on where it stopped' : ''}.`);
  return { rpcUrl: chain.url, chain };
};

const chooseDatabase = async (dir: string): Promise<string> => {
  const variable = 'DEWPOINT_DATABASE_PORT';
  const port = readVariable(variable)
    ? await choosePort({ what: 'the database', variable, defaultPort: 0 })
    : undefined;
  const database = await startDatabase({
    dir: join(dir, 'database'),
    onProgress: say,
    onExit: endedByItself('The database'),
    ...(port !== undefined && { port }),
  });
  started.push({ name: 'the database', stop: () => database.stop() });
  return database.uri;
};

/** Two starts on one folder would write over each other's chain. */
const lockFolder = (dir: string): void => {
  const attempt = tryLock(join(dir, 'running.pid'));
  if ('release' in attempt) return; // Given back when this process ends.
  throw new SetupProblem(alreadyRuns(dir, attempt.holder));
};

/** What the server gets unless the user has said something else. */
const SERVER_DEFAULTS = {
  DEWPOINT_DEMO: 'true',
  DEWPOINT_LOG_LEVEL: 'warn',
  DEWPOINT_LOG_PRETTY: 'true',
};

const startOnce = async (options: ServerOptions): Promise<ServerReady> => {
  const server = await startServerProcess(options);
  started.push({ name: 'the server', stop: () => server.process.stop() });
  const ready = await server.ready;
  void server.process.exited.then(endedByItself('The server'));
  return ready;
};

const startReloading = (options: ServerOptions): Promise<ServerReady> => {
  const server = startDevServer(options);
  started.push({ name: 'the server', stop: () => server.stop() });
  return server.ready;
};

const start = async (): Promise<void> => {
  const dir = resolve(readVariable('DEWPOINT_DIR') ?? KEPT_DIR);
  lockFolder(dir);
  const port = await choosePort({
    what: 'the API',
    variable: 'DEWPOINT_PORT',
    defaultPort: API_PORT,
  });
  const [{ chain, rpcUrl }, mongodbUri] = await Promise.all([
    chooseChain(dir),
    chooseDatabase(dir),
    buildWeb(say),
  ]);
  const options = {
    env: {
      ...SERVER_DEFAULTS,
      DEWPOINT_STATE_DIR: join(dir, 'server'),
      ...process.env,
      DEWPOINT_PORT: `${port}`,
      MONGODB_URI: mongodbUri,
      RPC_URL: rpcUrl,
    },
    onLine: say,
  };
  if (options.env.DEWPOINT_DEMO === 'true' && !existsSync(options.env.DEWPOINT_STATE_DIR)) {
    say('Demo: playing the three weeks of a café; once, in a minute or less ...');
  }
  const ready = await (RELOADING ? startReloading(options) : startOnce(options));
  // From here on a crash cannot lose the contracts that the database knows of.
  await chain?.dump();
  say(describeStart({ ready, rpcUrl, embeddedChain: chain !== undefined, dir }));
};

stopOnSignals();
try {
  await start();
} catch (error) {
  console.error(error instanceof SetupProblem ? error.message : error);
  await stopAll(1);
}
