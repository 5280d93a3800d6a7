/** Lets commands on this machine find the database of a local demo, whose port changes with every start. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, DEFAULT_STATE_DIR, type Config } from './config.ts';

const OWNER_ONLY = 0o600;
const runningFile = z.object({ mongodbUri: z.string() });
const pathIn = (stateDir: string): string => join(stateDir, 'running.json');

/** Saves which database the service uses, for its owner alone: the URI may hold a password. */
export async function noteRunning({ stateDir, mongodbUri }: Config): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  await writeFile(pathIn(stateDir), JSON.stringify({ mongodbUri }), { mode: OWNER_ONLY });
}

/** Undoes {@link noteRunning}. */
export async function forgetRunning({ stateDir }: Config): Promise<void> {
  await rm(pathIn(stateDir), { force: true });
}

/**
 * Returns the URI of the database to work on: MONGODB_URI, else that of the demo that runs on this machine.
 *
 * @throws ConfigError when there is neither
 */
export async function readDatabaseUri(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  if (env['MONGODB_URI']) return env['MONGODB_URI'];
  const stateDir = env['DEWPOINT_STATE_DIR'] || DEFAULT_STATE_DIR;
  try {
    return runningFile.parse(JSON.parse(await readFile(pathIn(stateDir), 'utf8'))).mongodbUri;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ConfigError(['MONGODB_URI: must be set, or a demo must run (npm start)']);
  }
}
