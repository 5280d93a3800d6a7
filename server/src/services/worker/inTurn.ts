import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '../../domain/errors.ts';
import { uuidV7 } from '../../lib/uuidV7.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';

/** Far longer than counting and storing takes. */
const TURN_MS = 15_000;
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;
const BUSY_RETRY_MS = 2_000;

/**
 * Runs work that only one caller of this name does at a time, on all servers: what counts and stores is one step then.
 *
 * @throws ServiceError BUSY when it has to wait for too long
 */
export async function inTurn<Result>(
  { leases, wallNowMs }: { readonly leases: LeaseStore; readonly wallNowMs: () => number },
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder = uuidV7(wallNowMs());
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await leases.acquire(name, holder, TURN_MS))) {
    if (Date.now() >= giveUpAtMs) {
      throw new ServiceError({
        code: 'BUSY',
        message: 'Too many of these are being made at once; repeat it after "retryAfterMs".',
        retryAfterMs: BUSY_RETRY_MS,
      });
    }
    await delay(Math.random() * LOOK_MS * 2);
  }
  try {
    return await work();
  } finally {
    await leases.release(name, holder);
  }
}
