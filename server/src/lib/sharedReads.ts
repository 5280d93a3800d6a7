/** Reads that callers share: at most one is under way. */
export interface SharedReads<T> {
  /** The read that is under way, or a new one. */
  current(): Promise<T>;
  /** A read that begins after this call, shared with who else comes before it begins. */
  next(): Promise<T>;
}

/** Shares reads among callers. */
export function shareReads<T>(read: () => Promise<T>): SharedReads<T> {
  let current: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  const begin = (): Promise<T> => {
    next = null;
    const reading = read().finally(() => {
      current = null;
    });
    current = reading;
    return reading;
  };
  return {
    current: () => current ?? begin(),
    next: () => {
      if (current === null) return begin();
      next ??= current.then(begin, begin);
      return next;
    },
  };
}
