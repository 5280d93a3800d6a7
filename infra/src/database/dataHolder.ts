import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_ENGINES, type DatabaseEngine } from './databaseEngines.ts';
import { SetupProblem } from '../setupProblem.ts';

/** The database of the user's own, as it is noted. */
const EXTERNAL = 'external';

/** What has the data of a folder: an engine, or a database of the user's own that MONGODB_URI named. */
export type DataHolder = DatabaseEngine | typeof EXTERNAL;

/** Says who has the data; beside the folders of the engines. */
const noteIn = (dir: string): string => join(dir, 'holder');

const holdsFiles = async (dir: string): Promise<boolean> =>
  existsSync(dir) && (await readdir(dir)).length > 0;

/** @returns what has the data of this folder; undefined for a new one */
export const findDataHolder = async (dir: string): Promise<DataHolder | undefined> => {
  const noted = await readFile(noteIn(dir), 'utf8').catch(() => '');
  if (noted.trim() === EXTERNAL) return EXTERNAL;
  for (const engine of DATABASE_ENGINES) {
    if (engine.kind === noted.trim()) return engine;
  }
  // Written before there were notes, or killed before its first one.
  for (const engine of DATABASE_ENGINES) {
    if (await holdsFiles(join(dir, engine.folder))) return engine;
  }
  return undefined;
};

/** Notes who has the data from now on. */
export const noteDataHolder = async (
  dir: string,
  holder: DatabaseEngine['kind'] | typeof EXTERNAL,
): Promise<void> => {
  await mkdir(dir, { recursive: true });
  await writeFile(noteIn(dir), `${holder}\n`);
};

const AFRESH = 'set DEWPOINT_DIR to a new folder to begin afresh';

/** The engine that wrote the data cannot be had: another one would show an empty program with new keys. */
export const engineMissing = (
  dir: string,
  engine: DatabaseEngine,
  advice = engine.toGetIt,
): SetupProblem =>
  new SetupProblem(
    `The data in ${dir} was written by ${engine.name}, which is not to be had here now, and no other engine can read it: ${advice} to go on with it, or ${AFRESH}.`,
  );

/**
 * Compares who has the data with what the environment wants.
 *
 * @throws SetupProblem when the other one would show an empty program with new keys
 */
export const checkDataHolder = (
  dir: string,
  holder: DataHolder | undefined,
  wantsExternal: boolean,
): void => {
  if (holder === undefined || (holder === EXTERNAL) === wantsExternal) return;
  const moved = `delete ${noteIn(dir)}`;
  if (holder === EXTERNAL) {
    throw new SetupProblem(
      `The data that belongs to ${dir} is in the database that MONGODB_URI named, and MONGODB_URI is not set: set it to go on with it, or ${AFRESH}; if it is to be given up, ${moved}.`,
    );
  }
  throw new SetupProblem(
    `The data in ${dir} is in the files of ${holder.name}, and MONGODB_URI names another database: unset MONGODB_URI to go on with it, or ${AFRESH}; if you have moved it there, ${moved} and the folder ${holder.folder} beside it.`,
  );
};
