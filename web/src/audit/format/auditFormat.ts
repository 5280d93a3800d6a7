import { fromBase, showMoney, showPoints } from '../../shared/format/amounts.ts';
import { LANGUAGE_TAGS, type PageLanguage } from '../../shared/i18n/language.ts';

/** A word of the catalogue, with what is put into it. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** How amounts and moments are written in one language. Moments are in UTC, so that two auditors read the same. */
export interface AuditFormat {
  readonly language: PageLanguage;
  readonly say: Say;
  /** Base units of points. */
  points(units: bigint): string;
  /** Seconds, as "7 days". */
  duration(seconds: number): string;
  /** Unix seconds, as "4 Dec". */
  day(seconds: number): string;
  /** Unix seconds, as "4 Dec 2026, 16:00 UTC". */
  moment(seconds: number): string;
  count(number: number | bigint): string;
  percent(share: number): string;
}

const UNITS = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
] as const;

export function createFormat(language: PageLanguage, say: Say): AuditFormat {
  const tag = language === 'en' ? 'en-GB' : LANGUAGE_TAGS[language];
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options });
    return (seconds: number) => format.format(new Date(seconds * 1_000));
  };
  const day = dates({ day: 'numeric', month: 'short' });
  const date = dates({
    day: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    year: 'numeric',
  });
  const time = dates({ hour: '2-digit', minute: '2-digit', hour12: false });
  const numbers = new Intl.NumberFormat(tag);
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  return {
    ...{ language, say, day },
    points: (units) => showPoints(fromBase(units, 2)),
    duration: (seconds) => {
      const [length, unit] = UNITS.find(([each]) => seconds % each === 0) ?? [1, 'seconds'];
      return say(`duration.${unit}`, { count: seconds / length });
    },
    moment: (seconds) => say('moment', { day: date(seconds), time: time(seconds) }),
    count: (number) => numbers.format(number),
    // English writes "10 %" here, as the other pages do.
    percent: (share) => percents.format(share).replace('%', language === 'en' ? '\u00a0%' : '%'),
  };
}

/** Base units of the settlement token as people read them; without decimals when the token does not say how many it has. */
export function moneyText(
  units: bigint,
  { symbol, decimals }: { readonly symbol: string | null; readonly decimals: number | null },
): string {
  return `${showMoney(fromBase(units, decimals ?? 0))}${symbol === null ? '' : ` ${symbol}`}`;
}
