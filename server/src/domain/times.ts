/** Points in time as people and apps write them. */

const ISO_DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):\d{2}:\d{2}(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** What {@link readTime} takes, for messages. */
export const TIME_WANTED =
  'an ISO 8601 date and time of the calendar with its offset, such as "2026-03-01T12:00:00Z"';

/** Reads an ISO 8601 date and time with its offset, to the millisecond; null for anything else, 30 February included. */
export function readTime(value: unknown): number | null {
  const match = typeof value === 'string' ? ISO_DATE_TIME.exec(value) : null;
  const ms = match === null ? Number.NaN : Date.parse(match[0]);
  // JavaScript reads 30 February as 2 March; the day alone, read back, shows it.
  const day = match?.[1] ?? '';
  const isDay = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  return Number.isNaN(ms) || !isDay ? null : ms;
}
