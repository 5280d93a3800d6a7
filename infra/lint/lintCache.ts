import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Imports } from './imports.ts';
import type { SourceTree } from './sourceTree.ts';

/** What the rules see beside the files themselves: when one of these changes, every file is linted again. */
const EVERYWHERE = [
  'eslint.config.js',
  'infra/lint/layers.js',
  'tsconfig.json',
  'package-lock.json',
];
const EVERYWHERE_FOLDERS = ['contracts/ts/abi', 'contracts/ts/artifacts'];

const hash = (parts: Iterable<string>): string => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('base64url');
};

const hashEverywhere = (rootDir: string): string => {
  const inFolders = EVERYWHERE_FOLDERS.flatMap((folder) =>
    readdirSync(`${rootDir}${folder}`).map((name) => `${folder}/${name}`),
  );
  const files = [...EVERYWHERE, ...inFolders.sort()];
  return hash([process.version, ...files.map((file) => readFileSync(`${rootDir}${file}`, 'utf8'))]);
};

const withAllImports = (imports: Imports, file: string): string[] => {
  const found = new Set([file]);
  // A set hands out what is added while one walks it.
  for (const at of found) for (const target of imports.get(at) ?? []) found.add(target);
  return [...found].sort();
};

/**
 * A rule that knows types may judge a file anew when a file that it imports has changed, however far away; the cache of ESLint looks
 * at the file alone. So a file's key is made of its text and of the text of all that it imports.
 *
 * @returns the key of each file that can be linted
 */
export const lintKeys = (
  tree: SourceTree,
  imports: Imports,
  everywhere: string,
): Map<string, string> => {
  const ownHash = new Map([...tree].map(([file, text]) => [file, hash([text])]));
  return new Map(
    [...imports.keys()].map((file) => [
      file,
      hash([
        everywhere,
        ...withAllImports(imports, file).flatMap((path) => [path, ownHash.get(path) ?? '']),
      ]),
    ]),
  );
};

export interface LintCache {
  /** The files that are not known to be good. */
  unknown: string[];
  /** Keeps which files are good. */
  save(bad: readonly string[]): void;
}

const readKept = (path: string): Record<string, string> => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch {
    return {}; // No file yet, or half a file: nothing is known.
  }
};

/** Remembers in the file at `path` which files passed, so that they are linted again only when their key changes. */
export const openLintCache = (
  path: string,
  rootDir: string,
  tree: SourceTree,
  imports: Imports,
): LintCache => {
  const keys = lintKeys(tree, imports, hashEverywhere(rootDir));
  const kept = readKept(path);
  return {
    unknown: [...keys].filter(([file, key]) => kept[file] !== key).map(([file]) => file),
    save: (bad) => {
      const good = [...keys].filter(([file]) => !bad.includes(file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(Object.fromEntries(good)));
    },
  };
};
