import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What pieces of a long run have shown, kept so that a run that was broken off goes on where it was. */
export interface KeptResults {
  /** @returns what the piece has shown for the very same inputs; undefined for nothing */
  find(piece: string): Promise<string | undefined>;
  /** Keeps what a good piece has shown. What failed is run again. */
  keep(piece: string, shown: string): Promise<void>;
}

/** Folders that tests write into or that come from elsewhere; package-lock.json says what is in the latter. */
const NO_INPUTS: ReadonlySet<string> = new Set(['node_modules', 'dist', '.dewpoint']);

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !NO_INPUTS.has(name));
  return (await Promise.all(names.map((name) => filesUnder(join(path, name))))).flat();
}

/** @returns a hash of every file under the paths, names and contents */
async function hashOf(root: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const files = (await Promise.all(paths.map((path) => filesUnder(join(root, path))))).flat();
  for (const file of files.sort()) {
    const content = await readFile(file);
    // With its length, so that nothing moves from one file into the next unnoticed.
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Opens the results that belong to some inputs. A change of any of them makes all results unknown.
 *
 * @param args.dir where results are kept
 * @param args.inputs files and folders under `root`
 */
export async function openKeptResults(args: {
  dir: string;
  root: string;
  inputs: readonly string[];
}): Promise<KeptResults> {
  const { dir, root, inputs } = args;
  const inputsHash = await hashOf(root, inputs);
  const pathOf = (piece: string): string =>
    join(dir, createHash('sha256').update(`${inputsHash} ${piece}`).digest('hex'));
  return {
    find: async (piece) => {
      try {
        return await readFile(pathOf(piece), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    keep: async (piece, shown) => {
      await mkdir(dir, { recursive: true });
      const path = pathOf(piece);
      // Written whole or not at all.
      const unfinished = `${path}.${process.pid}`;
      await writeFile(unfinished, shown);
      await rename(unfinished, path);
    },
  };
}
