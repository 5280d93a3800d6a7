import { checkId } from '@dewpoint/server/domain/ids.ts';
import type { Column } from './columns.ts';
import { refuseAt } from './problem.ts';

/** How dates with slashes, dots or dashes are written: day or month first. */
export const DATE_ORDERS = ['DMY', 'MDY'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A field of a row, and where it is. */
export interface Field {
  readonly line: number;
  readonly column: Column;
  /** The header's name of the column. */
  readonly name: string;
  readonly value: string;
}

/** What the API takes as the count of one action. */
const MAX_ITEMS = 100_000;
/** What the API takes as the amount of one action. */
const MAX_CENTS = 1e15;
const WHOLE_NUMBER = /^\d{1,16}$/;
/** A comma with three digits after it parts thousands in some countries, and decimals in others: refused. */
const AMOUNT = /^(\d{1,13})(?:\.(\d{1,2})0*|,(\d{1,2}))?$/;
/** `<event_id>:purchase` has to fit into an eventId. */
const MAX_EVENT_ID_CHARACTERS = 128 - ':purchase'.length;
const NOT_UTF8 = '\uFFFD';

const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:[AP]M|Z|UTC|[+-]\d{2}:?\d{2}))?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.]?)(\d{2})\2(\d{2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`, 'i');
/** An epoch cannot begin when the chain's clock does; the other end is far before epoch numbers of days run out. */
const FIRST_DAY = '1970-01-02';
const LAST_DAY = '2100-12-31';

function refuse({ line, column, name, value }: Field, expected: string): never {
  const called = name === column ? column : `${column} (${name})`;
  refuseAt(line, `${called} is ${JSON.stringify(value)}, expected ${expected}`);
}

/** An id as the API takes it, in NFC. */
export function idOf(field: Field): string {
  const value = field.value.normalize('NFC');
  if (value.includes(NOT_UTF8)) refuse(field, 'text in UTF-8');
  if (field.column === 'event_id' && [...value].length > MAX_EVENT_ID_CHARACTERS) {
    refuse(field, `1 to ${MAX_EVENT_ID_CHARACTERS} characters`);
  }
  const refusal = checkId(field.column, value);
  if (refusal === null) return value;
  refuse(field, `an id that the API takes: ${refusal.message.replace(/\.$/, '')}`);
}

/** How many of something were bought. */
export function itemsOf(field: Field): number {
  if (!WHOLE_NUMBER.test(field.value) || Number(field.value) > MAX_ITEMS) {
    refuse(field, `a whole number from 0 to ${MAX_ITEMS}`);
  }
  return Number(field.value);
}

/** Money, in cents: as a whole number of them, or as people write it. */
export function centsOf(field: Field): number {
  if (field.column === 'amount') {
    const [, whole, afterDot, afterComma] = AMOUNT.exec(field.value) ?? [];
    const hundredths = afterDot ?? afterComma ?? '';
    if (whole === undefined) {
      refuse(field, 'an amount from 0 with at most two decimals, such as 12.50');
    }
    return Number(whole) * 100 + Number(hundredths.padEnd(2, '0'));
  }
  if (!WHOLE_NUMBER.test(field.value) || Number(field.value) > MAX_CENTS) {
    const money = AMOUNT.test(field.value) ? `, or --columns amount=${field.name}` : '';
    refuse(field, `a whole number from 0 to ${MAX_CENTS}${money}`);
  }
  return Number(field.value);
}

function writtenDay(value: string, order: DateOrder | null): string | null {
  const yearFirst = YEAR_FIRST.exec(value);
  if (yearFirst !== null) return `${yearFirst[1]}-${yearFirst[3]}-${yearFirst[4]}`;
  const yearLast = YEAR_LAST.exec(value);
  if (yearLast === null || order === null) return null;
  const [, first = '', , second = '', year] = yearLast;
  const [month, day] = order === 'MDY' ? [first, second] : [second, first];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** The day as it is written, whatever the time and the zone beside it. */
export function dayOf(field: Field, order: DateOrder | null): string {
  const day = writtenDay(field.value, order);
  if (day === null && order === null && YEAR_LAST.test(field.value)) {
    refuse(field, 'a day such as 1997-01-31, or --dates DMY or --dates MDY to say how it is read');
  }
  if (day === null || !isDay(day) || day < FIRST_DAY || day > LAST_DAY) {
    refuse(field, `an ISO day from ${FIRST_DAY} to ${LAST_DAY}, such as 1997-01-31`);
  }
  return day;
}
