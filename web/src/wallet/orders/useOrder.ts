import { useEffect, useState } from 'react';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import type { Polled } from '../../shared/polling/poller.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { useWallet } from '../shell/wallet.ts';
import { OrdersQuery, type FullOrder, type OrdersView } from './queries.ts';

/** What is known of one order. */
export interface FoundOrder {
  readonly isStale: boolean;
  /** Null when the member has no order with this number. */
  readonly order: FullOrder | null;
}

/** Orders come newest first: an old one is many pages away, and this many at most. */
const MOST_PAGES = 100;

const findIn = ({ member }: OrdersView, number: number): FullOrder | null =>
  member?.orders.edges.find(({ node }) => node.number === number)?.node ?? null;

/** Looks for an order on the pages after the first one. */
async function findOlder(
  client: Client,
  first: OrdersView,
  number: number,
): Promise<FullOrder | null> {
  let end = first.member?.orders.pageInfo;
  for (let page = 1; page < MOST_PAGES && end?.hasNextPage === true; page += 1) {
    const variables: { after: string | null } = { after: end.endCursor };
    const { viewer }: ResultOf<typeof OrdersQuery> = await client.ask(OrdersQuery, variables);
    const found = findIn(viewer, number);
    if (found !== null) return found;
    end = viewer.member?.orders.pageInfo;
  }
  return null;
}

/** Finds an order of the member. One of the newest is asked for again and again; an older one is closed, and changes no more. */
export function useOrder(number: number): Polled<FoundOrder> {
  const { client } = useWallet();
  const { data, error, ...rest } = usePolled(OrdersQuery, { after: null });
  const viewer = data?.viewer ?? null;
  const newest = viewer === null ? null : findIn(viewer, number);
  const [older, setOlder] = useState<FullOrder | null | undefined>(undefined);
  const [failure, setFailure] = useState<ApiError | null>(null);
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  const mustLook = viewer !== null && newest === null && older === undefined;
  useEffect(() => {
    if (!mustLook || viewer === null) return;
    findOlder(client, viewer, number).then(
      (found) => setOlder(found),
      (failed: unknown) => {
        if (!(failed instanceof ApiError)) throw failed;
        setFailure(failed);
      },
    );
    // The first page that is known will do: what comes anew goes in above.
  }, [client, mustLook, number]);
  const isKnown = newest !== null || older !== undefined;
  const order = newest ?? older ?? null;
  const isStale = viewer?.member?.balance.stale ?? false;
  return {
    ...rest,
    error: error ?? failure,
    data: viewer !== null && isKnown ? { order, isStale } : null,
  };
}
