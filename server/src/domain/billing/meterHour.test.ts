import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedHour,
  CLOSES_AFTER_MS,
  METER_HOUR_MS,
  hourOf,
  hourStartMs,
  isClosed,
  judgeSum,
  MAX_AGE_MS,
  meteredAtMs,
  meterIdentifier,
  nextClosingMs,
  nextStep,
  RESEND_WITHIN_MS,
} from './meterHour.ts';

const HOUR = 490_000;
const entry = (count = 1, taken = 0) =>
  closedHour({ programId: 'p', organisationId: 'o', hour: HOUR, count }, taken, 0);

describe('an hour', () => {
  it('closes five minutes after its end, and nothing closes before the next closing', () => {
    const endMs = hourStartMs(HOUR + 1);
    expect(isClosed(HOUR, endMs + CLOSES_AFTER_MS - 1)).toBe(false);
    expect(isClosed(HOUR, endMs + CLOSES_AFTER_MS)).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: METER_HOUR_MS * 10, max: METER_HOUR_MS * 1_000 }), (nowMs) => {
        const nextMs = nextClosingMs(nowMs);
        expect(nextMs).toBeGreaterThan(nowMs);
        // All that is closed just before it is closed now.
        const newest = hourOf(nextMs) - 1;
        expect(isClosed(newest, nextMs)).toBe(true);
        expect(isClosed(newest, nextMs - 1)).toBe(false);
        expect(isClosed(newest - 1, nowMs)).toBe(true);
      }),
    );
  });

  it('has an identifier of at most the 100 characters that Stripe takes', () => {
    const programId = `prg_${Number.MAX_SAFE_INTEGER}_${'f'.repeat(40)}`;
    expect(meterIdentifier(programId, HOUR).length).toBeLessThanOrEqual(100);
  });

  it('without actions is free, and others wait for a plan', () => {
    expect([entry(0).state, entry(1).state]).toEqual(['WAIVED', 'WAITING']);
  });

  it('tells the provider a minute of its own within the hour', () => {
    const minutes = Array.from({ length: 60 }, (_none, taken) => meteredAtMs(entry(1, taken)));
    expect(new Set(minutes).size).toBe(60);
    expect(minutes.every((ms) => hourOf(ms) === HOUR && ms % 60_000 === 0)).toBe(true);
    expect(hourOf(meteredAtMs(entry(1, 61)))).toBe(HOUR);
  });

  it('is sent while the identifier is remembered, then asked about, and never sent when it is too old', () => {
    const atMs = hourStartMs(HOUR + 1);
    const fresh = entry();
    expect(nextStep(fresh, atMs)).toBe('SEND');
    expect(nextStep(fresh, meteredAtMs(fresh) + MAX_AGE_MS + 1)).toBe('TOO_OLD');
    const tried = { ...fresh, firstAttemptMs: atMs };
    expect(nextStep(tried, atMs + RESEND_WITHIN_MS - 1)).toBe('SEND');
    expect(nextStep(tried, atMs + RESEND_WITHIN_MS)).toBe('LOOK');
    expect(nextStep(tried, atMs + 40 * 24 * METER_HOUR_MS)).toBe('LOOK');
  });
});

it.each([
  [12n, [12], [], 'ALL'],
  [12n, [], [12], 'ALL'],
  [0n, [], [12], 'NONE_OF_UNKNOWN'],
  [5n, [5], [12], 'NONE_OF_UNKNOWN'],
  [17n, [5], [12], 'ALL'],
  [0n, [5], [], 'OTHER'],
  [24n, [12], [], 'OTHER'],
  [12n, [5], [12], 'OTHER'],
] as const)('a sum of %s with %j known and %j unknown is %s', (sum, known, unknown, verdict) => {
  expect(judgeSum(sum, known, unknown)).toBe(verdict);
});
