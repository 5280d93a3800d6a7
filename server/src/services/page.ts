import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../domain/program.ts';
import type { TotalsStore } from '../ports/stores/indexer.ts';

/** Selects rows of a list: `first` of them, after the one with the number `after`. */
export interface PageOf {
  /** 1 to 100. */
  readonly first: number;
  /** Null for the first page. */
  readonly after: number | null;
}

/** Selects rows of a list in which several accounts can have a row with one number. */
export interface HolderPage {
  readonly first: number;
  readonly after: { readonly number: number; readonly holder: Address } | null;
}

/** Block up to which the chain has been read. */
export interface AsOf {
  readonly asOfBlock: number;
  /** Whether the rows may be out of date, as no node of the chain answers. */
  readonly stale: boolean;
}

/** One page of projections. */
export interface ProjectionPage<Row> extends AsOf {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

/**
 * Reads how far the indexer is. Call it before reading projections: a later projection with an earlier position is
 * correct, an earlier one with a later position is not.
 */
export async function asOfNow(
  totals: Pick<TotalsStore, 'asOf'>,
  program: Pick<Program, 'chainId'>,
): Promise<AsOf> {
  const { blockNumber, stale } = await totals.asOf(program.chainId);
  return { asOfBlock: blockNumber, stale };
}

/** Makes a page of rows that were read with one row more than asked for. */
export function projectionPage<Row>(
  asOf: AsOf,
  found: readonly Row[],
  first: number,
): ProjectionPage<Row> {
  return { ...asOf, rows: found.slice(0, first), hasNextPage: found.length > first };
}
