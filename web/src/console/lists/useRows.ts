import type { TadaDocumentNode } from 'gql.tada';
import { useState } from 'react';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import type { Polled } from '../../shared/polling/poller.ts';

/** A page of a list, as every connection of the API has it. */
export interface RowsPage<Row> {
  readonly edges: readonly { readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A long list: its first page is asked for again and again, later ones when they are asked for. */
export interface Rows<Row, Result> {
  /** In the order of the API, which alone sorts and filters. */
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Why the last page that was asked for did not come. */
  readonly moreError: ApiError | null;
  showMore(): void;
  /** For `<Asked of={...}>`. */
  readonly first: Polled<Result>;
}

/** Pages after the first, and of which list: another filter is another list. */
interface Later<Row> {
  readonly of: string;
  readonly pages: readonly RowsPage<Row>[];
}

/**
 * Reads a list page by page.
 *
 * @param ask.document has the variable `$after: String`
 * @param ask.client of the same scope as the poller around this part
 * @param ask.pick takes the connection from an answer
 */
export function useRows<Row, Result, Variables extends { after?: string | null }>({
  document,
  variables,
  client,
  pick,
}: {
  readonly document: TadaDocumentNode<Result, Variables>;
  readonly variables: Omit<Variables, 'after'>;
  readonly client: Client;
  readonly pick: (result: Result) => RowsPage<Row> | null | undefined;
}): Rows<Row, Result> {
  const polled = usePolled as (asked: typeof document, given: unknown) => Polled<Result>;
  const first = polled(document, { ...variables, after: null });
  const list = JSON.stringify(variables);
  const [later, setLater] = useState<Later<Row>>({ of: list, pages: [] });
  const [moreError, setMoreError] = useState<ApiError | null>(null);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const start = first.data === null ? null : (pick(first.data) ?? null);
  const pages = [...(start === null ? [] : [start]), ...(later.of === list ? later.pages : [])];
  const end = pages.at(-1)?.pageInfo;
  const ask = async (): Promise<void> => {
    if (isLoadingMore || end === undefined) return;
    setLoadingMore(true);
    setMoreError(null);
    try {
      const given = { ...variables, after: end.endCursor } as unknown as Variables;
      const answer = await (
        client.ask as (asked: typeof document, given: Variables) => Promise<Result>
      )(document, given);
      const page = pick(answer);
      if (page != null) {
        setLater((known) => ({
          of: list,
          pages: [...(known.of === list ? known.pages : []), page],
        }));
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setMoreError(error);
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    rows: pages.flatMap(({ edges }) => edges.map(({ node }) => node)),
    hasMore: end?.hasNextPage === true,
    ...{ isLoadingMore, moreError, first },
    showMore: () => void ask(),
  };
}
