import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Each `x.tree` says in words what `x.t.sol` shows: a branch with an outcome is a test named after it. */
const UNIT_TESTS = join(import.meta.dirname, '../test/unit');

const namesOf = (ending: string): string[] =>
  readdirSync(UNIT_TESTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();

/** Text of a line of a tree, without its branches. */
const textOf = (line: string): string => line.replace(/^[│├└─\s]+/u, '');

/** `when the caller is zero` becomes `test_WhenTheCallerIsZero`. */
const testNameOf = (condition: string): string => {
  const words = condition.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
  return `test_${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
};

/** Test names of the conditions that an `it ...` follows. */
const promisedTests = (tree: string): string[] => {
  const texts = tree.split('\n').map(textOf);
  return texts
    .filter((text, index) => /^(when|given) /.test(text) && texts[index + 1]?.startsWith('it '))
    .map(testNameOf);
};

test('every unit test file of the contracts has its tree', () => {
  expect(namesOf('.tree')).toEqual(namesOf('.t.sol'));
});

test.each(namesOf('.tree'))('%s.t.sol has a test for each branch of its tree', (name) => {
  const tree = readFileSync(join(UNIT_TESTS, `${name}.tree`), 'utf8');
  const source = readFileSync(join(UNIT_TESTS, `${name}.t.sol`), 'utf8');
  const written = [...source.matchAll(/function (test\w*)\(/g)].map(([, test]) => test);
  expect(written).toEqual(promisedTests(tree));
});
