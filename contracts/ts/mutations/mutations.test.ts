import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutate, mutationsOf } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';

const CONTRACTS = join(import.meta.dirname, '../..');
/** OpenZeppelin's as it is, and play money. */
const NOT_OURS_TO_BREAK = ['Forwarder.sol', 'LocalMoney.sol'];

const sourceOf = (file: string): string => readFileSync(join(CONTRACTS, 'src', file), 'utf8');

test.each([...new Set(MUTATIONS.map(({ file }) => file))])(
  'each fault for %s changes a text that is there exactly once',
  (file) => {
    const source = sourceOf(file);
    const mutations = MUTATIONS.filter((mutation) => mutation.file === file);
    const lost = mutations.filter((mutation) =>
      [undefined, source].includes(mutate(source, mutation)),
    );
    expect(lost.map(({ fault }) => fault)).toEqual([]);
  },
);

test('every source with code in it has a fault', () => {
  const sources = readdirSync(join(CONTRACTS, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.sol') && !path.startsWith('interfaces/'));
  const broken = new Set(MUTATIONS.map(({ file }) => file));
  expect(sources.filter((path) => !broken.has(path)).sort()).toEqual(NOT_OURS_TO_BREAK);
});

test('every test that a fault names is there', () => {
  const named = new Set(MUTATIONS.flatMap(({ tests }) => tests));
  const missing = [...named].filter((name) => !existsSync(join(CONTRACTS, `test/${name}.t.sol`)));
  expect(missing).toEqual([]);
});

test('no fault is in the list twice', () => {
  const keys = MUTATIONS.map(({ file, from, to }) => JSON.stringify([file, from, to]));
  expect(new Set(keys).size).toBe(keys.length);
});

test('a text that is there twice, or not at all, is not replaced', () => {
  const [mutation] = mutationsOf('A.sol', [], [['nothing', 'one', 'two']]);
  expect(mutation).toBeDefined();
  if (mutation === undefined) return;
  expect(mutate('a one b', mutation)).toBe('a two b');
  expect(mutate('one one', mutation)).toBeUndefined();
  expect(mutate('none here, two', { ...mutation, from: 'three' })).toBeUndefined();
});
