import { useSyncExternalStore } from 'react';
import { useSignedIn } from './workplace.ts';

/** The write by which a person leaves an organisation, and its mutation. */
export const LEAVE = 'teamLeave';

/** Tells whether the person left an organisation in this page, or in the one before it was loaded again. */
export function useHasLeft(): boolean {
  const { writes } = useSignedIn().api;
  return useSyncExternalStore(writes.watch, () => writes.read(LEAVE)?.phase === 'done');
}
