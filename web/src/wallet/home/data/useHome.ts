import { useEffect } from 'react';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import type { Polled } from '../../../shared/polling/poller.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { useWrites } from '../../../shared/transactions/useWrite.ts';
import { HomeQuery, type HomeView } from './queries.ts';

/** What the home knows, with how old it is. Takes the time of the service from it, and follows what is under way. */
export function useHome(): Polled<HomeView> {
  const writes = useWrites();
  const { data, ...rest } = usePolled(HomeQuery);
  const viewer = data?.viewer ?? null;
  const open = viewer?.member?.openTransactions;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  useEffect(() => {
    if (open !== undefined) writes.adopt(open);
  }, [open, writes]);
  return { data: viewer, ...rest };
}
