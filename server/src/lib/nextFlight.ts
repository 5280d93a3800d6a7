/**
 * Shares work among callers that ask for the same at the same time. What a caller is answered was begun after it asked: who comes while the
 * work is under way waits for the next one, which all of them share.
 */
export function createNextFlight<Key, T>(work: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  interface Flights {
    readonly current: Promise<unknown>;
    next: Promise<T> | null;
  }
  const flights = new Map<Key, Flights>();

  const begin = (key: Key): Promise<T> => {
    const answer = work(key);
    const flight: Flights = { current: answer, next: null };
    flights.set(key, flight);
    const land = (): void => {
      if (flights.get(key) === flight && flight.next === null) flights.delete(key);
    };
    answer.then(land, land);
    return answer;
  };

  return (key) => {
    const flight = flights.get(key);
    if (flight === undefined) return begin(key);
    flight.next ??= flight.current.then(
      () => begin(key),
      () => begin(key),
    );
    return flight.next;
  };
}
