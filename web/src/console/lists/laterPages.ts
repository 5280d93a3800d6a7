/** A page of a list, as every connection of the API has it. */
export interface RowsPage<Row> {
  readonly edges: readonly { readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Pages after the first. */
export interface LaterPages<Row> {
  /** Of which list: another filter is another list. */
  readonly of: string;
  /** End of the first page when they were asked for. */
  readonly after: string | null;
  readonly pages: readonly RowsPage<Row>[];
}

/** Whether the first page has changed since: where it ends now, other rows follow. */
export const isBehind = <Row>(later: LaterPages<Row>, first: RowsPage<Row>): boolean =>
  later.pages.length > 0 && later.after !== first.pageInfo.endCursor;

/** Asks for pages after one, until there are as many as wanted or the list ends. */
export async function askPages<Row>(
  askPage: (after: string | null) => Promise<RowsPage<Row> | null>,
  { pageInfo }: RowsPage<Row>,
  count: number,
): Promise<readonly RowsPage<Row>[]> {
  const pages: RowsPage<Row>[] = [];
  for (let last = pageInfo; pages.length < count && last.hasNextPage;) {
    const page = await askPage(last.endCursor);
    if (page === null) break;
    pages.push(page);
    last = page.pageInfo;
  }
  return pages;
}

/** What tells a row of the API from others; null for what has no name of its own. */
function rowKey(row: unknown): string | null {
  const { id, memberId, eventId, number, seq } = row as Readonly<Record<string, unknown>>;
  const name = id ?? (eventId === undefined ? (number ?? seq) : [memberId, eventId]);
  return name == null ? null : JSON.stringify(name);
}

/** All rows, each once: while the first page has moved on and later ones have not, some are in both. */
export function rowsOf<Row>(pages: readonly RowsPage<Row>[]): readonly Row[] {
  const known = new Set<string>();
  return pages
    .flatMap(({ edges }) => edges.map(({ node }) => node))
    .filter((row) => {
      const key = rowKey(row);
      if (key === null) return true;
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    });
}
