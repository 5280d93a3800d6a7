import { shown, type Place } from '../events/events.ts';
import { Check, type CheckResult } from '../report/check.ts';
import type { SettingsRead } from '../settings/settingsRead.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** As in `Programs.sol`. */
const BOUNDS = {
  epochLength: [HOUR, 7 * DAY],
  settlementWindow: [8, 252],
  noticePeriod: [7 * DAY, 60 * DAY],
  itemNoticePeriod: [7 * DAY, 60 * DAY],
  objectionThresholdBps: [100, 2_000],
  roundWindow: [2 * DAY, 92 * DAY],
  orderDeadline: [DAY, 60 * DAY],
} as const;
/** Base units of points. */
const OBJECTION_CAP = [10_000n, 2n ** 71n - 1n] as const;
/** Seconds, whatever the epoch. */
const MIN_SETTLEMENT_TIME = 7 * DAY;
const MAX_ROUND_PERIOD = 92 * DAY;
/** The first round opens at most this long after the creation. */
const MAX_FIRST_ROUND_LEAD = 92 * DAY;
const SETTLEMENT_WINDOW_STEP = 4;

/**
 * Whether every setting is one that the factory allows: otherwise promises could hold vacuously.
 *
 * @param createdAt Unix seconds of the block of the creation.
 */
export function checkSettings(
  settings: SettingsRead,
  creation: Place,
  createdAt: number,
): CheckResult {
  const check = new Check('settings');
  const within = <Value extends number | bigint>(
    name: string,
    value: Value,
    lowest: Value,
    highest: Value,
  ): void =>
    check.holds(
      value >= lowest && value <= highest,
      () => name,
      `${lowest} to ${highest}`,
      value,
      creation,
    );
  for (const [name, [lowest, highest]] of Object.entries(BOUNDS)) {
    within(name, settings[name as keyof typeof BOUNDS], lowest, highest);
  }
  within('objectionCap', settings.objectionCap, ...OBJECTION_CAP);
  const { startsAt, epochLength, settlementWindow, firstRoundAt, roundWindow } = settings;
  const settlementTime = settlementWindow * epochLength;
  within('settlementWindow in seconds', settlementTime, MIN_SETTLEMENT_TIME, Infinity);
  within('roundPeriod', settings.roundPeriod, roundWindow, MAX_ROUND_PERIOD);
  within('startsAt', startsAt, createdAt - epochLength + 1, createdAt);
  within('firstRoundAt', firstRoundAt, createdAt, createdAt + MAX_FIRST_ROUND_LEAD);
  const odd = settlementWindow % SETTLEMENT_WINDOW_STEP;
  check.equal(0, odd, () => `settlementWindow beyond a multiple of four epochs`, creation);
  const { noticePeriod, itemNoticePeriod } = settings;
  check.equal(noticePeriod, itemNoticePeriod, () => 'the notice of the catalogue', creation);
  for (const { what, expected, actual } of settings.links) {
    check.equal(shown(settings[expected]), shown(actual), () => what, creation);
  }
  return check.result();
}
