import { beforeEach, describe, expect, it } from 'vitest';
import { askPages, isBehind, rowsOf, type LaterPages, type RowsPage } from './laterPages.ts';

interface Row {
  readonly number: number;
}

const SIZE = 3;
/** Numbers of the rows that the service has, in its order. */
let list: number[];

const page = (after: string | null): RowsPage<Row> => {
  const start = after === null ? 0 : list.indexOf(Number(after)) + 1;
  const part = list.slice(start, start + SIZE);
  return {
    edges: part.map((number) => ({ node: { number } })),
    pageInfo: { hasNextPage: start + SIZE < list.length, endCursor: `${part.at(-1)}` },
  };
};
const ask = (after: string | null): Promise<RowsPage<Row>> => Promise.resolve(page(after));
const numbers = (pages: readonly RowsPage<Row>[]): number[] =>
  rowsOf(pages).map(({ number }) => number);

beforeEach(() => {
  list = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
});

describe('pages of a list after its first', () => {
  it('are asked for again where the first page ends now', async () => {
    const first = page(null);
    const pages = await askPages(ask, first, 2);
    expect(numbers([first, ...pages])).toEqual(list.slice(0, 9));
    const later: LaterPages<Row> = { of: '', after: first.pageInfo.endCursor, pages };
    expect(isBehind(later, page(null))).toBe(false);

    list = [12, 11, ...list];
    const newer = page(null);
    expect(isBehind(later, newer)).toBe(true);
    // Of the old pages alone, rows 9 and 8 would be lost.
    expect(numbers([newer, ...later.pages])).not.toContain(9);
    expect(numbers([newer, ...(await askPages(ask, newer, 2))])).toEqual(list.slice(0, 9));
  });

  it('have no row of the first page, as when rows before it went away', async () => {
    const first = page(null);
    const pages = await askPages(ask, first, 1);
    list = list.filter((number) => number !== 9);
    expect(numbers([page(null), ...pages])).toEqual([10, 8, 7, 6, 5]);
  });

  it('end where the list ends', async () => {
    list = list.slice(0, 4);
    const pages = await askPages(ask, page(null), 5);
    expect(numbers(pages)).toEqual([7]);
    list = list.slice(0, 3);
    expect(await askPages(ask, page(null), 5)).toEqual([]);
  });
});

it('tells rows apart by what the API names them by, and keeps those without a name', () => {
  const of = (...nodes: object[]): RowsPage<object> => ({
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: false, endCursor: null },
  });
  const actions = [
    { memberId: 'lin', eventId: 'a' },
    { memberId: 'wei', eventId: 'a' },
  ];
  expect(rowsOf([of(...actions), of(...actions)])).toEqual(actions);
  expect(rowsOf([of({ id: 'x', number: 1 }), of({ id: 'y', number: 1 })])).toHaveLength(2);
  expect(rowsOf([of({ seq: 1 }), of({ seq: 1 })])).toHaveLength(1);
  expect(rowsOf([of({ kind: 'DROP' }, { kind: 'DROP' })])).toHaveLength(2);
});
