import { expect, test } from 'vitest';
import { seedOf } from './seed.ts';

test('a seed that is named is taken', () => {
  expect([seedOf('0x1F'), seedOf('0x2a')]).toEqual(['0x1F', '0x2a']);
});

test('without one, each run has another', () => {
  const [one, two] = [seedOf(undefined), seedOf(undefined)];
  expect(one).toMatch(/^0x[0-9a-f]{16}$/);
  expect(one).not.toBe(two);
});

test.each(['12', '', '0x', '0xg', `0x${'1'.repeat(65)}`])(
  'a seed of %s is refused with what would be one',
  (seed) => {
    expect(() => seedOf(seed)).toThrow(/^--seed.* is no seed: name one as a run prints it/);
  },
);
