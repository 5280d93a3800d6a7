/** What is billed and paid. Implemented in `server/src/store/billing`. */
import type { MeterHour, MeterState } from '../../domain/billing/meterHour.ts';
import type { BillingAccount } from '../../domain/billing/subscription.ts';
import type { PaymentEvent } from '../payments.ts';

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

/** How much of the ledger is in which state. */
export interface MeterLedgerSums {
  /** Entries that are not confirmed yet, and when the hour of the oldest began; null for none. */
  readonly open: number;
  readonly oldestOpenHour: number | null;
  /** Entries that wait for a person. */
  readonly stuck: number;
}

/** Actions of a day, UTC. */
export interface UsageDay {
  /** Days since 1970. */
  readonly day: number;
  readonly count: number;
  /** Of these, free ones. */
  readonly waived: number;
}

export interface MeterHourStore {
  /** Inserts an entry unless its hour has one: that one stands. */
  insert(entry: MeterHour): Promise<void>;
  find(id: string): Promise<MeterHour | null>;
  /** Finds the newest hour of a program; null before the first. */
  newestHour(programId: string): Promise<number | null>;
  /** Lists the entries of an organisation in an hour. */
  ofHour(organisationId: string, hour: number): Promise<MeterHour[]>;
  /** Lists entries in a state that are due, oldest first. */
  listDue(state: MeterState, nowMs: number, limit: number): Promise<MeterHour[]>;
  /** Changes an entry that is still in this state with so many attempts; false when another process was faster. */
  update(
    entry: Pick<MeterHour, 'id' | 'state' | 'attempts'>,
    changes: Partial<Omit<MeterHour, 'id'>>,
  ): Promise<boolean>;
  /** Sums up what an organisation recorded live, by day, newest first. */
  days(organisationId: string, fromHour: number): Promise<UsageDay[]>;
  sums(): Promise<MeterLedgerSums>;
}

/** A message of the provider that was kept. */
export interface KeptEvent extends PaymentEvent {
  readonly attempts: number;
}

export interface PaymentEventStore {
  /** Keeps a message unless it is kept already. */
  keep(event: PaymentEvent, receivedAtMs: number): Promise<void>;
  /** Lists messages that are not worked off and due, in the order of receiving. */
  listDue(nowMs: number, limit: number): Promise<KeptEvent[]>;
  /** Notes that a message is worked off; it is forgotten 90 days later. */
  finish(id: string, finishedAtMs: number): Promise<void>;
  /** Puts a message off. */
  postpone(id: string, dueAtMs: number): Promise<void>;
  /** Counts messages that are not worked off, and when the oldest was received. */
  open(): Promise<{ readonly count: number; readonly oldestMs: number | null }>;
}
