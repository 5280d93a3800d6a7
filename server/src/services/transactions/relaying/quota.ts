import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import type { Submission } from '../../../ports/chain/submitter.ts';

/** Gas of one write of a member at most. The most expensive, a tender that settles the round before it, takes less than half. */
export const MAX_REQUEST_GAS = 500_000n;
/** Writes of one member an hour: far more than a person makes, and at a few cents each not enough to empty the tank. */
export const MAX_REQUESTS_PER_HOUR = 60;
/** Time that {@link MAX_REQUESTS_PER_HOUR} is for. */
export const QUOTA_MS = 3_600_000;

/** Returns the moment from which writes of a member count. */
export const quotaSinceMs = (nowMs: number): number => nowMs - QUOTA_MS;

/** What a member has left of the writes that the service pays for. */
export interface MemberQuota {
  readonly left: number;
  /** Time at which the oldest write of the hour makes room; null while all are left. */
  readonly renewsAtMs: number | null;
}

/** Counts what a member has left. */
export function quotaLeft(recent: readonly TransactionRecord[], nowMs: number): MemberQuota {
  const thisHour = recent.filter(({ queuedAtMs }) => queuedAtMs > quotaSinceMs(nowMs));
  const left = Math.max(0, MAX_REQUESTS_PER_HOUR - thisHour.length);
  if (thisHour.length === 0) return { left, renewsAtMs: null };
  return { left, renewsAtMs: Math.min(...thisHour.map(({ queuedAtMs }) => queuedAtMs)) + QUOTA_MS };
}

/** Refuses a write of a member who has used up the hour's; null for one that has not. The oldest makes room as the hour goes on. */
export function quotaOf(recent: readonly TransactionRecord[], nowMs: number): Submission | null {
  const { left, renewsAtMs } = quotaLeft(recent, nowMs);
  if (left > 0 || renewsAtMs === null) return null;
  return { kind: 'QUOTA', limit: MAX_REQUESTS_PER_HOUR, retryAfterMs: renewsAtMs - nowMs };
}

/** Refuses a write of a member that needs more gas than the service pays for; null for one that does not. */
export function tooMuchGas(gasLimit: bigint): Extract<Submission, { kind: 'REFUSED' }> | null {
  if (gasLimit <= MAX_REQUEST_GAS) return null;
  const detail = `needs ${gasLimit} gas; a write of a member can take at most ${MAX_REQUEST_GAS}`;
  return { kind: 'REFUSED', revert: null, detail };
}
