import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type Client } from '../graphql/client.ts';
import type { PageState } from '../polling/poller.ts';
import { memoryStorage, type TabStorage } from '../storage/tabStorage.ts';
import { createIntents } from './intents.ts';
import type { SentStatus, SentTransaction } from './transactionState.ts';
import { createWrites, type WriteRequest, type Writes } from './writes.ts';

const MUTATION = 'mutation Tender' as unknown as WriteRequest<{
  idempotencyKey: string;
}>['document'];
const REQUEST = { name: 'roundTender:2', kind: 'roundTender', document: MUTATION, input: {} };

const sent = (status: SentStatus): SentTransaction => ({
  ...{ id: 'tx_1', kind: 'roundTender', status, hash: null, blockNumber: null, userErrors: [] },
});
const lost = (): ApiError => new ApiError('No answer came.', { code: 'OFFLINE' });

/** A service that does each key once, and may lose its answers. */
function service() {
  const done = new Map<string, SentTransaction>();
  const keys: string[] = [];
  let status: SentStatus = 'SENT';
  let failures: ApiError[] = [];
  let reaches = true;
  const client: Client = {
    ask: async (document, ...variables) => {
      await Promise.resolve();
      const [given] = variables as [{ input?: { idempotencyKey: string } }?];
      const key = given?.input?.idempotencyKey;
      if (key === undefined) return { transaction: { ...sent(status) } } as never;
      expect(document).toBe(MUTATION);
      keys.push(key);
      const failure = failures.shift();
      if (reaches || failure === undefined) done.set(key, sent(status));
      if (failure !== undefined) throw failure;
      return { payload: { transaction: sent(status), userErrors: [] } } as never;
    },
  };
  return {
    ...{ client, done, keys },
    turns: (next: SentStatus) => (status = next),
    fails: (all: ApiError[], doesReach = true) => {
      failures = all;
      reaches = doesReach;
    },
  };
}

let changed: () => void = () => undefined;
const page: PageState = {
  isHidden: () => false,
  isOnline: () => true,
  onChange: (call) => (changed = call),
};

