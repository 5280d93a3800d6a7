import { createContext, useContext, useSyncExternalStore } from 'react';
import type { OwnWrites } from './ownWrites.ts';

/** The writes of the page, with those of an own wallet. */
export const OwnWritesContext = createContext<OwnWrites | null>(null);

/** Returns them. */
export function useOwnWrites(): OwnWrites {
  const writes = useContext(OwnWritesContext);
  if (writes === null) throw new Error('there are no writes around this part');
  return writes;
}

/** Name of the write that the own wallet is to send and the member is shown; null for none. */
export function useShownWrite(): string | null {
  const writes = useOwnWrites();
  return useSyncExternalStore(writes.watch, writes.shown);
}
