import ts from 'typescript';
import { isScript, type SourceTree } from '../tree/sourceTree.ts';

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const boundNames = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) =>
        ts.isOmittedExpression(element) ? [] : boundNames(element.name),
      );

/** The names that a statement exports. One that passes on another file's name counts: it gives the thing a second home. */
const namesOf = (statement: ts.Statement): string[] => {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    if (exportClause === undefined) return [];
    return ts.isNamedExports(exportClause)
      ? exportClause.elements.map(({ name }) => name.text)
      : [exportClause.name.text];
  }
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  return ts.isDeclarationStatement(statement) && statement.name !== undefined
    ? [statement.name.text]
    : [];
};

/** A set, since a type and its value may share a name, and overloads do. */
const exportedNames = (file: string, text: string): Set<string> =>
  new Set(ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements.flatMap(namesOf));

/** Entries of packages that others install: they pass on what is theirs to use. */
const ENTRIES: ReadonlySet<string> = new Set(['client/src/index.ts']);

/** @returns a sentence for each name that two files of one workspace export */
export const findRepeatedNames = (tree: SourceTree): string[] => {
  const homes = new Map<string, string[]>();
  for (const [file, text] of tree) {
    if (!isScript(file) || !file.includes('/') || ENTRIES.has(file)) continue;
    const [workspace = ''] = file.split('/');
    for (const name of exportedNames(file, text)) {
      const key = `${workspace} exports ${name}`;
      homes.set(key, [...(homes.get(key) ?? []), file]);
    }
  }
  return [...homes]
    .filter(([, files]) => files.length > 1)
    .map(
      ([what, files]) =>
        `${what} from ${files.length} files, and one word should find one thing: ` +
        `share it or name the others for what they are:\n${files.map((file) => `    ${file}`).join('\n')}`,
    );
};
