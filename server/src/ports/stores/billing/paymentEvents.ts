/** Messages of the provider of payments. Implemented in `server/src/store/billing`. */
import type { PaymentEvent } from '../../payments.ts';

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
