import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './apiWorld.ts';

/** A machine that does everything at once needs several waits of a few seconds for one transaction. */
const MAX_REPEATS = 30;
const PAUSE_MS = 50;

const isUnderWay = ({ data, errors }: Answer): boolean => {
  if (errors?.some(({ extensions }) => extensions['code'] === 'BUSY') === true) return true;
  return Object.values(data ?? {}).some((field) => {
    const { transaction } = (field ?? {}) as { transaction?: { status?: string } | null };
    return transaction?.status === 'QUEUED' || transaction?.status === 'SENT';
  });
};

/**
 * Repeats a call of an act, as every client may under its idempotencyKey, until its transaction is through. The call has to
 * ask for `transaction { status }`.
 */
export async function finalAnswer(call: () => Promise<Answer>): Promise<Answer> {
  for (let repeats = 0; ; repeats += 1) {
    const answer = await call();
    if (!isUnderWay(answer)) return answer;
    if (repeats >= MAX_REPEATS) throw new Error(`still under way: ${JSON.stringify(answer)}`);
    await delay(PAUSE_MS);
  }
}
