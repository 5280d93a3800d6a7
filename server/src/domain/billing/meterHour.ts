/** The ledger of what is billed: the actions of one live program in one hour, reported to the provider exactly once. */

/**
 * - WAITING: the organisation has no paid plan; becomes PENDING with one that began before the hour, else WAIVED.
 * - PENDING: not acknowledged yet. Once it was attempted, nobody knows whether it arrived.
 * - SENT: acknowledged; CONFIRMED: the provider's sum has it.
 * - REFUSED: the provider says that it can not count it; HELD: its sum says something else. Both wait for a person.
 * - WAIVED: free, and never sent.
 */
export const METER_STATES = [
  ...(['WAITING', 'PENDING', 'SENT', 'CONFIRMED'] as const),
  ...(['REFUSED', 'HELD', 'WAIVED'] as const),
] as const;
export type MeterState = (typeof METER_STATES)[number];

export interface MeterHour {
  /** Under which the provider counts it once; see {@link meterIdentifier}. */
  readonly id: string;
  readonly programId: string;
  readonly organisationId: string;
  /** Hours since 1970, by the clock of the servers that recorded. */
  readonly hour: number;
  /** Minute of the hour that the provider is told: each program has its own, so that its sums tell them apart. */
  readonly minute: number;
  /** Actions that were recorded in the hour. Fixed before the first attempt. */
  readonly count: number;
  readonly state: MeterState;
  /** Customer of the first attempt; null before it. */
  readonly customerId: string | null;
  /** First and last attempt since it was last known not to have arrived; null before the first. Unix milliseconds. */
  readonly firstAttemptMs: number | null;
  readonly lastAttemptMs: number | null;
  readonly attempts: number;
  /** When the next step is due. Unix milliseconds. */
  readonly dueAtMs: number;
  /** Looks at the provider's sum that did not have it. */
  readonly looks: number;
  /** For people; null when all is well. */
  readonly problem: string | null;
}

export const METER_HOUR_MS = 3_600_000;
export const METER_MINUTE_MS = 60_000;
const MINUTES = 60;
/**
 * An hour is closed this long after its end: no acknowledged write takes longer than two minutes to be seen, and clocks of servers
 * differ by less than the rest. Nothing can be recorded into it any more.
 */
export const CLOSES_AFTER_MS = 5 * METER_MINUTE_MS;
/** The provider remembers identifiers for at least 24 hours; the rest is for clocks that differ. */
export const RESEND_WITHIN_MS = 23 * METER_HOUR_MS;
/** After the last attempt, what arrived is in the provider's sum. */
export const SUMMED_AFTER_MS = METER_HOUR_MS;
/** The provider takes what happened in the last 35 days. */
export const MAX_AGE_MS = 34 * 24 * METER_HOUR_MS;
/** An hour without a plan becomes free after this long: a message that tells of one may be late. */
export const WAIVED_AFTER_MS = 3 * 24 * METER_HOUR_MS;
/** Looks at the sum, each after twice the time of the one before: two and a half days. */
export const MAX_LOOKS = 6;

const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 15 * METER_MINUTE_MS;

export const hourOf = (ms: number): number => Math.floor(ms / METER_HOUR_MS);
export const hourStartMs = (hour: number): number => hour * METER_HOUR_MS;
export const isClosed = (hour: number, nowMs: number): boolean =>
  nowMs >= hourStartMs(hour + 1) + CLOSES_AFTER_MS;

/** Tells when the oldest hour closes that is still open: nothing more is to be counted before. */
export const nextClosingMs = (nowMs: number): number =>
  hourStartMs(hourOf(nowMs - CLOSES_AFTER_MS) + 1) + CLOSES_AFTER_MS;

/** Names an hour of a program, the same on every server. */
export const meterIdentifier = (programId: string, hour: number): string =>
  `dw_${programId}_${hour}`;

/** Makes the entry of an hour that is closed. @param taken Entries that the organisation has for this hour already. */
export function closedHour(
  of: Pick<MeterHour, 'programId' | 'organisationId' | 'hour' | 'count'>,
  taken: number,
  nowMs: number,
): MeterHour {
  return {
    ...of,
    id: meterIdentifier(of.programId, of.hour),
    minute: taken % MINUTES,
    state: of.count === 0 ? 'WAIVED' : 'WAITING',
    ...{ customerId: null, firstAttemptMs: null, lastAttemptMs: null },
    ...{ attempts: 0, looks: 0, problem: null, dueAtMs: nowMs },
  };
}

/** When it happened, as the provider is told. */
export const meteredAtMs = ({ hour, minute }: Pick<MeterHour, 'hour' | 'minute'>): number =>
  hourStartMs(hour) + minute * METER_MINUTE_MS;

/**
 * Tells what to do with an entry that is PENDING: send it, also again under the same identifier while the provider remembers that;
 * later ask its sum whether it arrived; and let it be once the provider would refuse it for its age.
 */
export function nextStep(entry: MeterHour, nowMs: number): 'SEND' | 'LOOK' | 'TOO_OLD' {
  const { firstAttemptMs } = entry;
  if (firstAttemptMs === null) {
    return nowMs - meteredAtMs(entry) > MAX_AGE_MS ? 'TOO_OLD' : 'SEND';
  }
  return nowMs - firstAttemptMs < RESEND_WITHIN_MS ? 'SEND' : 'LOOK';
}

/** Pause before the next attempt, after so many. */
export const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), MAX_PAUSE_MS);

/** What the provider's sum of a minute says of the entries in it. */
export type SumVerdict = 'ALL' | 'NONE_OF_UNKNOWN' | 'OTHER';

/**
 * Compares the provider's sum of one customer and minute with our entries in it: nearly always there is one.
 *
 * @param known Counts of those that were acknowledged. @param unknown Of those of which nobody knows.
 */
export function judgeSum(
  sum: bigint,
  known: readonly number[],
  unknown: readonly number[],
): SumVerdict {
  const total = (counts: readonly number[]): bigint =>
    counts.reduce((all, count) => all + BigInt(count), 0n);
  if (sum === total(known) + total(unknown)) return 'ALL';
  return unknown.length > 0 && sum === total(known) ? 'NONE_OF_UNKNOWN' : 'OTHER';
}
