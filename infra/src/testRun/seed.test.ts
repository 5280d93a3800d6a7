import { expect, test } from 'vitest';
import { takeSeed } from './seed.ts';

test('a seed is taken out of the arguments, wherever it stands', () => {
  expect(takeSeed(['contracts', '--seed', '0x1F'])).toEqual({ seed: '0x1F', rest: ['contracts'] });
  expect(takeSeed(['--seed=0x2a', 'fast', 'live'])).toEqual({
    seed: '0x2a',
    rest: ['fast', 'live'],
  });
});

test('without one, each run has another', () => {
  const [one, two] = [takeSeed(['contracts']), takeSeed(['contracts'])];
  expect(one.rest).toEqual(['contracts']);
  expect(one.seed).toMatch(/^0x[0-9a-f]{16}$/);
  expect(one.seed).not.toBe(two.seed);
});

test.each([['12'], ['0x'], ['0xg'], [`0x${'1'.repeat(65)}`], [undefined]])(
  'a seed of %s is refused with what would be one',
  (seed) => {
    const args = ['contracts', '--seed', ...(seed === undefined ? [] : [seed])];
    expect(() => takeSeed(args)).toThrow(/^--seed.* is no seed: name one as a run prints it/);
  },
);
