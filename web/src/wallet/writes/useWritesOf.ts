import { usePoller } from '../../shared/polling/usePolled.ts';
import { isFinal, type WriteState } from '../../shared/transactions/transactionState.ts';
import { useAllWrites, useWrites } from '../../shared/transactions/useWrite.ts';
import type { WriteRequest } from '../../shared/transactions/writes.ts';

/** Writes of some kinds: what is under way, and how to begin one. */
export interface WritesOf {
  /** Oldest first, with those that another page of the member began. */
  readonly all: readonly WriteState[];
  /** Whether one is not final: until then no other of these kinds should begin. */
  readonly isBusy: boolean;
  /** Begins one in the place of what is final, and has numbers asked more often. */
  start<Input>(request: WriteRequest<Input>): void;
}

/** @param belongs tells the writes that a part of the page is about, such as those of one round */
export function useWritesOf(belongs: (write: WriteState) => boolean): WritesOf {
  const writes = useWrites();
  const poller = usePoller();
  const all = useAllWrites().filter(belongs);
  return {
    all,
    isBusy: all.some((write) => !isFinal(write)),
    start: (request) => {
      for (const { name } of all) writes.dismiss(name);
      writes.start(request);
      poller.quicken();
    },
  };
}
