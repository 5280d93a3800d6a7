import { expect, it } from 'vitest';
import { endAfterDay, lastDayOf } from './epochs.ts';

const DAY = 86_400;
/** Epochs from the first day of the year on, of the reader's zone. */
const clockOf = (days: number): Parameters<typeof endAfterDay>[0] => ({
  ...{ startsAt: new Date(2026, 0, 1).toISOString(), epochSeconds: days * DAY },
});

it('ends a rule with the day that was chosen', () => {
  const end = endAfterDay(clockOf(1), '2026-01-05');
  expect(end).toBe(5);
  expect(lastDayOf(clockOf(1), end ?? 0)).toBe('2026-01-05');
});

it('ends a rule not before the day that was chosen, where epochs are longer', () => {
  expect(lastDayOf(clockOf(7), endAfterDay(clockOf(7), '2026-01-07') ?? 0)).toBe('2026-01-07');
  expect(lastDayOf(clockOf(7), endAfterDay(clockOf(7), '2026-01-08') ?? 0)).toBe('2026-01-14');
});

it('tells a day before the start, and what is no day yet while it is typed', () => {
  expect(endAfterDay(clockOf(1), '2025-12-31')).toBe(0);
  expect(endAfterDay(clockOf(1), '0002-12-08')).toBeNull();
  expect(endAfterDay(clockOf(1), '')).toBeNull();
});
