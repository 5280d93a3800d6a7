import { findColumns, type Column, type ColumnChoice, type ColumnPlaces } from './columns.ts';
import { PurchaseLogError, refuseAt } from './problem.ts';
import { readTable, type TableRow } from './table.ts';
import { textOfLog } from './text.ts';
import { centsOf, dayOf, idOf, itemsOf, type DateOrder, type Field } from './values.ts';

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

/** How a file is read. */
export interface LogOptions extends ColumnChoice {
  /** At most this many rows, from the top of the file. */
  readonly limit: number;
  /** How dates that do not begin with the year are read; null refuses them. */
  readonly dates: DateOrder | null;
  /** Whether a row that does not fit is left out. Otherwise it refuses the file. */
  readonly skip: boolean;
}

/** What is in a file. */
export interface PurchaseLog {
  readonly purchases: readonly Purchase[];
  /** Of each row that was left out, what is wrong with it. */
  readonly leftOut: readonly string[];
}

/** A file as it comes: five columns by their names, whole. */
export const PLAIN_LOG: LogOptions = {
  names: {},
  without: [],
  limit: Number.POSITIVE_INFINITY,
  dates: null,
  skip: false,
};

/** The value of a row without that column. */
const NOTHING = 0;

function checkLength(row: TableRow, header: TableRow): void {
  const [there, wanted] = [row.fields.length, header.fields.length];
  if (there === wanted) return;
  const problem =
    there < wanted
      ? `column ${header.fields[there] || there + 1} is missing`
      : `field ${wanted + 1} (${JSON.stringify(row.fields[wanted])}) has no column`;
  refuseAt(row.line, `${problem}: the row has ${there} fields and the header ${wanted}`);
}

function purchaseOf(
  row: TableRow,
  header: TableRow,
  places: ColumnPlaces,
  dates: DateOrder | null,
): Purchase {
  checkLength(row, header);
  const { line } = row;
  const field = (column: Column): Field | null => {
    const at = places[column];
    if (at === undefined) return null;
    return { line, column, name: header.fields[at] ?? '', value: row.fields[at] ?? '' };
  };
  const needed = (column: Column): Field => {
    const found = field(column);
    if (found === null) throw new Error(`a log has the column ${column}`);
    return found;
  };
  const eventId = field('event_id');
  const items = field('items');
  const money = field('cents') ?? field('amount');
  return {
    eventId: eventId === null ? `line-${line}` : idOf(eventId),
    customer: idOf(needed('customer')),
    date: dayOf(needed('date'), dates),
    items: items === null ? NOTHING : itemsOf(items),
    cents: money === null ? NOTHING : centsOf(money),
  };
}

/**
 * Reads a purchase log: CSV with a header that names the columns in any order.
 *
 * @throws PurchaseLogError naming the line, the column and what would be right.
 */
export function readPurchaseLog(file: Uint8Array | string, options: LogOptions): PurchaseLog {
  const text = typeof file === 'string' ? file : textOfLog(file);
  const [header, ...rows] = readTable(text, options.limit + 1);
  if (header === undefined) throw new PurchaseLogError('the file is empty, expected a CSV');
  const places = findColumns(header, options);
  const purchases: Purchase[] = [];
  const leftOut: string[] = [];
  for (const row of rows) {
    try {
      purchases.push(purchaseOf(row, header, places, options.dates));
    } catch (error) {
      if (!(error instanceof PurchaseLogError)) throw error;
      if (!options.skip) {
        throw new PurchaseLogError(`${error.message} (--skip leaves such rows out)`);
      }
      leftOut.push(error.message);
    }
  }
  if (rows.length === 0) throw new PurchaseLogError('the file has no rows below its header');
  if (purchases.length === 0) {
    throw new PurchaseLogError(`none of the ${rows.length} rows fits; the first: ${leftOut[0]}`);
  }
  return { purchases, leftOut };
}

/**
 * Reads a log as it comes: columns event_id, customer, date, items, cents in any order.
 *
 * @param limit At most this many rows, from the top of the file.
 * @throws PurchaseLogError naming the line, the column and what would be right.
 */
export function readPurchases(text: string, limit = PLAIN_LOG.limit): Purchase[] {
  return [...readPurchaseLog(text, { ...PLAIN_LOG, limit }).purchases];
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
