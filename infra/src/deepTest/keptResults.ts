import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What pieces of a long run have shown, kept so that a run that was broken off goes on where it was. */
export interface KeptResults {
  /** @returns what the piece has shown for the very same inputs; undefined for nothing */
  find(piece: string): Promise<string | undefined>;
  /** Keeps what a good piece has shown. What failed is run again. */
  keep(piece: string, shown: string): Promise<void>;
}

/** Folders that tests write into or that come from elsewhere. */
const NO_INPUTS: ReadonlySet<string> = new Set(['node_modules', 'dist', '.dewpoint']);

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !NO_INPUTS.has(name));
  return (await Promise.all(names.map((name) => filesUnder(join(path, name))))).flat();
}

/** What a run depends on: files and folders under a root, and packages by what the lock file there says of them. */
export interface Inputs {
  readonly root: string;
  readonly paths: readonly string[];
  /** Names such as `solc`; each must be in package-lock.json. */
  readonly packages: readonly string[];
}

interface LockFile {
  packages: Readonly<Record<string, { version: string; integrity: string } | undefined>>;
}

/** @returns a hash of every file under the paths, names and contents, and of which packages are installed */
async function hashOf({ root, paths, packages }: Inputs): Promise<string> {
  const hash = createHash('sha256');
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  for (const name of packages) {
    const locked = lock.packages[`node_modules/${name}`];
    if (locked === undefined) throw new Error(`package-lock.json has no ${name}`);
    hash.update(`${name}@${locked.version} ${locked.integrity}\0`);
  }
  const files = (await Promise.all(paths.map((path) => filesUnder(join(root, path))))).flat();
  for (const file of files.sort()) {
    const content = await readFile(file);
    // With its length, so that nothing moves from one file into the next unnoticed.
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

interface Kept {
  inputs: string;
  shown: Record<string, string>;
}

const readKept = async (file: string): Promise<Kept | undefined> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Opens the results that belong to some inputs. A change of any of them makes all results unknown.
 *
 * @param file where results are kept, as JSON
 */
export async function openKeptResults(file: string, inputs: Inputs): Promise<KeptResults> {
  const inputsHash = await hashOf(inputs);
  // Read each time: two runs may keep results in turns.
  const read = async (): Promise<Record<string, string>> => {
    const kept = await readKept(file);
    return kept?.inputs === inputsHash ? kept.shown : {};
  };
  const add = async (piece: string, shown: string): Promise<void> => {
    const all = Object.entries({ ...(await read()), [piece]: shown });
    const kept: Kept = {
      inputs: inputsHash,
      shown: Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1))),
    };
    await mkdir(dirname(file), { recursive: true });
    // Written whole or not at all.
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, `${JSON.stringify(kept, undefined, 2)}\n`);
    await rename(unfinished, file);
  };
  // One after the other: what is read and written at once is lost.
  let last: Promise<void> = Promise.resolve();
  return {
    find: async (piece) => (await read())[piece],
    keep: (piece, shown) => {
      const added = last.then(() => add(piece, shown));
      last = added.catch(() => undefined);
      return added;
    },
  };
}
