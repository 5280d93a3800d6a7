import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Keeps a key of the demo between runs: keys are shown once, and the database holds their hashes only. */
export interface KeptKey {
  read(): Promise<string | null>;
  write(key: string): Promise<void>;
  /** Keeps a key where there is none, and gives the one that is kept: of several at the same time, all get one. */
  ensure(key: string): Promise<string>;
}

const OWNER_ONLY = 0o600;
const isError = (error: unknown, code: string): boolean =>
  (error as NodeJS.ErrnoException).code === code;

/** A file that its owner alone may read, replaced as a whole so that a crash leaves the old one or the new one. */
export function keptKeyIn(path: string): KeptKey {
  const read = async (): Promise<string | null> => {
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (error) {
      if (isError(error, 'ENOENT')) return null;
      throw error;
    }
  };
  const writeNew = async (key: string): Promise<string> => {
    const made = `${path}.${randomBytes(4).toString('hex')}.new`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(made, `${key}\n`, { mode: OWNER_ONLY });
    return made;
  };
  return {
    read,
    write: async (key) => rename(await writeNew(key), path),
    ensure: async (key) => {
      const kept = await read();
      if (kept !== null) return kept;
      const made = await writeNew(key);
      try {
        // Unlike a rename, it takes nobody's place.
        await link(made, path);
        return key;
      } catch (error) {
        if (!isError(error, 'EEXIST')) throw error;
        return (await read()) ?? key;
      } finally {
        await rm(made, { force: true });
      }
    },
  };
}
