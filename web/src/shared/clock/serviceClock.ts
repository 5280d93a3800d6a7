/**
 * The time of the service, which decides what is open and what is over. It is taken from answers and carried on by
 * the page's own stopwatch: the clock of a phone is often wrong.
 */
let known: { readonly serviceMs: number; readonly stopwatchMs: number } | null = null;

/** What is drawn by the time, and is drawn anew when it is another one than was thought. */
const watchers = new Set<() => void>();
const JUMP_MS = 1_000;

/** Takes the time from an answer, unless a newer one gave it. @param iso `clock.now` of the API @param loadedAt moment of the answer by `performance.now()` */
export function setServiceTime(iso: string, loadedAt: number): void {
  if (known !== null && loadedAt < known.stopwatchMs) return;
  const before = serviceNowMs();
  known = { serviceMs: Date.parse(iso), stopwatchMs: loadedAt };
  if (Math.abs(serviceNowMs() - before) > JUMP_MS) for (const changed of watchers) changed();
}

/** Is told when the time jumps, as when the first answer has it. */
export function watchServiceTime(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Returns the time of the service in milliseconds; that of the device until an answer came. */
export function serviceNowMs(): number {
  return known === null ? Date.now() : known.serviceMs + performance.now() - known.stopwatchMs;
}

/** Returns the time of the service at a moment of the stopwatch, as `performance.now()` gives it. */
export function serviceTimeAt(stopwatchMs: number): number {
  return serviceNowMs() - performance.now() + stopwatchMs;
}
