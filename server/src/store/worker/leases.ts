import type { Connection } from 'mongoose';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

interface LeaseDocument {
  /** Name of the lease. */
  _id: string;
  holder: string;
  expiresAtMs: number;
}

/**
 * Opens the store of leases. Ends are measured by the clocks of the holders: a clock that is ahead takes over too early,
 * which costs double work and nothing else.
 */
export function createLeaseStore(connection: Connection, wallNowMs: () => number): LeaseStore {
  const leases = connection.collection<LeaseDocument>('leases');
  return {
    acquire: async (name, holder, ttlMs) => {
      const nowMs = wallNowMs();
      try {
        const { matchedCount, upsertedCount } = await leases.updateOne(
          { _id: name, $or: [{ holder }, { expiresAtMs: { $lte: nowMs } }] },
          { $set: { holder, expiresAtMs: nowMs + ttlMs } },
          { upsert: true },
        );
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        // The lease is there, and neither ours nor over: the upsert ran into its _id.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    release: async (name, holder) => {
      await leases.deleteOne({ _id: name, holder });
    },
  };
}
