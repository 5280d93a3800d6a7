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
  /** Of the newest change that was struck down or withdrawn. */
  let untilMs: number | null = null;
  let dead: EndedChange | null = null;
  const cooldownMs = (): number | null =>
    dead === null ? untilMs : dead.diesAtMs + restMs(noticePeriodMs, strikesInARow);

  for (const change of changes) {
    const { announcedAtMs, state, diesAtMs, resolved, isStrike } = change;
    if (announcedAtMs >= (cooldownMs() ?? 0) + FORGIVEN_AFTER * noticePeriodMs) strikesInARow = 0;
    dead = state === 'PENDING' && diesAtMs <= nowMs ? change : null;
    if (state === 'PENDING') continue;
    if (isStrike) strikesInARow += 1;
    if (state === 'ENACTED') strikesInARow = 0;
    else untilMs = (resolved?.atMs ?? 0) + restMs(noticePeriodMs, strikesInARow);
  }
  return { strikesInARow, untilMs: cooldownMs() };
}
