/** What organisations pay. Implemented in `server/src/store/billing`. */
import type { BillingAccount } from '../../../domain/billing/subscription.ts';

/** An account as it was read. */
export interface StoredAccount {
  readonly account: BillingAccount;
  /** Goes up with each save; 0 for one that is not stored. */
  readonly version: number;
}

export interface BillingAccountStore {
  /** Reads an account; a new one of version 0 for an organisation that has none. */
  read(organisationId: string): Promise<StoredAccount>;
  findByCustomer(customerId: string): Promise<BillingAccount | null>;
  /** Saves an account that nobody has saved since it was read; false when another one was faster. */
  save(account: BillingAccount, version: number): Promise<boolean>;
  /** Lists accounts with a customer that were read from the provider before a moment, longest ago first. */
  listStale(beforeMs: number, limit: number): Promise<BillingAccount[]>;
  /** Lists accounts whose grace began after a moment, longest first. */
  listInGrace(afterMs: number, limit: number): Promise<BillingAccount[]>;
  /** Counts the accounts whose grace began before a moment. */
  countInGraceSince(beforeMs: number): Promise<number>;
}
