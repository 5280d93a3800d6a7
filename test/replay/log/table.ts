import { CsvError, parse } from 'csv-parse/sync';
import { refuseAt } from './problem.ts';

/** A row of the file, header included, with the line on which it begins. */
export interface TableRow {
  readonly line: number;
  readonly fields: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

const OPTIONS = {
  columns: false,
  bom: true,
  info: true,
  skip_empty_lines: true,
  // A row of another length is refused by name, and not by the parser.
  relax_column_count: true,
  trim: true,
} as const;

/** What is wrong, by the parser's code for it. */
const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens with a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'goes on after its closing quote: a quote inside of it is written twice',
  INVALID_OPENING_QUOTE:
    'has a quote in the middle: put the field in quotes, and write that one twice',
};

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function parsed(text: string, delimiter: string, rows: number): ParsedRow[] {
  const options = { ...OPTIONS, delimiter };
  // The parser knows 0 as no limit.
  const limit = Number.isFinite(rows) ? { to: rows } : {};
  return parse(text, { ...options, ...limit }) as unknown as ParsedRow[];
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** A row may go over several lines, and the parser counts to its last. */
const toRow = ({ record, info }: ParsedRow): TableRow => ({
  line: info.lines - record.reduce((lines, field) => lines + linesIn(field), 0),
  fields: record,
});

/** The delimiter that gives the header the most fields. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]+/, 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Where the record begins that the parser could not read to its end. */
function lineOfBroken(text: string, delimiter: string, error: CsvError): number {
  const { records } = error as unknown as { records?: number };
  const good = records ?? 0;
  if (good === 0) return 1;
  const before = parsed(text, delimiter, good).at(-1);
  let line = (before?.info.lines ?? 0) + 1;
  const lines = text.split('\n');
  while (lines[line - 1]?.trim() === '') line += 1;
  return line;
}

/**
 * Splits a CSV into rows, the header first. Fields are separated by commas, semicolons, tabs or bars: by what the header has most of.
 *
 * @param rows At most this many, the header included.
 * @throws PurchaseLogError naming the line and the field.
 */
export function readTable(text: string, rows = Number.POSITIVE_INFINITY): TableRow[] {
  const delimiter = delimiterOf(text);
  try {
    return parsed(text, delimiter, rows).map(toRow);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { column } = error as unknown as { column?: number };
    const problem = PROBLEMS[error.code] ?? `can't be read as CSV (${error.message})`;
    const place = typeof column === 'number' ? column + 1 : undefined;
    refuseAt(lineOfBroken(text, delimiter, error), `the field ${problem}`, place);
  }
}
