/** The ledger of what is billed. Implemented in `server/src/store/billing`. */
import type { MeterHour, MeterState } from '../../../domain/billing/meterHour.ts';

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
