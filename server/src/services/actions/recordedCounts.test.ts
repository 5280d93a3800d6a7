import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_ACTIONS_PER_STATEMENT } from '../../domain/actions/actionRules.ts';
import { entry } from '../../testing/builders/log.ts';
import { createRecordedCounts } from './recordedCounts.ts';

const MINUTE_MS = 60_000;
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** Counts of a statement that nobody has aggregated, whose log has so many actions. */
const countsOf = (inLog: { actions: number }) =>
  createRecordedCounts({
    statements: { findByIds: () => Promise.resolve(new Map()) },
    actionLog: { countActions: () => Promise.resolve(new Map([['m:0', inLog.actions]])) },
  });
const some = (count: number) => Array.from({ length: count }, () => entry({}));

it('forgets nothing that was recorded here, however late it is aggregated', async () => {
  const inLog = { actions: 0 };
  const counts = countsOf(inLog);
  for (let part = 0; part < 10; part += 1) {
    await counts.reserve('p', some(MAX_ACTIONS_PER_STATEMENT / 10));
    inLog.actions += MAX_ACTIONS_PER_STATEMENT / 10;
    vi.advanceTimersByTime(MINUTE_MS);
  }
  expect(await counts.reserve('p', some(2))).toEqual([false, false]);
});

it('takes what others recorded into account within a minute, and gives repeats back', async () => {
  const inLog = { actions: MAX_ACTIONS_PER_STATEMENT - 2 };
  const counts = countsOf(inLog);
  await counts.reserve('p', some(MAX_ACTIONS_PER_STATEMENT - 3));
  expect(await counts.reserve('p', some(4))).toEqual([true, true, false, false]);
  counts.giveBack(some(1));
  expect(await counts.reserve('p', some(2))).toEqual([true, false]);
  inLog.actions = MAX_ACTIONS_PER_STATEMENT - 1;
  vi.advanceTimersByTime(MINUTE_MS);
  expect(await counts.reserve('p', some(2))).toEqual([true, false]);
});
