import { shareReads, type SharedReads } from './sharedReads.ts';

/**
 * Shares work among callers that ask for the same at the same time. What a caller is answered was begun after it asked:
 * who comes while the work is under way waits for the next one, which all of them share.
 */
export function createNextFlight<Key, T>(work: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  interface Flights {
    readonly reads: SharedReads<T>;
    waiting: number;
  }
  const flights = new Map<Key, Flights>();

  return async (key) => {
    const flight = flights.get(key) ?? { reads: shareReads(() => work(key)), waiting: 0 };
    flights.set(key, flight);
    flight.waiting += 1;
    try {
      return await flight.reads.next();
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) flights.delete(key);
    }
  };
}
