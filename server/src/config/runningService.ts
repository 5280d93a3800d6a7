/** Lets commands on this machine find the database and the chain of a local demo, whose ports change with every start. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, DEFAULT_STATE_DIR, type Config } from './config.ts';

const OWNER_ONLY = 0o600;
const runningFile = z.object({
  mongodbUri: z.string(),
  rpcUrls: z.array(z.string()).default([]),
  url: z.string().nullable().default(null),
  programAddress: z.string().nullable().default(null),
});
const pathIn = (stateDir: string): string => join(stateDir, 'running.json');
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Saves which database and nodes the service uses, for its owner alone: a URI may hold a password.
 *
 * @param programAddress The Points contract of the demo.
 */
export async function noteRunning(
  {
    stateDir,
    mongodbUri,
    rpcUrls,
    url,
  }: Pick<Config, 'stateDir' | 'mongodbUri'> &
    Pick<Config['test'], 'rpcUrls'> & { readonly url: string },
  programAddress: string,
): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  const note = JSON.stringify({ mongodbUri, rpcUrls, url, programAddress });
  await writeFile(pathIn(stateDir), note, { mode: OWNER_ONLY });
}

/** Undoes {@link noteRunning}. */
export async function forgetRunning({ stateDir }: Config): Promise<void> {
  await rm(pathIn(stateDir), { force: true });
}

/** The folder of the server's state: named, or inside of the folder that `npm start` keeps everything in. */
function stateDirIn(env: Environment): string {
  const { DEWPOINT_STATE_DIR: stateDir, DEWPOINT_DIR: keptDir } = env;
  return stateDir || (keptDir ? join(keptDir, 'server') : DEFAULT_STATE_DIR);
}

/** Null when no service runs from this folder. */
async function readRunning(env: Environment): Promise<z.infer<typeof runningFile> | null> {
  try {
    return runningFile.parse(JSON.parse(await readFile(pathIn(stateDirIn(env)), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

const notRunning = (name: string, env: Environment): ConfigError =>
  new ConfigError([
    `${name}: must be set, or a demo must run (npm start); none runs from ${stateDirIn(env)}`,
  ]);

/**
 * Returns the URI of the database to work on: MONGODB_URI, else that of the demo that runs on this machine.
 *
 * @throws ConfigError when there is neither
 */
export async function readDatabaseUri(env: Environment = process.env): Promise<string> {
  const uri = env['MONGODB_URI'] || (await readRunning(env))?.mongodbUri;
  if (uri) return uri;
  throw notRunning('MONGODB_URI', env);
}

/**
 * Returns the URLs of the nodes to work on: RPC_URL, else those of the demo that runs on this machine.
 *
 * @throws ConfigError when there is neither
 */
export async function readRpcUrls(env: Environment = process.env): Promise<readonly string[]> {
  const named = (env['RPC_URL'] ?? '').split(',').flatMap((url) => url.trim() || []);
  const urls = named.length > 0 ? named : ((await readRunning(env))?.rpcUrls ?? []);
  if (urls.length > 0) return urls;
  throw notRunning('RPC_URL', env);
}

/** Returns the address of the demo's Points contract; null when no demo runs on this machine. */
export async function readDemoProgram(env: Environment = process.env): Promise<string | null> {
  return (await readRunning(env))?.programAddress ?? null;
}

/**
 * Returns the URL at which the service on this machine answers.
 *
 * @throws ConfigError when none runs here
 */
export async function readServiceUrl(env: Environment = process.env): Promise<string> {
  const url = (await readRunning(env))?.url;
  if (url) return url;
  throw new ConfigError([`No demo runs from ${stateDirIn(env)}: start one with npm start`]);
}
