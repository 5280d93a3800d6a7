/** Places for requests that are under way. */
export interface Air {
  /** Takes a place, in the order of asking, once there is one. */
  take(): Promise<void>;
  /** Takes a place besides those that an endpoint has anyway, while fewer than half are taken; false for none. */
  takeMore(): boolean;
  give(): void;
  /** Places that are taken. */
  taken(): number;
}

/**
 * Creates places. Half of them are never given to those who ask for more than their due: an endpoint that was quick and then hangs
 * leaves room for all others.
 */
export function createAir(places: number): Air {
  const queue: (() => void)[] = [];
  let taken = 0;
  return {
    take: () => {
      if (taken < places) {
        taken += 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => queue.push(resolve));
    },
    takeMore: () => {
      if (queue.length > 0 || taken >= places / 2) return false;
      taken += 1;
      return true;
    },
    give: () => {
      const next = queue.shift();
      if (next === undefined) taken -= 1;
      else next();
    },
    taken: () => taken,
  };
}
