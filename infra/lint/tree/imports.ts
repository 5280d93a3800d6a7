import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { isScript, WORKSPACE_ROOTS, type SourceTree } from './sourceTree.ts';

/** For each file of TypeScript or JavaScript, the files of the tree that it imports: statically or not, values or types. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const WORKSPACE_NAME = /^@dewpoint\/([^/]+)\//;

const resolveImport = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  return specifier.replace(WORKSPACE_NAME, (whole, name: string) =>
    WORKSPACE_ROOTS[name] === undefined ? whole : `${WORKSPACE_ROOTS[name]}/`,
  );
};

export const readImports = (tree: SourceTree): Imports =>
  new Map(
    [...tree]
      .filter(([file]) => isScript(file))
      .map(([file, text]) => {
        const { importedFiles } = ts.preProcessFile(text, true, true);
        const targets = importedFiles.map(({ fileName }) => resolveImport(file, fileName));
        return [file, targets.filter((target) => tree.has(target))];
      }),
  );
