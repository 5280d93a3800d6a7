/** Computes the state of a statement on chain from its events. Pure. */
import { EMPTY_LINES, type Hex } from '@dewpoint/contracts/statement.ts';
import type { ChainPosition, Skip } from './statementRecord.ts';

/** State without the id: see `SettledStatement` in ports/stores/statements.ts. */
export interface SettledState {
  readonly settledLines: Hex;
  readonly settledPoints: bigint;
  readonly settledAt: ChainPosition | null;
  readonly skipped: Skip | null;
  readonly notBeforeMs: number | null;
}

/** An event about one statement, with the moment before which a skipped one is not worth handing in again. */
export type StatementEvent =
  | {
      readonly kind: 'Settled';
      readonly points: bigint;
      readonly lines: Hex;
      readonly at: ChainPosition;
    }
  | (Skip & { readonly kind: 'Skipped'; readonly notBeforeMs: number | null });

/** State of a statement without events on chain. */
export const UNSETTLED: SettledState = {
  settledLines: EMPTY_LINES,
  settledPoints: 0n,
  settledAt: null,
  skipped: null,
  notBeforeMs: null,
};

/**
 * Adds events, given in chain order. `Settled` is cumulative, so the newest wins; it also ends a skip. Adding the same
 * events again, with newer ones or without, gives the same result: the last event decides.
 */
export function withEvents(before: SettledState, events: readonly StatementEvent[]): SettledState {
  let state = before;
  for (const event of events) {
    if (event.kind === 'Settled') {
      state = {
        settledLines: event.lines,
        settledPoints: event.points,
        settledAt: event.at,
        skipped: null,
        notBeforeMs: null,
      };
    } else {
      const { reason, lines, at, notBeforeMs } = event;
      state = { ...state, skipped: { reason, lines, at }, notBeforeMs };
    }
  }
  return state;
}
