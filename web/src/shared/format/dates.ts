/** Moments as people read them, in their own time zone, in strings that break over no line. */

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** What keeps two characters on one line: for spaces, and where there is none. */
const NO_BREAK_SPACE = '\u00a0';
const WORD_JOINER = '\u2060';

/** Keeps a date on one line of a sentence. Chinese would break between a number and its sign. */
const unbroken = (date: string): string =>
  date.replaceAll(' ', NO_BREAK_SPACE).replace(/(?<=\d)(?=[月日])|(?<=月)(?=\d)/g, WORD_JOINER);

/** Writes dates in a language. @param tag of the language, as "en" or "zh-CN" */
const inWords = (iso: string, tag: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, options).format(new Date(iso));

/** Shows a day: "4 Dec", "12月4日". @param tag of the language, as "en" or "zh-CN" */
export function showDay(iso: string, tag: string): string {
  return unbroken(inWords(iso, tag, DAY));
}

/** Shows a day of a table that goes by UTC, wherever the reader is. */
export function showUtcDay(iso: string, tag: string): string {
  return unbroken(inWords(iso, tag, { ...DAY, timeZone: 'UTC' }));
}

/** Shows a time of the day: "16:00". */
export function showTime(iso: string, tag: string): string {
  return inWords(iso, tag, TIME);
}

/** Shows a moment: "4 Dec, 16:00", "12月4日 16:00". */
export function showMoment(iso: string, tag: string): string {
  return unbroken(inWords(iso, tag, { ...DAY, ...TIME }));
}

/** Shows a moment in full, with its zone, for what is kept. */
export function showMomentInFull(iso: string, tag: string): string {
  return inWords(iso, tag, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' });
}
