import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../domain/program.ts';
import type { TotalsStore } from '../ports/stores/indexer.ts';

/** Which rows of a list: `first` of them, after the one that `after` numbers. */
export interface PageOf {
  /** 1 to 100. */
  readonly first: number;
  /** Null for the beginning. */
  readonly after: number | null;
}

/** The same for lists in which several accounts may have a row of one number. */
export interface HolderPage {
  readonly first: number;
  readonly after: { readonly number: number; readonly holder: Address } | null;
}

/** Up to which block the chain was read. */
export interface AsOf {
  readonly asOfBlock: number;
  /** No node of the chain answers: what is shown may be old. */
  readonly stale: boolean;
}

/** A page of what the chain says. */
export interface ProjectionPage<Row> extends AsOf {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

/**
 * How far the reader is. Asked for before the projections themselves: a later fact with an earlier position is true, the other
 * way round is not.
 */
export async function asOfNow(
  totals: Pick<TotalsStore, 'asOf'>,
  program: Pick<Program, 'chainId'>,
): Promise<AsOf> {
  const { blockNumber, stale } = await totals.asOf(program.chainId);
  return { asOfBlock: blockNumber, stale };
}

/** Cuts what was read with one row more than asked for. */
export function projectionPage<Row>(
  asOf: AsOf,
  found: readonly Row[],
  first: number,
): ProjectionPage<Row> {
  return { ...asOf, rows: found.slice(0, first), hasNextPage: found.length > first };
}
