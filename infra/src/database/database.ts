import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkDataHolder, engineMissing, findDataHolder, noteDataHolder } from './dataHolder.ts';
import { DATABASE_ENGINES, type DatabaseEngine } from './databaseEngines.ts';
import { LOCALHOST, freePort } from '../processes/ports.ts';
import { startProcess, type ProcessExit, type RunningProcess } from '../processes/processes.ts';
import { SetupProblem } from '../setupProblem.ts';

/** The database of the server on an embedded engine. */
const DATABASE_NAME = 'dewpoint';
/** The slowest engine is up in 1 s; one that recovers from a crash replays its log first. */
const START_TIMEOUT_MS = 60_000;
const START_POLL_MS = 20;

export interface DatabaseOptions {
  /** Where the files are kept between runs, in a folder for each engine. */
  dir: string;
  /** A free one if left out. */
  port?: number;
  /** Told in one line what runs, and what is being fetched meanwhile. */
  onProgress?: (line: string) => void;
  /** Called once when the process has ended, also after `stop` and `kill`. Never for a database of the user's own. */
  onExit?: (exit: ProcessExit) => void;
  environment?: NodeJS.ProcessEnv;
  /** Whether an acknowledged write may be lost when it is killed, as in tests that do not kill it: waiting for the disk takes long. */
  isThrowaway?: boolean;
}

export interface Database {
  readonly uri: string;
  /** Which engine runs; `external` is the user's own (MONGODB_URI). */
  readonly kind: DatabaseEngine['kind'] | 'external';
  /** None for a database of the user's own. */
  readonly pid: number | undefined;
  readonly exited: Promise<ProcessExit>;
  /** Ends it as a crash would. A database of the user's own is left alone. */
  kill(signal?: NodeJS.Signals): void;
  /** Ends it in order, everything on disk. A database of the user's own is left alone. */
  stop(): Promise<void>;
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, LOCALHOST);
    const answer = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });

const untilListening = async (database: RunningProcess, port: number): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isListening(port))) {
    if (!database.isRunning()) {
      throw new Error(`The database ended while starting: ${database.output()}`);
    }
    if (Date.now() > deadline) {
      database.kill();
      throw new Error(`The database did not listen within ${START_TIMEOUT_MS} ms.`);
    }
    await delay(START_POLL_MS);
  }
};

const external = (uri: string): Database => ({
  uri,
  kind: 'external',
  pid: undefined,
  exited: new Promise(() => undefined),
  kill: () => undefined,
  stop: () => Promise.resolve(),
});

type ChosenEngine = { engine: DatabaseEngine; command: string };

/** @returns the first engine that can run here, with its program */
const chooseEngine = async (onProgress: (line: string) => void): Promise<ChosenEngine> => {
  const reasons: string[] = [];
  for (const engine of DATABASE_ENGINES) {
    const found = await engine.find(onProgress);
    if ('command' in found) return { engine, command: found.command };
    if (found.advice !== undefined) reasons.push(found.advice);
  }
  throw new SetupProblem(
    `No database can be run here. Do one of these: set MONGODB_URI to a MongoDB of your own, install mongod, or ${reasons.join(', or ')}.`,
  );
};

/** Engines cannot read each other's files, so one that has this folder's data is the only choice. */
const engineFor = async (
  dir: string,
  holder: DatabaseEngine | undefined,
  onProgress: (line: string) => void,
): Promise<ChosenEngine> => {
  if (holder === undefined) return chooseEngine(onProgress);
  const found = await holder.find(onProgress, true);
  if ('command' in found) return { engine: holder, command: found.command };
  throw engineMissing(dir, holder, found.advice);
};

/**
 * Does whatever takes long the first time (a download, an installation), so that {@link startDatabase} is fast from then on.
 *
 * @throws SetupProblem when no engine can run on this machine
 */
export const prepareDatabase = async (
  onProgress: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> => {
  if (environment.MONGODB_URI) return;
  const { engine } = await chooseEngine(onProgress);
  onProgress(`Database: ${engine.title}.`);
};

/**
 * Starts a database that speaks MongoDB's protocol on 127.0.0.1, or uses the one that MONGODB_URI names. Every acknowledged write is
 * on the disk, whatever is killed, unless it `isThrowaway`.
 *
 * @throws SetupProblem when no engine can run on this machine, or not the one that has this folder's data
 */
export const startDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const { onProgress = () => undefined, environment = process.env } = options;
  const holder = await findDataHolder(options.dir);
  checkDataHolder(options.dir, holder, Boolean(environment.MONGODB_URI));
  if (environment.MONGODB_URI) {
    await noteDataHolder(options.dir, 'external');
    onProgress('Database: the one that MONGODB_URI names.');
    return external(environment.MONGODB_URI);
  }
  const { engine, command } = await engineFor(
    options.dir,
    holder === 'external' ? undefined : holder,
    onProgress,
  );
  const port = options.port ?? (await freePort());
  const dir = join(options.dir, engine.folder);
  await mkdir(dir, { recursive: true });
  // Some engines look for a configuration in the working directory: there is none in their own.
  const args = engine.args(port, dir, options.isThrowaway !== true);
  const database = await startProcess({ command, args, cwd: dir });
  await untilListening(database, port);
  await noteDataHolder(options.dir, engine.kind);
  if (options.onExit) void database.exited.then(options.onExit);
  onProgress(`Database: ${engine.title}, on port ${port}.`);
  return {
    uri: `mongodb://${LOCALHOST}:${port}/${DATABASE_NAME}?directConnection=true`,
    kind: engine.kind,
    pid: database.pid,
    exited: database.exited,
    kill: (signal) => database.kill(signal),
    stop: () => database.stop(),
  };
};
