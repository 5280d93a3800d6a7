import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import type { PageState } from '../../shared/polling/poller.ts';
import { memoryStorage, type TabStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
import { createWrites, type WriteRequest } from '../../shared/transactions/writes.ts';
import { createOwnWrites, type OwnWrites } from './ownWrites.ts';
import type { SentCall } from '../browserWallets/sentCall.ts';

interface Input {
  readonly amount: string;
  readonly ownWallet?: string;
  readonly idempotencyKey: string;
}
const document = 'mutation Tender' as unknown as WriteRequest<Input>['document'];
const NAME = 'roundTender:2';
const OWN = { ownWallet: `0x${'ab'.repeat(20)}` };
const REQUEST = { name: NAME, kind: 'roundTender', document, input: { amount: '5', ...OWN } };
const CALL = { to: `0x${'b1'.repeat(20)}`, data: '0x1234', chainId: 31_337 };
const HASH = `0x${'07'.repeat(32)}`;

let asked: Input[];
let answer: () => object;
let sent: SentCall;
let storage: TabStorage;

const client: Client = {
  ask: async (_document, ...variables) => {
    await Promise.resolve();
    const [{ input }] = variables as unknown as [{ input: Input }];
    asked.push(input);
    return { payload: answer() } as never;
  },
};
const page: PageState = { isHidden: () => false, isOnline: () => true, onChange: () => undefined };

/** A page of the tab; the next one is the same tab, loaded again. */
function loaded(place: 'page' | 'frame' = 'page', member = 'mei'): OwnWrites {
  const onProgress = (): void => undefined;
  const writes = createOwnWrites({
    ...{ client, place, onProgress, findSent: () => Promise.resolve(sent) },
    writes: createWrites({ client, page, onProgress }),
  });
  writes.begin(createIntents(storage, member));
  return writes;
}
const phase = (writes: OwnWrites): string | undefined => writes.read(NAME)?.phase;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
async function readyToSign(): Promise<OwnWrites> {
  const writes = loaded();
  writes.start(REQUEST);
  await pass(0);
  return writes;
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = () => ({ call: CALL, transaction: null, userErrors: [] });
  sent = { status: 'SENT', blockNumber: null };
  storage = memoryStorage();
});
afterEach(() => void vi.useRealTimers());

describe('a write of an own wallet', () => {
  it('asks the service for the call, and nobody to send it', async () => {
    const writes = await readyToSign();
    expect(phase(writes)).toBe('toSign');
    expect(writes.shown()).toBe(NAME);
    expect(writes.toSign(NAME)).toMatchObject({ kind: 'roundTender', call: CALL, input: OWN });
    for (let tap = 0; tap < 3; tap += 1) writes.start(REQUEST);
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });

  it('is sent when the wallet says so, and done when the service has read it', async () => {
    const writes = await readyToSign();
    expect(writes.asked(NAME)).toBe(true);
    writes.signed(NAME, HASH);
    expect(phase(writes)).toBe('sent');
    expect(writes.read(NAME)?.transaction?.hash).toBe(HASH);
    await pass(4_000);
    expect(phase(writes)).toBe('sent');
    sent = { status: 'MINED', blockNumber: 9 };
    await pass(2_000);
    expect(phase(writes)).toBe('done');
    expect(writes.read(NAME)?.transaction?.blockNumber).toBe(9);
    expect(phase(loaded())).toBeUndefined();
  });

  it('says that it had no effect when the chain refused it', async () => {
    const writes = await readyToSign();
    writes.asked(NAME);
    sent = { status: 'REVERTED', blockNumber: 9 };
    writes.signed(NAME, HASH);
    await pass(0);
    expect(phase(writes)).toBe('failed');
  });

  it('is as before when the person says no, and can be asked again', async () => {
    const writes = await readyToSign();
    writes.asked(NAME);
    writes.rejected(NAME);
    expect(phase(writes)).toBe('toSign');
    expect(writes.asked(NAME)).toBe(true);
    writes.rejected(NAME);
    expect(phase(loaded())).toBeUndefined();
  });

  it('is not asked for when the member closed it', async () => {
    const writes = await readyToSign();
    writes.close(NAME);
    expect(writes.asked(NAME)).toBe(false);
    expect([phase(writes), writes.shown()]).toEqual([undefined, null]);
  });

  it('is in doubt when it is closed while the wallet is asked, until the wallet answers', async () => {
    const writes = await readyToSign();
    writes.asked(NAME);
    writes.close(NAME);
    expect(phase(writes)).toBe('unsure');
    // It can not be asked a second time in the meantime.
    expect(writes.asked(NAME)).toBe(false);
    writes.signed(NAME, HASH);
    expect(phase(writes)).toBe('sent');
  });
});

