import type { ObjectRef } from '@pothos/core';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Money } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import type { ProjectionPage, PageOf, HolderPage } from '../../services/page.ts';
import { builder } from './builder.ts';
import type { ListName } from './cursor.ts';
import { holderCursor, numberCursor, pageRows, toPage, type Page } from './pages.ts';

/** Joins a view to its program, whose settlement token formats its money. */
export type OfProgram<View> = View & { readonly program: Program };

/** Gives base units the decimals of the program's settlement token. */
export const moneyOf = (program: Pick<Program, 'settlementToken'>, units: bigint): Money => ({
  units,
  decimals: program.settlementToken.decimals,
});

/** One page of a connection of projections, with the block that it is as of. */
export interface ProjectionConnection<Row> extends Page<Row> {
  readonly asOfBlock: number;
  readonly stale: boolean;
}

/** Describes `asOfBlock` and `stale`, the same for every type. */
export const AS_OF_BLOCK = 'Block up to which the chain has been read for this answer.';
export const STALE = 'Whether the answer may be out of date, as no node of the chain answers.';
/** Describes the arguments of connections. */
export const FIRST = 'Number of rows, 1 to 100; 20 when left out.';
export const AFTER = '`endCursor` of the page before; left out for the first page.';

type Types = (typeof builder)['$inferSchemaTypes'];
type Scopes = Partial<Types['AuthScopes']> | { readonly $any: Partial<Types['AuthScopes']> };

/** Makes the type of the rows of a connection with their cursors. */
function edgeType<Row extends object>(
  node: ObjectRef<Types, Row>,
  { name, scopes: authScopes }: { readonly name: string; readonly scopes: Scopes },
) {
  return builder
    .objectRef<{ readonly cursor: string; readonly node: Row }>(`${name}Edge`)
    .implement({
      description: 'Row with its cursor.',
      authScopes,
      fields: (t) => ({
        cursor: t.exposeString('cursor', {
          description: 'Opaque cursor of this row, for `after`.',
        }),
        // The type of a row is not known to the compiler here, only that it is that of the edge.
        node: t.field({
          extensions: { cost: 20 },
          type: node,
          description: 'The row.',
          resolve: (row) => row.node as never,
        }),
      }),
    });
}

/** Makes the types of a connection of what is kept in the database alone: a page of rows. */
export function rowConnection<Row extends object>(
  node: ObjectRef<Types, Row>,
  args: { readonly name: string; readonly order: string; readonly scopes: Scopes },
): ObjectRef<Types, Page<Row>> {
  const { name, order, scopes: authScopes } = args;
  const edge = edgeType(node, args);
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    description: order,
    authScopes,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'Rows of this page with their cursors.',
        resolve: (page) => page.edges,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Position of this page within the connection.',
        resolve: (page) => page.pageInfo,
      }),
    }),
  });
}

/** Makes the types of a connection of projections: a page of rows, and the block that they are as of. */
export function projectionConnection<Row extends object>(
  node: ObjectRef<Types, Row>,
  args: {
    /** Name of the rows' type: `Change` gives `ChangeConnection` and `ChangeEdge`. */
    readonly name: string;
    readonly order: string;
    readonly scopes: Scopes;
  },
): ObjectRef<Types, ProjectionConnection<Row>> {
  const { name, order, scopes: authScopes } = args;
  const edge = edgeType(node, args);
  return builder.objectRef<ProjectionConnection<Row>>(`${name}Connection`).implement({
    description: order,
    authScopes,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'Rows of this page with their cursors.',
        resolve: (page) => page.edges,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Position of this page within the connection.',
        resolve: (page) => page.pageInfo,
      }),
      asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
      stale: t.exposeBoolean('stale', { description: STALE }),
    }),
  });
}

/** Arguments of a connection, as resolvers receive them. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * Reads a page of rows that are numbered in their program, with these numbers as cursors.
 *
 * @throws UserError OUT_OF_RANGE, MALFORMED
 */
export async function programPageOf<View extends object>(
  program: Program,
  { first, after }: PageArguments,
  args: {
    readonly list: ListName;
    readonly read: (page: PageOf) => Promise<ProjectionPage<View>>;
    readonly numberOf: (view: View) => number;
  },
): Promise<ProjectionConnection<OfProgram<View>>> {
  const page = await args.read({ first: pageRows(first), after: numberCursor(args.list, after) });
  const rows = page.rows.map((view) => ({ ...view, program }));
  const { asOfBlock, stale, hasNextPage } = page;
  const positionOf = (row: View): string => String(args.numberOf(row));
  return { ...toPage(args.list, rows, positionOf, hasNextPage), asOfBlock, stale };
}

/**
 * Reads a page of rows of holders, of which several can have one number: cursors have both.
 *
 * @throws UserError OUT_OF_RANGE, MALFORMED
 */
export async function holderPageOf<View extends { readonly holder: Address }>(
  program: Program,
  { first, after }: PageArguments,
  args: {
    readonly list: ListName;
    readonly read: (page: HolderPage) => Promise<ProjectionPage<View>>;
    readonly numberOf: (view: View) => number;
  },
): Promise<ProjectionConnection<OfProgram<View>>> {
  const page = await args.read({ first: pageRows(first), after: holderCursor(args.list, after) });
  const rows = page.rows.map((view) => ({ ...view, program }));
  const positionOf = (row: View): string => `${args.numberOf(row)}.${row.holder}`;
  const { asOfBlock, stale, hasNextPage } = page;
  return { ...toPage(args.list, rows, positionOf, hasNextPage), asOfBlock, stale };
}

/** Reads the number in the global id of an object of a program; null for an id of another program. */
export function numberInProgram(program: Pick<Program, 'id'>, id: string): number | null {
  const [programId, number = ''] = id.split(':');
  return programId === program.id && /^\d{1,15}$/.test(number) ? Number(number) : null;
}