const begin = (client: Client, storage: TabStorage, member = 'mei'): Writes => {
  const writes = createWrites({ client, page, onProgress: () => undefined });
  writes.begin(createIntents(storage, member));
  return writes;
};
const phase = (writes: Writes): string | undefined => writes.read(REQUEST.name)?.phase;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a write', () => {
  it('goes out once for any number of taps, and is done when it is in a block', async () => {
    const { client, keys, turns } = service();
    const writes = begin(client, memoryStorage());
    for (let tap = 0; tap < 3; tap += 1) writes.start(REQUEST);
    expect(phase(writes)).toBe('checking');
    await pass(0);
    expect(phase(writes)).toBe('sent');
    turns('MINED');
    await pass(2_000);
    expect(phase(writes)).toBe('done');
    expect(keys).toHaveLength(1);
  });

  it('that got no answer is sent again under the same key, and happens once', async () => {
    const { client, done, keys, fails } = service();
    const writes = begin(client, memoryStorage());
    fails([lost(), lost()]);
    writes.start(REQUEST);
    await pass(0);
    expect(phase(writes)).toBe('unknown');
    await pass(20_000);
    expect(phase(writes)).toBe('sent');
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
    expect(done.size).toBe(1);
  });

  it('is tried three times again by itself, then when the connection is back', async () => {
    const { client, keys, fails } = service();
    const writes = begin(client, memoryStorage());
    fails([lost(), lost(), lost(), lost()], false);
    writes.start(REQUEST);
    await pass(60_000);
    expect(writes.read(REQUEST.name)).toMatchObject({ phase: 'unknown', isGivenUp: true });
    expect(keys).toHaveLength(4);
    changed();
    await pass(0);
    expect(phase(writes)).toBe('sent');
    expect(new Set(keys).size).toBe(1);
  });

  it('goes on after a reload: under its key without an answer, by its transaction with one', async () => {
    const { client, done, keys, fails, turns } = service();
    const storage = memoryStorage();
    fails([lost()]);
    const first = begin(client, storage);
    first.start(REQUEST);
    await pass(0);
    expect(first.read(REQUEST.name)?.isResumed).toBe(false);
    vi.clearAllTimers();
    const reloaded = begin(client, storage);
    await pass(0);
    expect(reloaded.read(REQUEST.name)).toMatchObject({ phase: 'sent', isResumed: true });
    expect([new Set(keys).size, keys.length, done.size]).toEqual([1, 2, 1]);
    vi.clearAllTimers();
    turns('MINED');
    const again = begin(client, storage);
    await pass(0);
    expect(phase(again)).toBe('done');
    expect(keys).toHaveLength(2);
  });

  it('of a mutation without a key is sent without one, and again the same after a reload', async () => {
    const storage = memoryStorage();
    const inputs: unknown[] = [];
    const results = [{ code: null, field: null, message: null }];
    const client: Client = {
      ask: async (_document, ...variables) => {
        await Promise.resolve();
        inputs.push((variables as unknown as [{ input: unknown }])[0].input);
        if (inputs.length === 1) throw lost();
        return { payload: { results, userErrors: [] } } as never;
      },
    };
    const request = { ...REQUEST, input: { actions: [{ eventId: 'e1' }] }, isKeyless: true };
    begin(client, storage).start(request);
    await pass(0);
    vi.clearAllTimers();
    const reloaded = begin(client, storage);
    await pass(0);
    expect(phase(reloaded)).toBe('done');
    expect(inputs).toEqual([{ actions: [{ eventId: 'e1' }] }, { actions: [{ eventId: 'e1' }] }]);
  });

  it('of several things is refused when all of them were, with why, and done when one was done', async () => {
    const refused = { code: 'ALREADY_MATURED', field: 'actions[0].eventId', message: 'Too late.' };
    const good = { code: null, field: null, message: null };
    for (const [results, ends] of [
      [[refused], 'refused'],
      [[refused, good], 'done'],
    ] as const) {
      const client: Client = {
        ask: () => Promise.resolve({ payload: { results, userErrors: [] } } as never),
      };
      const writes = begin(client, memoryStorage());
      writes.start(REQUEST);
      await pass(0);
      expect(phase(writes)).toBe(ends);
      expect(writes.read(REQUEST.name)?.errors).toEqual(ends === 'refused' ? [refused] : []);
    }
  });

  it('of one member is never sent in the session of another', async () => {
    const { client, keys, fails } = service();
    const storage = memoryStorage();
    fails([lost()], false);
    const writes = begin(client, storage);
    writes.start(REQUEST);
    await pass(0);
    writes.begin(createIntents(storage, 'tom'));
    await pass(60_000);
    expect(keys).toHaveLength(1);
    expect(writes.read(REQUEST.name)).toBeNull();
  });

  it('that a block took in and the chain took back says so', async () => {
    const { client, turns } = service();
    const writes = begin(client, memoryStorage());
    turns('MINED');
    writes.start(REQUEST);
    await pass(0);
    expect(phase(writes)).toBe('done');
    turns('SENT');
    await pass(15_000);
    expect(writes.read(REQUEST.name)).toMatchObject({ phase: 'sent', steppedBack: true });
  });

  it('waits as long as the service asks, and says what it waits for', async () => {
    const { client, fails } = service();
    const writes = begin(client, memoryStorage());
    fails([new ApiError('Busy.', { code: 'BUSY', retryAfterMs: 3_000 })], false);
    writes.start(REQUEST);
    await pass(0);
    expect(writes.read(REQUEST.name)).toMatchObject({ phase: 'waiting' });
    await pass(3_000);
    expect(phase(writes)).toBe('sent');
  });

  it('that was refused or had no effect is over: the next one has a key of its own', async () => {
    const { client, keys, turns, fails } = service();
    const storage = memoryStorage();
    const writes = begin(client, storage);
    fails([new ApiError('Used up.', { code: 'QUOTA_USED_UP', retryAfterMs: 9_000 })], false);
    writes.start(REQUEST);
    await pass(0);
    expect(phase(writes)).toBe('refused');
    turns('REVERTED');
    writes.start(REQUEST);
    await pass(0);
    expect(phase(writes)).toBe('failed');
    writes.start(REQUEST);
    await pass(0);
    expect(new Set(keys).size).toBe(3);
    expect(storage.names('')).toEqual([]);
  });

  it('that another page began is followed to its end', async () => {
    const { client, turns } = service();
    const writes = begin(client, memoryStorage());
    writes.adopt([sent('SENT')]);
    expect(writes.all()).toHaveLength(1);
    writes.adopt([sent('SENT')]);
    expect(writes.all()).toHaveLength(1);
    turns('MINED');
    await pass(2_000);
    expect(writes.all()[0]?.phase).toBe('done');
  });
});
