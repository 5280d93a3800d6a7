import { expect, it } from 'vitest';
import { recent } from './recent.ts';
import { within } from './within.ts';

it('asks once for all who come within the time, and again after a failure', async () => {
  let asked = 0;
  const answer = recent(60_000, () => {
    asked += 1;
    return asked === 1 ? Promise.reject(new Error('away')) : Promise.resolve(asked);
  });
  await expect(answer()).rejects.toThrow('away');
  expect(await Promise.all([answer(), answer(), answer()])).toEqual([2, 2, 2]);
  expect(await answer()).toBe(2);
});

it('asks again when the time has passed', async () => {
  let asked = 0;
  const answer = recent(0, () => Promise.resolve((asked += 1)));
  expect([await answer(), await answer()]).toEqual([1, 2]);
});

it('within: answers for what fails or does not come', async () => {
  expect(await within(1_000, () => Promise.resolve('here'), 'away')).toBe('here');
  expect(await within(1_000, () => Promise.reject(new Error('no')), 'away')).toBe('away');
  expect(await within(10, () => new Promise<string>(() => undefined), 'away')).toBe('away');
});
