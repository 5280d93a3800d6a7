import { expect, it } from 'vitest';
import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import { MAX_REQUESTS_PER_HOUR, quotaLeft, quotaOf } from './quota.ts';

const HOUR_MS = 3_600_000;
const queued = (...times: number[]): TransactionRecord[] =>
  times.map((queuedAtMs) => ({ queuedAtMs }) as TransactionRecord);

it('says what is left of the hour, and when the oldest write makes room', () => {
  const nowMs = 10 * HOUR_MS;
  expect(quotaLeft([], nowMs)).toEqual({ left: MAX_REQUESTS_PER_HOUR, renewsAtMs: null });
  const before = nowMs - HOUR_MS;
  const recent = queued(before - 1, before, before + 1, nowMs);
  expect(quotaLeft(recent, nowMs)).toEqual({
    left: MAX_REQUESTS_PER_HOUR - 2,
    renewsAtMs: before + 1 + HOUR_MS,
  });
});

it('agrees with what refuses a write', () => {
  const nowMs = 10 * HOUR_MS;
  const times = Array.from({ length: MAX_REQUESTS_PER_HOUR }, (_none, n) => nowMs - 1_000 * n);
  const all = queued(...times);
  expect(quotaOf(all.slice(1), nowMs)).toBeNull();
  expect(quotaLeft(all.slice(1), nowMs).left).toBe(1);
  const { left, renewsAtMs } = quotaLeft(all, nowMs);
  expect(left).toBe(0);
  expect(quotaOf(all, nowMs)).toEqual({
    kind: 'QUOTA',
    limit: MAX_REQUESTS_PER_HOUR,
    retryAfterMs: (renewsAtMs ?? 0) - nowMs,
  });
});
