import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import dockerignore from '@balena/dockerignore';

/** Never part of a build context, whatever .dockerignore says, and too many to look at. */
const NEVER_LOOKED_AT = new Set(['node_modules', '.git', '.dewpoint']);

const filesUnder = async (dir: string): Promise<string[]> => {
  const entries = await readdir(dir, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(dir, entry.name);
      if (!entry.isDirectory()) return [path];
      return NEVER_LOOKED_AT.has(entry.name) ? [] : await filesUnder(path);
    }),
  );
  return nested.flat();
};

/** Lists the files that Docker would get from `root`: those that its .dockerignore lets through, with `/` in their paths. */
export const listBuildContext = async (root: string): Promise<readonly string[]> => {
  const text = await readFile(join(root, '.dockerignore'), 'utf8');
  // A module in the old form: bundlers give its function, Node an object that holds it.
  const create =
    'default' in dockerignore
      ? (dockerignore as unknown as { default: typeof dockerignore }).default
      : dockerignore;
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const files = (await filesUnder(root)).map((path) => relative(root, path).split(sep).join('/'));
  return create().add(lines).filter(files).sort();
};
