import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';
import type { Imports } from '../tree/imports.ts';
import type { SourceTree } from '../tree/sourceTree.ts';

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
 * What other files can see of a file: its declarations. A file that leaves a type to be inferred shows its whole text. Comments are
 * left out; no rule reads those of another file.
 */
const shapeOf = (file: string, text: string): string => {
  // A file of declarations is its own shape.
  if (!/\.tsx?$/.test(file) || file.endsWith('.d.ts')) return text;
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      ...{ declaration: true, isolatedDeclarations: true, removeComments: true },
      ...{ target: ts.ScriptTarget.Latest, module: ts.ModuleKind.Preserve },
    },
  });
  return diagnostics.length === 0 ? outputText : text;
};

/** By the hash of a file's name and text, the hash of its shape: what has not changed need not be parsed again. */
type Shapes = Record<string, string>;

/**
 * A rule that knows types may judge a file anew when the types of a file that it imports have changed, however far away; the cache of
 * ESLint looks at the file alone. So a file's key is made of its text and of the shapes of all that it imports.
 *
 * @returns the key of each file that can be linted, and the shapes that were needed
 */
export const lintKeys = (
  tree: SourceTree,
  imports: Imports,
  everywhere: string,
  knownShapes: Shapes = {},
): { keys: Map<string, string>; shapes: Shapes } => {
  const shapes: Shapes = {};
  const keyParts = new Map<string, { text: string; shape: string }>();
  for (const file of imports.keys()) {
    const text = tree.get(file) ?? '';
    const own = hash([file, text]);
    const shape = (shapes[own] = knownShapes[own] ?? hash([file, shapeOf(file, text)]));
    keyParts.set(file, { text: own, shape });
  }
  const keyOf = (file: string): string =>
    hash(
      withAllImports(imports, file).map((path) => {
        const parts = keyParts.get(path);
        return (path === file ? parts?.text : parts?.shape) ?? '';
      }),
    );
  const keys = new Map([...imports.keys()].map((file) => [file, hash([everywhere, keyOf(file)])]));
  return { keys, shapes };
};

export interface LintCache {
  /** The files that are not known to be good. */
  unknown: string[];
  /** Keeps which files are good. */
  save(bad: readonly string[]): void;
}

interface Kept {
  /** The key that each file had when it passed. */
  good: Record<string, string>;
  shapes: Shapes;
}

const readKept = (path: string): Kept => {
  try {
    // Another version may have kept something else.
    const { good = {}, shapes = {} } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>;
    return { good, shapes };
  } catch {
    return { good: {}, shapes: {} }; // No file yet, or half a file: nothing is known.
  }
};

/** Remembers in the file at `path` which files passed, so that they are linted again only when their key changes. */
export const openLintCache = (
  path: string,
  rootDir: string,
  tree: SourceTree,
  imports: Imports,
): LintCache => {
  const kept = readKept(path);
  const { keys, shapes } = lintKeys(tree, imports, hashEverywhere(rootDir), kept.shapes);
  return {
    unknown: [...keys].filter(([file, key]) => kept.good[file] !== key).map(([file]) => file),
    save: (bad) => {
      const good = Object.fromEntries([...keys].filter(([file]) => !bad.includes(file)));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify({ good, shapes } satisfies Kept));
    },
  };
};
