import { PurchaseLogError, refuseAt } from './problem.ts';
import type { TableRow } from './table.ts';

/** What a row says, by the names that a log has without further words. `amount` is money as people write it, in the place of cents. */
export const COLUMNS = ['event_id', 'customer', 'date', 'items', 'cents'] as const;
export type Column = (typeof COLUMNS)[number] | 'amount';

/** What a log may do without. */
export const OPTIONAL_COLUMNS = ['event_id', 'items', 'cents'] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

/** How the columns of a file are called. */
export interface ColumnChoice {
  /** The header's name of a column, where it is another one. */
  readonly names: Readonly<Partial<Record<Column, string>>>;
  /** Columns that this file does not have. */
  readonly without: readonly OptionalColumn[];
}

/** Where the columns are: an index into the fields of a row; none for what the file does without. */
export type ColumnPlaces = Readonly<Partial<Record<Column, number>>>;

const same = (one: string, other: string): boolean =>
  one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();

/** The first by its exact name, otherwise by its letters. */
function placesOf(header: TableRow, name: string): number[] {
  const at = (matches: (field: string) => boolean): number[] =>
    header.fields.flatMap((field, index) => (matches(field) ? [index] : []));
  const exact = at((field) => field === name);
  return exact.length > 0 ? exact : at((field) => same(field, name));
}

function wantedColumns({ names, without }: ColumnChoice): Column[] {
  const money: Column = names.amount === undefined ? 'cents' : 'amount';
  return COLUMNS.map((column) => (column === 'cents' ? money : column)).filter(
    (column) => !without.some((left) => left === column || (left === 'cents' && column === money)),
  );
}

function adviceFor(missing: readonly Column[]): string {
  const named = missing.map((column) => `${column}=NAME`).join(',');
  const left = missing.filter((column) => OPTIONAL_COLUMNS.some((known) => known === column));
  const without = left.length === 0 ? '' : `, or do without with --without ${left.join(',')}`;
  const money = missing.includes('cents') ? ' (amount=NAME for money such as 12.50)' : '';
  return `say what they are called with --columns ${named}${money}${without}`;
}

/**
 * Finds the columns in the header.
 *
 * @throws PurchaseLogError naming the columns that are missing or there twice, the header that was found, and what to do.
 */
export function findColumns(header: TableRow, choice: ColumnChoice): ColumnPlaces {
  const places: Partial<Record<Column, number>> = {};
  const missing: Column[] = [];
  for (const column of wantedColumns(choice)) {
    const name = choice.names[column] ?? column;
    const [first, second] = placesOf(header, name);
    if (first === undefined) missing.push(column);
    else if (second === undefined) places[column] = first;
    else {
      refuseAt(
        header.line,
        `two columns are called ${name}, fields ${first + 1} and ${second + 1} of the header: give one of them another name`,
      );
    }
  }
  if (missing.length === 0) return places;
  const found = header.fields.map((field) => field || '(no name)').join(', ');
  const are = missing.length === 1 ? 'column' : 'columns';
  const isAre = missing.length === 1 ? 'is' : 'are';
  throw new PurchaseLogError(
    `line ${header.line}: ${are} ${missing.join(', ')} ${isAre} missing; the header is ${found}: ${adviceFor(missing)}`,
  );
}
