/** Leases of workers. Implemented in `server/src/store/worker`. */

/** Who works on something, for liveness only: nothing breaks when two do. */
export interface LeaseStore {
  /** Takes or renews; false when somebody else holds it. */
  acquire(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
