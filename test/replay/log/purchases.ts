import { parse } from 'csv-parse/sync';

/** One purchase of the log. */
export interface Purchase {
  readonly eventId: string;
  readonly customer: string;
  /** ISO day, UTC. */
  readonly date: string;
  /** CDs bought, or whatever the shop sells. */
  readonly items: number;
  readonly cents: number;
}

/** All purchases of one day, in the order of the file. */
export interface PurchaseDay {
  /** ISO day, UTC. */
  readonly date: string;
  /** 00:00 UTC of the day, unix seconds. */
  readonly startsAt: number;
  readonly purchases: readonly Purchase[];
}

/** A line of the file, or the file as a whole, is not what a purchase log looks like. */
export class PurchaseLogError extends Error {
  override readonly name = 'PurchaseLogError';
}

const COLUMNS = ['event_id', 'customer', 'date', 'items', 'cents'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, string>>;

/** `<event_id>:purchase` has to fit into the 128 characters of an eventId. */
const MAX_EVENT_ID_LENGTH = 128 - ':purchase'.length;
const MAX_CUSTOMER_LENGTH = 128;
/** What the API takes as the count of one action. */
const MAX_ITEMS = 100_000;
/** What the API takes as the amount of one action. */
const MAX_CENTS = 1e15;
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const WHOLE_NUMBER = /^\d{1,16}$/;
/** The clock of a chain starts at 1 January 1970 and ends, for epoch numbers of days, far beyond this. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

function refuse(line: number, column: Column, value: string, expected: string): never {
  throw new PurchaseLogError(
    `line ${line}: ${column} is ${JSON.stringify(value)}, expected ${expected}`,
  );
}

function idOf(row: Row, line: number, column: 'event_id' | 'customer', maxLength: number): string {
  const value = row[column];
  if (value.length > maxLength || !PRINTABLE_ASCII.test(value)) {
    refuse(line, column, value, `1 to ${maxLength} printable ASCII characters`);
  }
  return value;
}

function numberOf(row: Row, line: number, column: 'items' | 'cents', max: number): number {
  const value = row[column];
  if (!WHOLE_NUMBER.test(value) || Number(value) > max) {
    refuse(line, column, value, `a whole number from 0 to ${max}`);
  }
  return Number(value);
}

function dayOf(row: Row, line: number): string {
  const value = row.date;
  const at = ISO_DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(NaN);
  const year = at.getUTCFullYear();
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  if (!exists || year < FIRST_YEAR || year > LAST_YEAR) {
    refuse(line, 'date', value, `an ISO day of the years ${FIRST_YEAR} to ${LAST_YEAR}`);
  }
  return value;
}

/**
 * Reads a purchase log: CSV with a header that names the columns event_id, customer, date, items, cents in any order.
 *
 * @param limit At most this many rows, from the top of the file.
 * @throws PurchaseLogError naming the line, the column and what would be right.
 */
export function readPurchases(text: string, limit = Number.POSITIVE_INFINITY): Purchase[] {
  const rows: (Row & { line: number })[] = [];
  const records = parse(text, { columns: true, bom: true, info: true, skip_empty_lines: true });
  for (const { record, info } of records as unknown as {
    record: Partial<Row>;
    info: { lines: number };
  }[]) {
    if (rows.length >= limit) break;
    for (const column of COLUMNS) {
      if (record[column] === undefined) {
        throw new PurchaseLogError(
          `column ${column} is missing, expected the columns ${COLUMNS.join(', ')}`,
        );
      }
    }
    rows.push({ ...(record as Row), line: info.lines });
  }
  if (rows.length === 0) throw new PurchaseLogError('the file has no rows below its header');
  return rows.map((row) => ({
    eventId: idOf(row, row.line, 'event_id', MAX_EVENT_ID_LENGTH),
    customer: idOf(row, row.line, 'customer', MAX_CUSTOMER_LENGTH),
    date: dayOf(row, row.line),
    items: numberOf(row, row.line, 'items', MAX_ITEMS),
    cents: numberOf(row, row.line, 'cents', MAX_CENTS),
  }));
}

/** Groups purchases by day, days ascending: the order in which an app would have reported them. */
export function byDay(purchases: readonly Purchase[]): PurchaseDay[] {
  const days = new Map<string, Purchase[]>();
  for (const purchase of purchases) {
    const day = days.get(purchase.date);
    if (day === undefined) days.set(purchase.date, [purchase]);
    else day.push(purchase);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, ofDay]) => ({
      date,
      startsAt: Date.parse(`${date}T00:00:00Z`) / 1000,
      purchases: ofDay,
    }));
}
