import { DewpointError } from './errors.ts';

/** What collects items for up to 50 ms and sends them together. */
export interface Batches<Item, Result> {
  /** Adds an item. @returns its own result, once the batch that it is in was answered */
  add(item: Item): Promise<Result>;
  /** Sends at once what waits, and waits until all of it was answered or has failed. */
  flush(): Promise<void>;
  /** Takes nothing any more, and does what `flush` does. */
  close(): Promise<void>;
}

const WAIT_MS = 50;
/** Limits of the API: 500 items and 1,000,000 bytes a call. */
const MAX_ITEMS = 500;
const MAX_BYTES = 900_000;
const MAX_IN_FLIGHT = 4;
const MAX_WAITING = 50_000;

interface Waiting<Result> {
  /** As it is sent, whatever becomes of the caller's object. */
  readonly json: string;
  readonly bytes: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const encoder = new TextEncoder();

/** @param sendAll sends items, each as JSON, and gives one result for each in their order */
export function createBatches<Item, Result>(
  sendAll: (items: readonly string[]) => Promise<readonly Result[]>,
): Batches<Item, Result> {
  const waiting: Waiting<Result>[] = [];
  const inFlight = new Set<Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what waits has waited long enough, and goes as soon as there is a free place. */
  let isDue = false;
  let isClosed = false;

  /** As many from the front as one call may hold. */
  const takeBatch = (): Waiting<Result>[] => {
    let bytes = 0;
    let count = 0;
    for (const item of waiting.slice(0, MAX_ITEMS)) {
      bytes += item.bytes + 1;
      if (count > 0 && bytes > MAX_BYTES) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };

  const sendBatch = async (batch: readonly Waiting<Result>[]): Promise<void> => {
    try {
      const results = await sendAll(batch.map(({ json }) => json));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result !== undefined) resolve(result);
        else reject(new DewpointError('The answer has no result for it.', { code: 'NO_ANSWER' }));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const pump = (): void => {
    while (inFlight.size < MAX_IN_FLIGHT && waiting.length >= (isDue ? 1 : MAX_ITEMS)) {
      const sent: Promise<void> = sendBatch(takeBatch()).finally(() => {
        inFlight.delete(sent);
        pump();
      });
      inFlight.add(sent);
    }
    if (waiting.length > 0) return;
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  };

  const sendNow = (): void => {
    isDue = true;
    pump();
  };

  const flush = async (): Promise<void> => {
    sendNow();
    while (inFlight.size > 0) await Promise.all(inFlight);
  };

  return {
    add: (item) => {
      if (isClosed) {
        return Promise.reject(new DewpointError('The client is closed.', { code: 'CLOSED' }));
      }
      if (waiting.length >= MAX_WAITING) {
        const message = `${MAX_WAITING} wait already: wait for their results first.`;
        return Promise.reject(
          new DewpointError(message, { code: 'TOO_MANY_WAITING', isRetryable: true }),
        );
      }
      const json = JSON.stringify(item);
      const { byteLength: bytes } = encoder.encode(json);
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ json, bytes, resolve, reject });
        pump();
        if (waiting.length > 0) timer ??= setTimeout(sendNow, WAIT_MS);
      });
    },
    flush,
    close: async () => {
      isClosed = true;
      await flush();
    },
  };
}
