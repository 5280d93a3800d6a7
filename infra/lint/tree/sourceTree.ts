import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';

/** Text of each source file, by its path from the root of the repository, with `/` on every system. */
export type SourceTree = ReadonlyMap<string, string>;

/** Each workspace, with what its name stands for in an import: `@dewpoint/server/config/config.ts` is a file of `server/src`. */
export const WORKSPACE_ROOTS: Readonly<Record<string, string>> = {
  client: 'client/src',
  contracts: 'contracts/ts',
  server: 'server/src',
  web: 'web/src',
  infra: 'infra/src',
  test: 'test',
};

const SOURCE = /\.(ts|tsx|js|mjs|cjs|sol|css)$/;
const SCRIPT = /\.(ts|tsx|js|mjs|cjs)$/;
const TEST = /\.(test\.tsx?|t\.sol|tree)$/;
/** Written by programs: nobody has to find anything there. */
const GENERATED = [
  'contracts/ts/abi',
  'contracts/ts/artifacts',
  'contracts/out',
  'contracts/cache',
];
const NOT_OURS = /^(node_modules|dist|\..*)$/;

export const isTest = (file: string): boolean => TEST.test(file);

export const isScript = (file: string): boolean => SCRIPT.test(file);

/** Folders by path, each with the source files that lie in itself; tests are not counted. */
export const filesByFolder = (tree: SourceTree): Map<string, string[]> => {
  const folders = new Map<string, string[]>();
  for (const file of tree.keys()) {
    if (isTest(file)) continue;
    const folder = dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
};

/** Reads all source files that people write, or those of another kind that `wanted` names. */
export const readSourceTree = (rootDir: string, wanted: RegExp = SOURCE): SourceTree => {
  const tree = new Map<string, string>();
  const read = (folder: string): void => {
    for (const entry of readdirSync(`${rootDir}${folder}`, { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!NOT_OURS.test(entry.name) && !GENERATED.includes(path)) read(path);
      } else if (wanted.test(entry.name)) {
        tree.set(path, readFileSync(`${rootDir}${path}`, 'utf8'));
      }
    }
  };
  read('');
  return tree;
};
