/**
 * `npm run lint`: `node infra/run.mjs infra/lint/main.ts [CHECK ...]`. All checks run whichever of them fails: `rules` (ESLint),
 * `house` (the tree as a whole) and `format` (Prettier).
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { commandLine } from '../src/commandLine.ts';
import { KEPT_DIR, ROOT_DIR } from '../src/paths.ts';
import { runNode } from '../src/testRun/nodeRun.ts';
import { findHouseProblems } from './house/house.ts';
import { readImports } from './tree/imports.ts';
import { eslintFor } from './rules/lintedProgram.ts';
import { openLintCache } from './rules/lintCache.ts';
import { readSourceTree } from './tree/sourceTree.ts';
import { findEmptyWords, TEXT } from './house/words.ts';

const CACHE_DIR = `${KEPT_DIR}cache/`;
const tree = readSourceTree(ROOT_DIR);
const imports = readImports(tree);

const checkRules = async (): Promise<boolean> => {
  const cache = openLintCache(`${CACHE_DIR}lint.json`, ROOT_DIR, tree, imports);
  if (cache.unknown.length === 0) return true;
  const { length } = cache.unknown;
  console.log(`Linting ${length} files; all of them take minutes, a changed one seconds ...`);
  const eslint = eslintFor(ROOT_DIR, cache.unknown);
  const results = await eslint.lintFiles(cache.unknown);
  const bad = results.filter(({ messages }) => messages.length > 0);
  const { format } = await eslint.loadFormatter('stylish');
  const report = await format(bad);
  if (report !== '') console.error(report);
  cache.save(bad.map(({ filePath }) => filePath.slice(ROOT_DIR.length).replaceAll('\\', '/')));
  return bad.length === 0;
};

const checkHouse = (): Promise<boolean> => {
  const texts = readSourceTree(ROOT_DIR, TEXT);
  const problems = [...findHouseProblems(tree, imports), ...findEmptyWords(texts)];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) console.error(`\nThe house: ${problems.length} to put right.`);
  return Promise.resolve(problems.length === 0);
};

const checkFormat = async (): Promise<boolean> => {
  const prettier = createRequire(import.meta.url).resolve('prettier/package.json');
  const { code } = await runNode([
    join(dirname(prettier), 'bin/prettier.cjs'),
    ...['--check', '--log-level', 'warn'],
    // By content: a clone or a checkout gives every file a new time.
    ...['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE_DIR}prettier`],
    '.',
  ]);
  if (code !== 0) console.error('`npm run format` puts the format right.');
  return code === 0;
};

const CHECKS: Readonly<Record<string, () => Promise<boolean>>> = {
  // First, since it runs in a process of its own beside the others.
  format: checkFormat,
  house: checkHouse,
  rules: checkRules,
};

const HELP = `npm run lint
npm run lint -- CHECK ...

Runs every check, or those that are named.

  rules    ESLint: rules and layers
  house    the tree as a whole: folders, sizes, names, words
  format   Prettier; npm run format puts right what it finds`;

const { positionals: wanted } = commandLine({
  ...{ command: 'npm run lint', help: HELP, words: true },
  options: {},
});
const unknown = wanted.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
  console.error(
    `There is no check ${unknown.join(', ')}: the checks are ${Object.keys(CHECKS).join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  const results = await Promise.all(
    Object.entries(CHECKS)
      .filter(([name]) => wanted.length === 0 || wanted.includes(name))
      .map(([, check]) => check()),
  );
  if (results.includes(false)) process.exitCode = 1;
  else console.log('Lint: nothing to put right.');
}
