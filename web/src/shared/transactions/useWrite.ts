import { createContext, useContext, useSyncExternalStore } from 'react';
import type { WriteState } from './transactionState.ts';
import type { Writes } from './writes.ts';

/** The writes of the page. */
export const WritesContext = createContext<Writes | null>(null);

/** Returns the writes of the page. */
export function useWrites(): Writes {
  const writes = useContext(WritesContext);
  if (writes === null) throw new Error('there are no writes around this part');
  return writes;
}

/** Tells how far the write with a name is; null for none. */
export function useWrite(name: string): WriteState | null {
  const writes = useWrites();
  return useSyncExternalStore(writes.watch, () => writes.read(name));
}

/** All writes of the page, oldest first. */
export function useAllWrites(): readonly WriteState[] {
  const writes = useWrites();
  return useSyncExternalStore(writes.watch, writes.all);
}
