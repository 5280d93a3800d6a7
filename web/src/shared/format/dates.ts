/** Moments as people read them, in their own time zone. */

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** Shows a day: "4 Dec", "12月4日". @param tag of the language, as "en" or "zh-CN" */
export function showDay(iso: string, tag: string): string {
  return new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, DAY).format(new Date(iso));
}

/** Shows a time of the day: "16:00". */
export function showTime(iso: string, tag: string): string {
  return new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, TIME).format(new Date(iso));
}

/** Shows a moment: "4 Dec, 16:00", "12月4日 16:00". */
export function showMoment(iso: string, tag: string): string {
  return new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, { ...DAY, ...TIME }).format(
    new Date(iso),
  );
}

/** Shows a moment in full, with its zone, for what is kept. */
export function showMomentInFull(iso: string, tag: string): string {
  return new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, {
    ...{ dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' },
  }).format(new Date(iso));
}
