import type { DeskClock } from './fields.ts';

const MS_PER_SECOND = 1_000;

type Division = Pick<DeskClock, 'startsAt' | 'epochSeconds'>;

/** The moment at which an epoch begins, ISO. */
export const epochBegins = ({ startsAt, epochSeconds }: Division, epoch: number): string =>
  new Date(Date.parse(startsAt) + epoch * epochSeconds * MS_PER_SECOND).toISOString();

/** The epoch that a moment is in. */
export const epochOf = ({ startsAt, epochSeconds }: Division, iso: string): number =>
  Math.floor((Date.parse(iso) - Date.parse(startsAt)) / (epochSeconds * MS_PER_SECOND));

/** The last second before an epoch, ISO: it says the day that people mean by an end. */
export const lastBefore = (division: Division, epoch: number): string =>
  new Date(Date.parse(epochBegins(division, epoch)) - MS_PER_SECOND).toISOString();

/** A year that is being typed begins with zeros. */
const FIRST_YEAR = 1_000;

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');

/** The last day with a rule in the zone of the reader, as an input of a date has it: "2026-12-08". */
export function lastDayOf(division: Division, untilEpoch: number): string {
  const day = new Date(lastBefore(division, untilEpoch));
  return [day.getFullYear(), twoDigits(day.getMonth() + 1), twoDigits(day.getDate())].join('-');
}

/**
 * The first epoch without a rule that holds to the end of a day, in the zone of the reader: within an epoch, to the end of that, as
 * a rule never ends before the day that was chosen.
 *
 * @returns below 1 for a day before the start; null for what is no day
 */
export function endAfterDay(division: Division, day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined || Number(year) < FIRST_YEAR) return null;
  const nextDay = new Date(Number(year), Number(month) - 1, Number(date) + 1);
  const epoch = epochOf(division, nextDay.toISOString());
  return lastDayOf(division, epoch) < day ? epoch + 1 : epoch;
}
