/** Leases of workers. Implemented in `server/src/store/worker`. */

/** Stores leases, which save double work: nothing breaks when two workers do the same. */
export interface LeaseStore {
  /** Takes or renews a lease; false when another holder has it. */
  acquire(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
