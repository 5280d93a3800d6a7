import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT_DIR } from '../../src/paths.ts';
import { readImports } from '../tree/imports.ts';
import { lintKeys, openLintCache } from './lintCache.ts';

const FILES = {
  'web/src/page.ts': "import { money } from './money.ts';",
  'web/src/money.ts': "import type { Amount } from './amount.ts';",
  'web/src/amount.ts': "import type { Money } from './money.ts';",
  'web/src/alone.ts': 'export const alone = 1;',
};

const keysOf = (files: Record<string, string>, everywhere = 'rules'): Map<string, string> => {
  const tree = new Map(Object.entries(files));
  return lintKeys(tree, readImports(tree), everywhere).keys;
};

const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([file, key]) => before.get(file) !== key).map(([file]) => file);

test('a change is linted again in the file and in all that import it, through other files and circles too', () => {
  const after = keysOf({ ...FILES, 'web/src/amount.ts': 'export type Amount = bigint;' });
  expect(changed(keysOf(FILES), after)).toEqual([
    'web/src/page.ts',
    'web/src/money.ts',
    'web/src/amount.ts',
  ]);
  const leaf = keysOf({ ...FILES, 'web/src/page.ts': `${FILES['web/src/page.ts']}\n` });
  expect(changed(keysOf(FILES), leaf)).toEqual(['web/src/page.ts']);
});

test('what a file keeps to itself is linted again in that file alone', () => {
  const money = (body: string): Record<string, string> => ({
    ...FILES,
    'web/src/money.ts': `export const cents = (euros: number): number => ${body};`,
  });
  expect(changed(keysOf(money('euros * 100')), keysOf(money('100 * euros')))).toEqual([
    'web/src/money.ts',
  ]);
});

test('an inferred type may change with anything in its file, so that is linted again in all that import it', () => {
  const money = (body: string): Record<string, string> => ({
    ...FILES,
    'web/src/money.ts': `export const cents = parse(${body});`,
  });
  expect(changed(keysOf(money('1')), keysOf(money('2')))).toEqual([
    'web/src/page.ts',
    'web/src/money.ts',
    'web/src/amount.ts',
  ]);
});

test('a change of what all files see is linted again everywhere', () => {
  expect(changed(keysOf(FILES), keysOf(FILES, 'other rules'))).toEqual(Object.keys(FILES));
});

test('a file that goes or comes is linted again in those that import it', () => {
  const { 'web/src/amount.ts': _gone, ...without } = FILES;
  expect(changed(keysOf(FILES), keysOf(without))).toEqual(['web/src/page.ts', 'web/src/money.ts']);
});

test('only the files that passed are left out the next time', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'dewpoint-lint-')), 'cache', 'lint.json');
  const tree = new Map(Object.entries(FILES));
  const open = () => openLintCache(path, ROOT_DIR, tree, readImports(tree));
  expect(open().unknown).toEqual(Object.keys(FILES));
  open().save(['web/src/money.ts']);
  expect(open().unknown).toEqual(['web/src/money.ts']);
  open().save([]);
  expect(open().unknown).toEqual([]);
  for (const spoilt of ['{"web/src/money.ts"', '{"web/src/money.ts":"key"}']) {
    writeFileSync(path, spoilt);
    expect(open().unknown).toEqual(Object.keys(FILES));
  }
});
