/** Computes the rest between hurtful changes, which strikes in a row make longer. Pure. */
import type { Program } from '../program.ts';
import type { Change } from './change.ts';

/** The rest of a program as it follows from its hurtful changes. */
export interface Rest {
  /** Changes in a row that were struck down, or withdrawn when objections had reached half of what was needed. */
  readonly strikesInARow: number;
  /** Time before which no hurtful change may be announced; null when there was no reason for a rest. */
  readonly untilMs: number | null;
}

/** What the rest depends on. */
export type EndedChange = Pick<
  Change,
  'announcedAtMs' | 'state' | 'diesAtMs' | 'resolved' | 'isStrike'
>;

/** Notice periods of a rest, by strikes in a row; the last for all that are more. */
const NOTICE_PERIODS = [1, 1, 2, 4, 8] as const;
/** A hurtful change that comes so many notice periods after the last rest has no strikes before it. */
const FORGIVEN_AFTER = 8;

const restMs = (noticePeriodMs: number, strikes: number): number =>
  noticePeriodMs * (NOTICE_PERIODS[Math.min(strikes, NOTICE_PERIODS.length - 1)] ?? 1);

/**
 * Computes the rest now.
 *
 * @param changes All changes of the program that hurt members or holders, oldest first.
 */
export function restAt(
  { noticePeriodMs }: Pick<Program, 'noticePeriodMs'>,
  changes: readonly EndedChange[],
  nowMs: number,
): Rest {
  let strikesInARow = 0;
  let untilMs: number | null = null;
  for (const { announcedAtMs, state, diesAtMs, resolved, isStrike } of changes) {
    const forgivenFromMs: number = (untilMs ?? 0) + FORGIVEN_AFTER * noticePeriodMs;
    if (announcedAtMs >= forgivenFromMs) strikesInARow = 0;
    if (state === 'ENACTED') strikesInARow = 0;
    if (isStrike) strikesInARow += 1;
    const endedAtMs = state === 'PENDING' ? diesAtMs : (resolved?.atMs ?? 0);
    if (state === 'ENACTED' || endedAtMs > nowMs) continue;
    untilMs = endedAtMs + restMs(noticePeriodMs, strikesInARow);
  }
  return { strikesInARow, untilMs };
}
