import { expect, it } from 'vitest';
import { closesAt, firstRoundFrom, nextRound, openRound, opensAt } from './roundClock.ts';

const CLOCK = { firstRoundAt: 1_000, roundPeriod: 100, roundWindow: 40 };

it('opens a round at the start of its period and closes it a window later', () => {
  expect([opensAt(CLOCK, 3), closesAt(CLOCK, 3)]).toEqual([1_300, 1_340]);
});

it.each([
  { moment: 999, open: null, next: 0, from: 0 },
  { moment: 1_000, open: 0, next: 1, from: 0 },
  { moment: 1_039, open: 0, next: 1, from: 1 },
  { moment: 1_040, open: null, next: 1, from: 1 },
  { moment: 1_099, open: null, next: 1, from: 1 },
  { moment: 1_100, open: 1, next: 2, from: 1 },
])('knows at $moment which round is open, and which comes', ({ moment, open, next, from }) => {
  expect(openRound(CLOCK, moment)).toBe(open);
  expect(nextRound(CLOCK, moment)).toBe(next);
  expect(firstRoundFrom(CLOCK, moment)).toBe(from);
});