describe('a page that is loaded again', () => {
  it('before the wallet was asked, has forgotten it: nothing was sent', async () => {
    await readyToSign();
    expect(phase(loaded())).toBeUndefined();
  });

  it('while the wallet is asked, asks the member, and not the wallet', async () => {
    (await readyToSign()).asked(NAME);
    const writes = loaded();
    await pass(60_000);
    expect(phase(writes)).toBe('unsure');
    expect(asked).toHaveLength(1);
    writes.askAgain(NAME);
    await pass(0);
    expect(phase(writes)).toBe('toSign');
    // Under the same key: an order has the same reference, and the contract takes no second one.
    expect(asked[1]?.idempotencyKey).toBe(asked[0]?.idempotencyKey);
  });

  it('while the wallet is asked, forgets it when the member says that it is sent', async () => {
    (await readyToSign()).asked(NAME);
    const writes = loaded();
    writes.cancel(NAME);
    expect([phase(writes), phase(loaded())]).toEqual([undefined, undefined]);
  });

  it('after it was sent, follows it and sends nothing', async () => {
    const before = await readyToSign();
    before.asked(NAME);
    before.signed(NAME, HASH);
    const writes = loaded();
    expect(phase(writes)).toBe('sent');
    sent = { status: 'MINED', blockNumber: 9 };
    await pass(2_000);
    expect(phase(writes)).toBe('done');
    expect(asked).toHaveLength(1);
  });

  it('by another member, knows nothing of it', async () => {
    (await readyToSign()).asked(NAME);
    expect(phase(loaded('page', 'li'))).toBeUndefined();
  });
});

describe('what stands in the way', () => {
  it.each([
    [
      'the service refuses it',
      { call: null, userErrors: [{ code: 'ROUND_NOT_OPEN' }] },
      'ROUND_NOT_OPEN',
    ],
    ['no call comes', { call: null, transaction: null, userErrors: [] }, 'INTERNAL'],
  ])('is said when %s', async (_what, payload, code) => {
    answer = () => payload;
    const writes = await readyToSign();
    expect(phase(writes)).toBe('refused');
    expect(writes.read(NAME)?.errors[0]?.code).toBe(code);
    writes.dismiss(NAME);
    expect(phase(writes)).toBeUndefined();
  });

  it('is said when no answer comes, and it can be begun again', async () => {
    const lost = answer;
    answer = () => {
      throw new ApiError('No answer came.', { code: 'OFFLINE' });
    };
    const writes = await readyToSign();
    expect(phase(writes)).toBe('refused');
    answer = lost;
    writes.start(REQUEST);
    await pass(0);
    expect(phase(writes)).toBe('toSign');
  });

  it('is a frame: there nothing is asked of the service', async () => {
    const writes = loaded('frame');
    writes.start(REQUEST);
    await pass(0);
    expect([phase(writes), writes.toSign(NAME)?.call]).toEqual(['toSign', null]);
    expect(asked).toEqual([]);
  });
});

it('a write that the service sends goes the way of all others', async () => {
  answer = () => ({
    transaction: { id: 'tx_1', kind: 'roundTender', status: 'MINED', hash: HASH, userErrors: [] },
    userErrors: [],
  });
  const writes = loaded();
  writes.start({ ...REQUEST, input: { amount: '5' } });
  await pass(0);
  expect([phase(writes), writes.shown()]).toEqual(['done', null]);
  expect(writes.all()).toHaveLength(1);
});
