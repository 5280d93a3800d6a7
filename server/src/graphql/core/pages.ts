import type { Address } from '@dewpoint/contracts/statement.ts';
import { UserError } from '../../domain/errors.ts';
import { badCursor, openCursor, sealCursor, type ListName } from './cursor.ts';

/** Number of rows of a page when `first` is left out. */
export const DEFAULT_PAGE_ROWS = 20;
/** Most rows of a page: a page is one query and one screen, not an export. */
export const MAX_PAGE_ROWS = 100;

/** One page of rows in the shape of a connection. */
export interface Page<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * Reads the number of rows of a page.
 *
 * @throws UserError OUT_OF_RANGE when `first` is not from 1 to {@link MAX_PAGE_ROWS}
 */
export function pageRows(first: number | null | undefined): number {
  const rows = first ?? DEFAULT_PAGE_ROWS;
  if (rows < 1 || rows > MAX_PAGE_ROWS) {
    throw new UserError({
      code: 'OUT_OF_RANGE',
      message: `first is ${rows}; it must be from 1 to ${MAX_PAGE_ROWS}.`,
      field: 'first',
    });
  }
  return rows;
}

/**
 * Reads the cursor of a connection whose rows are numbered.
 *
 * @throws UserError MALFORMED for a text that is not such a cursor of this list
 */
export function numberCursor(list: ListName, after: string | null | undefined): number | null {
  const cursor = openCursor(list, after);
  if (cursor === null) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw badCursor();
  return Number(cursor);
}

/**
 * Reads the cursor of a connection whose rows have a number and a holder.
 *
 * @throws UserError MALFORMED for a text that is not such a cursor of this list
 */
export function holderCursor(
  list: ListName,
  after: string | null | undefined,
): { readonly number: number; readonly holder: Address } | null {
  const cursor = openCursor(list, after);
  if (cursor === null) return null;
  const match = /^(\d{1,15})\.(0x[0-9a-fA-F]{40})$/.exec(cursor);
  if (match === null) throw badCursor();
  return { number: Number(match[1]), holder: match[2] as Address };
}

/** Gives rows the shape of a connection. @param positionOf What {@link openCursor} gives back of the cursor of a row. */
export function toPage<Row>(
  list: ListName,
  rows: readonly Row[],
  positionOf: (row: Row) => string,
  hasNextPage: boolean,
): Page<Row> {
  const edges = rows.map((node) => ({ cursor: sealCursor(list, positionOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
