import { useEffect } from 'react';
import { setServiceTime } from '../../../shared/clock/serviceClock.ts';
import type { Polled } from '../../../shared/polling/poller.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { useWrites } from '../../../shared/transactions/useWrite.ts';
import { HomeQuery, type HomeView } from './queries.ts';

/** What the home knows, with how old it is. Takes the time of the service from it, and follows what is under way. */
export function useHome(): Polled<HomeView> {
  const writes = useWrites();
  const { data, ...rest } = usePolled(HomeQuery);
  const viewer = data?.viewer ?? null;
  const now = viewer?.program.clock.now;
  const open = viewer?.member?.openTransactions;
  useEffect(() => {
    if (now !== undefined) setServiceTime(now);
  }, [now]);
  useEffect(() => {
    if (open !== undefined) writes.adopt(open);
  }, [open, writes]);
  return { data: viewer, ...rest };
}
