import { ESLint } from 'eslint';
import ts from 'typescript';

/** A program of the files that are to be linted and of what they import: less to read than all that `tsconfig.json` names. */
const programOf = (rootDir: string, files: readonly string[]): ts.Program => {
  const path = `${rootDir}tsconfig.json`;
  const read = (file: string): string | undefined => ts.sys.readFile(file);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, read).config,
    // The files are known already.
    { ...ts.sys, readDirectory: () => [] },
    rootDir,
  );
  // ESLint walks from a node to its parent.
  const host = ts.createCompilerHost(options, true);
  const rootNames = files.filter((file) => /\.tsx?$/.test(file)).map((file) => `${rootDir}${file}`);
  return ts.createProgram({ rootNames, options, host });
};

/** ESLint for these files alone, each with its types. */
export const eslintFor = (rootDir: string, files: readonly string[]): ESLint =>
  new ESLint({
    cwd: rootDir,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      languageOptions: {
        parserOptions: {
          tsconfigRootDir: rootDir,
          projectService: false,
          programs: [programOf(rootDir, files)],
        },
      },
    },
  });
