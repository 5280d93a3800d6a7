import type { JSX, ReactNode } from 'react';
import { PollerContext } from '../../shared/polling/usePolled.ts';
import { WritesContext } from '../../shared/transactions/useWrite.ts';
import type { ConsoleApi } from './api.ts';

/** Has all below ask and write by one way to the API: `usePolled`, `useWrite` and `useWrites` then are of it. */
export function AskingAs({
  api: { poller, writes },
  children,
}: {
  readonly api: ConsoleApi;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <PollerContext.Provider value={poller}>
      <WritesContext.Provider value={writes}>{children}</WritesContext.Provider>
    </PollerContext.Provider>
  );
}
