import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef, useState } from 'react';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import type { Polled } from '../../shared/polling/poller.ts';
import { askPages, isBehind, rowsOf, type LaterPages, type RowsPage } from './laterPages.ts';

/** A long list: its first page is asked for again and again, later ones on request and when the first has changed. */
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
  const [kept, setKept] = useState<LaterPages<Row>>({ of: list, after: null, pages: [] });
  /** How the last question for more went, of which list: it says nothing of another one. */
  const [more, setMore] = useState<{ of: string; error: ApiError | null } | null>(null);
  const isOfList = more?.of === list;
  const moreError = isOfList ? more.error : null;
  const isLoadingMore = isOfList && more.error === null;
  const shown = useRef(list);
  useEffect(() => {
    shown.current = list;
  }, [list]);
  const start = first.data === null ? null : (pick(first.data) ?? null);
  const later = kept.of === list ? kept : { of: list, after: null, pages: [] };
  const isMore = start?.pageInfo.hasNextPage === true;
  const pages = [...(start === null ? [] : [start]), ...(isMore ? later.pages : [])];
  const end = pages.at(-1);
  const isOld = start !== null && isBehind(later, start);
  /** Asks for one more page, or for as many as there are again. */
  const ask = async (more: 0 | 1): Promise<void> => {
    if (isLoadingMore || start === null || end === undefined) return;
    const askPage = async (after: string | null): Promise<RowsPage<Row> | null> => {
      const given = { ...variables, after } as unknown as Variables;
      const answer = await (
        client.ask as (asked: typeof document, given: Variables) => Promise<Result>
      )(document, given);
      return pick(answer) ?? null;
    };
    let failure: ApiError | null = null;
    setMore({ of: list, error: null });
    try {
      const known = isOld ? [] : later.pages;
      const [from, count] = isOld ? [start, later.pages.length + more] : [end, more];
      const next = await askPages(askPage, from, count);
      if (shown.current !== list) return;
      setKept({ of: list, after: start.pageInfo.endCursor, pages: [...known, ...next] });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (shown.current === list) failure = error;
    } finally {
      // Also when another list is shown by then: this one may be shown again.
      const ended = failure === null ? null : { of: list, error: failure };
      setMore((now) => (now?.of === list ? ended : now));
    }
  };
  const again = useRef(ask);
  useEffect(() => {
    again.current = ask;
  });
  const after = start?.pageInfo.endCursor ?? null;
  const tried = useRef<string | null>(null);
  useEffect(() => {
    // Once for each end of the first page: what fails is said, with a way to ask again.
    if (!isOld || isLoadingMore || tried.current === after) return;
    tried.current = after;
    void again.current(0);
  }, [isOld, isLoadingMore, after]);
  return {
    rows: rowsOf(pages),
    hasMore: end?.pageInfo.hasNextPage === true,
    ...{ isLoadingMore, moreError, first },
    showMore: () => void ask(1),
  };
}
