import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAttempt,
  FAILURES_UNTIL_PAUSE,
  pauseMs,
  RETRIED_FOR_MS,
  waitBeforeRetryMs,
  type AfterAttempt,
} from './delivery.ts';

const random = fc.double({ min: 0, max: 1, noNaN: true });
const HOUR_MS = 3_600_000;

describe('a delivery that is never taken', () => {
  it('is tried for a day, ever more rarely, and then is dead', () => {
    fc.assert(
      fc.property(fc.infiniteStream(random), (stream) => {
        let nowMs = 0;
        let before: { retriedFromMs: number | null; failed: number } = {
          retriedFromMs: null,
          failed: 0,
        };
        let after: AfterAttempt;
        let attempts = 0;
        do {
          after = afterAttempt(
            before,
            { status: 500 },
            { nowMs, random: stream.next().value as number },
          );
          attempts += 1;
          expect(after.dueAtMs).toBeGreaterThanOrEqual(nowMs);
          [before, nowMs] = [after, after.dueAtMs];
        } while (after.state === 'RETRYING');
        expect(after.state).toBe('DEAD');
        expect(nowMs).toBe(RETRIED_FOR_MS);
        expect(attempts).toBeGreaterThanOrEqual(11);
        expect(attempts).toBeLessThanOrEqual(17);
      }),
      { numRuns: 50 },
    );
  });

  it('waits five seconds first, and never longer than four hours and a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), random, (failed, chance) => {
        const ms = waitBeforeRetryMs(failed, chance);
        expect(ms).toBeGreaterThanOrEqual(4_000);
        expect(ms).toBeLessThanOrEqual(4 * HOUR_MS * 1.2);
      }),
    );
  });
});

it('is taken by every 2xx alone, and given up at 410', () => {
  const now = { nowMs: 5, random: 0.5 };
  const fresh = { retriedFromMs: null, failed: 0 };
  for (const status of [200, 201, 204, 299]) {
    expect(afterAttempt(fresh, { status }, now).state).toBe('DELIVERED');
  }
  for (const status of [null, 199, 300, 301, 307, 308, 400, 404, 409, 429, 500, 503]) {
    expect(afterAttempt(fresh, { status }, now)).toMatchObject({ state: 'RETRYING', failed: 1 });
  }
  expect(afterAttempt(fresh, { status: 410 }, now).state).toBe('DEAD');
});

it('lets an endpoint be only after some failures in a row, for five minutes and a fifth at most', () => {
  expect(pauseMs(FAILURES_UNTIL_PAUSE - 1, 0.5)).toBe(0);
  expect(pauseMs(FAILURES_UNTIL_PAUSE, 0.5)).toBe(5_000);
  expect(pauseMs(1_000, 1)).toBe(360_000);
});
