import type { ObjectRef } from '@pothos/core';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Money } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import type { ProjectionPage, PageOf, HolderPage } from '../../services/page.ts';
import { builder } from './builder.ts';
import { holderCursor, numberCursor, pageRows, toPage, type Page } from './pages.ts';

/** What a resolver gives of something that belongs to a program: with the program, which formats its money. */
export type OfProgram<View> = View & { readonly program: Program };

/** An amount of the settlement token of a program. */
export const moneyOf = (program: Pick<Program, 'settlementToken'>, units: bigint): Money => ({
  units,
  decimals: program.settlementToken.decimals,
});

/** A page of what the chain says, as connections show it. */
export interface FactConnection<Row> extends Page<Row> {
  readonly asOfBlock: number;
  readonly stale: boolean;
}

/** Words for `asOfBlock`, the same wherever it stands. */
export const AS_OF_BLOCK = 'Block up to which the chain was read.';
export const STALE = 'True while no node of the chain answers: what is shown may be old.';
/** Words for the arguments of connections. */
export const FIRST = 'Rows, 1 to 100; 20 when left out.';
export const AFTER = 'endCursor of the page before.';

type Types = (typeof builder)['$inferSchemaTypes'];
type Scopes = Partial<Types['AuthScopes']> | { readonly $any: Partial<Types['AuthScopes']> };

/** Makes a connection of facts of the chain: a page of rows, and the block up to which they are true. */
export function factConnection<Row extends object>(
  node: ObjectRef<Types, Row>,
  args: {
    /** Of the rows' type: `Change` gives `ChangeConnection` and `ChangeEdge`. */
    readonly name: string;
    readonly order: string;
    readonly scopes: Scopes;
  },
): ObjectRef<Types, FactConnection<Row>> {
  const { name, order, scopes: authScopes } = args;
  const edge = builder
    .objectRef<{ readonly cursor: string; readonly node: Row }>(`${name}Edge`)
    .implement({
      description: 'A row with its cursor.',
      authScopes,
      fields: (t) => ({
        cursor: t.exposeString('cursor', {
          description: 'Opaque place of this row, for `after`.',
        }),
        // The type of a row is not known to the compiler here, only that it is that of the edge.
        node: t.field({
          extensions: { cost: 20 },
          type: node,
          description: 'The row itself.',
          resolve: (row) => row.node as never,
        }),
      }),
    });
  return builder.objectRef<FactConnection<Row>>(`${name}Connection`).implement({
    description: order,
    authScopes,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'Rows with their cursors.',
        resolve: (page) => page.edges,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Where this page begins and ends.',
        resolve: (page) => page.pageInfo,
      }),
      asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
      stale: t.exposeBoolean('stale', { description: STALE }),
    }),
  });
}

/** Arguments of a connection as a resolver gets them. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * Answers a connection whose rows are numbered, and whose cursors are those numbers.
 *
 * @throws UserError OUT_OF_RANGE, MALFORMED
 */
export async function factsOf<View extends object>(
  program: Program,
  { first, after }: PageArguments,
  args: {
    readonly read: (page: PageOf) => Promise<ProjectionPage<View>>;
    readonly numberOf: (view: View) => number;
  },
): Promise<FactConnection<OfProgram<View>>> {
  const page = await args.read({ first: pageRows(first), after: numberCursor(after) });
  const rows = page.rows.map((view) => ({ ...view, program }));
  const { asOfBlock, stale, hasNextPage } = page;
  return { ...toPage(rows, (row) => String(args.numberOf(row)), hasNextPage), asOfBlock, stale };
}

/**
 * The same for rows of holders, of which several may have one number: a cursor names both.
 *
 * @throws UserError OUT_OF_RANGE, MALFORMED
 */
export async function holderFactsOf<View extends { readonly holder: Address }>(
  program: Program,
  { first, after }: PageArguments,
  args: {
    readonly read: (page: HolderPage) => Promise<ProjectionPage<View>>;
    readonly numberOf: (view: View) => number;
  },
): Promise<FactConnection<OfProgram<View>>> {
  const page = await args.read({ first: pageRows(first), after: holderCursor(after) });
  const rows = page.rows.map((view) => ({ ...view, program }));
  const cursorOf = (row: View): string => `${args.numberOf(row)}.${row.holder}`;
  const { asOfBlock, stale, hasNextPage } = page;
  return { ...toPage(rows, cursorOf, hasNextPage), asOfBlock, stale };
}

/** What stands behind the global id of something numbered in a program; null for what is of another program. */
export function numberInProgram(program: Pick<Program, 'id'>, id: string): number | null {
  const [programId, number = ''] = id.split(':');
  return programId === program.id && /^\d{1,15}$/.test(number) ? Number(number) : null;
}
