import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import type { Submission } from '../../../ports/chain/submitter.ts';

/** Gas of one write of a member at most. The most expensive, a tender that settles the round before it, takes less than half. */
export const MAX_REQUEST_GAS = 500_000n;
/** Writes of one member an hour: far more than a person makes, and at a few cents each not enough to empty the tank. */
export const MAX_REQUESTS_PER_HOUR = 60;
const HOUR_MS = 3_600_000;

/** Returns the moment from which writes of a member count. */
export const quotaSinceMs = (nowMs: number): number => nowMs - HOUR_MS;

/** Refuses a write of a member who has used up the hour's; null for one that has not. The oldest makes room as the hour goes on. */
export function quotaOf(recent: readonly TransactionRecord[], nowMs: number): Submission | null {
  const thisHour = recent.filter(({ queuedAtMs }) => queuedAtMs > quotaSinceMs(nowMs));
  if (thisHour.length < MAX_REQUESTS_PER_HOUR) return null;
  const oldestMs = Math.min(...thisHour.map(({ queuedAtMs }) => queuedAtMs));
  const retryAfterMs = oldestMs + HOUR_MS - nowMs;
  return { kind: 'QUOTA', limit: MAX_REQUESTS_PER_HOUR, retryAfterMs };
}

/** Refuses a write of a member that needs more gas than the service pays for; null for one that does not. */
export function tooMuchGas(gasLimit: bigint): Extract<Submission, { kind: 'REFUSED' }> | null {
  if (gasLimit <= MAX_REQUEST_GAS) return null;
  const detail = `needs ${gasLimit} gas; a write of a member can take at most ${MAX_REQUEST_GAS}`;
  return { kind: 'REFUSED', revert: null, detail };
}
