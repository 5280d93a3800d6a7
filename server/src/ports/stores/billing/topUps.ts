/** The ledger of top-ups, and their limits. Implemented in `server/src/store/billing`. */
import type { TopUp, TopUpState } from '../../../domain/billing/topUp.ts';

/** A top-up as it was read. */
export interface StoredTopUp {
  readonly topUp: TopUp;
  /** Goes up with each save, and with each hint. */
  readonly version: number;
}

/** How much of the ledger waits. */
export interface TopUpSums {
  /** Paid ones that are not credited. */
  readonly open: number;
  /** When the oldest of these that has cleared did; null for none. */
  readonly oldestClearedMs: number | null;
  /** Those of which an organisation owes. */
  readonly debts: number;
}

export interface TopUpStore {
  /** Inserts a top-up unless there is one with its id. @returns the one that stands */
  insert(topUp: TopUp): Promise<StoredTopUp>;
  find(id: string): Promise<StoredTopUp | null>;
  /** Saves a top-up that nothing has happened to since it was read; false when something has. */
  save(topUp: TopUp, version: number): Promise<boolean>;
  /** Notes the page on which a top-up is paid, whatever has happened to it. */
  noteCheckout(
    id: string,
    page: { readonly customerId: string; readonly checkoutId: string },
    dueAtMs: number,
  ): Promise<void>;
  /** Has those that a message may be about looked at again now: of a payment, and of a customer those that are not paid. */
  hint(
    about: { readonly customerId: string | null; readonly paymentId: string | null },
    nowMs: number,
  ): Promise<void>;
  /** Lists those in these states that are due, longest first. */
  listDue(states: readonly TopUpState[], nowMs: number, limit: number): Promise<StoredTopUp[]>;
  /** Lists the newest of a program. */
  listOf(programId: string, limit: number): Promise<TopUp[]>;
  /** Tells whether an organisation owes anything of its top-ups. */
  hasDebt(organisationId: string): Promise<boolean>;
  /** Lists debts of which the owners were not told. */
  listUntold(limit: number): Promise<StoredTopUp[]>;
  sums(): Promise<TopUpSums>;
}

/** What limits are for: top-ups that begin, and those that leave the treasury. */
export type TopUpBook = 'started' | 'sent';

/** A part of the limit of a day. */
export interface TopUpShare {
  readonly topUpId: string;
  readonly programId: string;
  readonly amount: bigint;
}

/** Base units in a day: of one program, and of all that leave the treasury. */
export interface TopUpLimits {
  readonly perProgram: bigint;
  readonly inAll: bigint;
}

/** Parts of the limits of days. However many servers ask at once, they never add up to more. */
export interface TopUpLimitStore {
  /**
   * Takes a part of a day's limit, once for each top-up. What begins is held to the limit of its program alone: it costs nothing, so one
   * program could shut the others out.
   *
   * @returns what is left for the program where it is too much, or null
   */
  reserve(
    book: TopUpBook,
    day: number,
    share: TopUpShare,
    limits: TopUpLimits,
  ): Promise<{ readonly left: bigint } | null>;
  /** Gives the part of a top-up back. */
  release(book: TopUpBook, day: number, share: Omit<TopUpShare, 'amount'>): Promise<void>;
}
