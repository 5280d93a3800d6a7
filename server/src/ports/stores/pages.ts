/** Pages of lists that go by number: `below`, `above` and `after` name the row where the page before ended. */
import type { Address } from '@dewpoint/contracts/statement.ts';

/** Rows with smaller numbers, greatest first. */
export interface PageBelow {
  /** Null for the newest. */
  readonly below: number | null;
  readonly limit: number;
}

/** Rows with smaller numbers, greatest first; several of one number in the order of their holders' addresses. */
export interface PageBelowHolder {
  /** Null for the newest. */
  readonly after: { readonly number: number; readonly holder: Address } | null;
  readonly limit: number;
}

/** Rows with greater numbers, smallest first. */
export interface PageAbove {
  /** Null for the oldest. */
  readonly above: number | null;
  readonly limit: number;
}

/** Rows in the order of their holders' addresses. */
export interface PageAboveHolder {
  /** Null for the first. */
  readonly afterHolder: Address | null;
  readonly limit: number;
}
