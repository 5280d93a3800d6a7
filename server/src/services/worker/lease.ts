import type { LeaseStore } from '../../ports/stores/worker.ts';

/**
 * A lease on work that one process should do at a time. It saves double work, and nothing breaks when two hold it for a
 * moment.
 */
export interface Lease {
  /** Takes or keeps the lease; false while another process has it. Call it again and again. */
  hold(): Promise<boolean>;
  /** Releases the lease at once. */
  release(): Promise<void>;
}

/** Renewed when this part of its time is over, so that two renewals may fail before it is lost. */
const RENEW_AFTER = 1 / 3;

export function createLease(deps: {
  leases: LeaseStore;
  name: string;
  /** Unique to this process. */
  holder: string;
  ttlMs: number;
  wallNowMs: () => number;
}): Lease {
  const { leases, name, holder, ttlMs, wallNowMs } = deps;
  let renewAtMs = 0;
  return {
    hold: async () => {
      const nowMs = wallNowMs();
      if (nowMs < renewAtMs) return true;
      const held = await leases.acquire(name, holder, ttlMs);
      renewAtMs = held ? nowMs + ttlMs * RENEW_AFTER : 0;
      return held;
    },
    release: async () => {
      renewAtMs = 0;
      await leases.release(name, holder);
    },
  };
}
