import { isFinal, type WriteState } from '../../shared/transactions/transactionState.ts';

/** Tells a part of a page which ends of its writes are news to it. */
export interface DoneNews {
  /** Waits for the end of a write, which this part of the page began. */
  expect(write: WriteState | null): void;
  /** Looks at a write; true, once, when it was done and this part waited for it. */
  isNews(write: WriteState | null): boolean;
}

/** Keys of writes that began before the page was loaded again, and whose end was told: by the writes of a page. */
const toldAfterReload = new WeakMap<object, Set<string>>();

function toldOf(writes: object): Set<string> {
  const known = toldAfterReload.get(writes);
  if (known !== undefined) return known;
  const told = new Set<string>();
  toldAfterReload.set(writes, told);
  return told;
}

/**
 * A part that appears after a write was done did not wait for it. Only a write that began before the page was loaded again may end
 * before its part is there: its end is told once.
 *
 * @param writes of the page
 */
export function createDoneNews(writes: object): DoneNews {
  const [awaited, told] = [new Set<string>(), new Set<string>()];
  const expect = (write: WriteState | null): void => {
    if (write?.idempotencyKey != null) awaited.add(write.idempotencyKey);
  };
  return {
    expect,
    isNews: (write) => {
      const key = write?.idempotencyKey ?? null;
      if (write === null || key === null) return false;
      if (!isFinal(write)) expect(write);
      if (write.phase !== 'done' || told.has(key)) return false;
      if (!awaited.has(key) && (!write.isResumed || toldOf(writes).has(key))) return false;
      told.add(key);
      toldOf(writes).add(key);
      return true;
    },
  };
}
