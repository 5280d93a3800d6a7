import type { Request, RequestHandler } from 'express';
import { execute, isEnumType, parse, validate, type DocumentNode } from 'graphql';
import { UserError } from '../../domain/errors.ts';
import { noKey, createContext, type ServiceDirectory } from '../../graphql/core/context.ts';
import { schema } from '../../graphql/schema.ts';
import type { CallerOf } from '../core/findCaller.ts';
import { sendCsv, type Cell } from './csv.ts';
import { LISTS, type ListFile } from './lists.ts';

const ROWS_PER_PAGE = 100;

interface ConnectionPage {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Tree {
  readonly [field: string]: Tree;
}

/** The fields to select for paths: `item.number` and `item.text` are `item { number text }`. */
function selectionOf(paths: readonly string[]): string {
  const tree: Record<string, Tree> = {};
  for (const path of paths) {
    let at = tree;
    for (const field of path.split('.')) at = at[field] ??= {};
  }
  const show = (fields: Tree): string =>
    Object.entries(fields)
      .map(([field, under]) =>
        Object.keys(under).length > 0 ? `${field} { ${show(under)} }` : field,
      )
      .join(' ');
  return show(tree);
}

/** The query for one page of a list. @throws Error for one that the schema does not have, when the service starts */
function queryOf({ connection, filters, columns }: ListFile): DocumentNode {
  const names = Object.entries(filters);
  const variables = ['$after: String', ...names.map(([name, type]) => `$${name}: ${type}`)];
  const given = ['after: $after', ...names.map(([name]) => `${name}: $${name}`)];
  const document = parse(`query (${variables.join(', ')}) {
    program { list: ${connection}(first: ${ROWS_PER_PAGE}, ${given.join(', ')}) {
      edges { node { ${selectionOf(columns)} } }
      pageInfo { hasNextPage endCursor }
    } }
  }`);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  return document;
}

function cellAt(row: unknown, path: string): Cell {
  let value = row;
  for (const field of path.split('.')) {
    if (value === null || value === undefined) return null;
    value = (value as Readonly<Record<string, unknown>>)[field];
  }
  return value as Cell;
}

/** Says what is wrong with a filter; null for nothing. */
function wrongWith(name: string, value: unknown, { filters }: ListFile): string | null {
  const type = schema.getType(filters[name] ?? '');
  if (type === undefined || typeof value !== 'string') {
    const known = Object.keys(filters);
    return `one of the filters of this list, once; it has ${known.length === 0 ? 'none' : known.join(', ')}`;
  }
  if (!isEnumType(type) || type.getValue(value) !== undefined) return null;
  const values = type.getValues().map((known) => known.name);
  return `one of ${values.join(', ')}`;
}

/** Reads the filters of a request. @throws UserError MALFORMED for one that the list does not have, or that is given twice */
function filtersOf({ query }: Request, list: ListFile): Record<string, string> {
  for (const [name, value] of Object.entries(query)) {
    const wrong = wrongWith(name, value, list);
    if (wrong === null) continue;
    throw new UserError({
      code: 'MALFORMED',
      field: name,
      message: `${name} must be ${wrong}.`,
    });
  }
  return query as Record<string, string>;
}

/**
 * Creates the files of the lists of a program: each row that the connection of the API has for the same caller and the same filters, in
 * its order, without an end.
 */
export function createListCsv(services: ServiceDirectory, callerOf: CallerOf): RequestHandler {
  const queries = new Map(
    Object.entries(LISTS).map(([name, list]) => [
      `${name}.csv`,
      { name, list, query: queryOf(list) },
    ]),
  );

  return async (request, response, next) => {
    const asked = queries.get(String(request.params['list']));
    if (asked === undefined) {
      next();
      return;
    }
    const { name, list, query } = asked;
    const caller = callerOf.get(request) ?? null;
    if (caller === null) throw noKey();
    const filters = { ...list.defaults, ...filtersOf(request, list) };
    // Where no program is named, it says so.
    const { program } = createContext(services, caller);

    const read = async (after: string | null): Promise<ConnectionPage> => {
      const { data, errors } = await execute({
        ...{ schema, document: query },
        // Each page is a request of its own: the bytes of texts are counted by context.
        contextValue: createContext(services, caller),
        variableValues: { ...filters, after },
      });
      const [error] = errors ?? [];
      if (error === undefined) {
        return (data as unknown as { program: { list: ConnectionPage } }).program.list;
      }
      throw error.originalError ?? error;
    };
    // Read before anything is sent: what is refused is refused with its code.
    const first = await read(null);
    async function* rows(): AsyncIterable<Cell[]> {
      for (let page = first; ;) {
        for (const { node } of page.edges) yield list.columns.map((path) => cellAt(node, path));
        const { hasNextPage, endCursor } = page.pageInfo;
        if (!hasNextPage) return;
        page = await read(endCursor);
      }
    }
    await sendCsv(response, `${name}-${program.id}`, list.columns, rows());
  };
}
