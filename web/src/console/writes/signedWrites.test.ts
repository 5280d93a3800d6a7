import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import type { PageState } from '../../shared/polling/poller.ts';
import { memoryStorage, type TabStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
import { createWrites, type WriteRequest } from '../../shared/transactions/writes.ts';
import { askingToSign, SIGNED_KINDS } from './askToSign.ts';
import { createSignedWrites, type SignedWrites } from './signedWrites.ts';

const SCHEMA = readFileSync(new URL('../../../../server/schema.graphql', import.meta.url), 'utf8');
/** Mutations that answer it in no program: one makes it, anybody sends others, and a deposit of a wallet is a plain transfer. */
const NEVER = ['changeEnact', 'programCreate', 'reserveDeposit', 'roundSettle'];

interface Input {
  readonly item: number;
  readonly price: string;
  readonly idempotencyKey: string;
}
const document = `mutation ItemPrice($input: ItemPriceSetInput!) {
  payload: itemPriceSet(input: $input) {
    userErrors { code }
  }
}` as unknown as WriteRequest<Input>['document'];
const NAME = 'itemPriceSet:1';
const REQUEST = { name: NAME, kind: 'itemPriceSet', document, input: { item: 1, price: '5.00' } };
const MINED = {
  ...{ id: 'tx_1', kind: 'itemPriceSet', status: 'MINED', hash: null, blockNumber: 9 },
  userErrors: [],
};

const MINUTES_MS = 900_000;

let asked: { text: string; input: Input }[];
let signatures: string[];
let isSigned: boolean;
let refusals: string[];
let isLost: boolean;
let turnedAway: string | null = null;
/** Whether the service has not carried it out when it is asked again. */
let isUndone: boolean;
/** Holds the answer to a signature up. */
let held: Promise<void> | null;
let expiresAt: string;
let storage: TabStorage;

const client: Client = {
  ask: async (text, ...variables) => {
    await Promise.resolve();
    const [{ input }] = variables as unknown as [{ input: Input & { signature?: string } }];
    if (input.signature !== undefined) {
      signatures.push(input.signature);
      if (turnedAway !== null) throw new ApiError('It is not for you.', { code: turnedAway });
      if (held !== null) await held;
      const refusal = refusals.shift();
      isSigned = refusal === undefined && !isUndone;
      if (isLost) throw new ApiError('No answer came.', { code: 'OFFLINE' });
      const userErrors = refusal === undefined ? [] : [{ code: refusal }];
      return { transactionSign: { userErrors } } as never;
    }
    asked.push({ text: text as unknown as string, input });
    const transaction = isSigned ? MINED : null;
    const id = `sign_${asked.length}`;
    const toSign = isSigned ? null : { id, account: '0x01', json: '{}', expiresAt };
    return { payload: { transaction, toSign, userErrors: [] } } as never;
  },
};
const page: PageState = {
  isHidden: () => false,
  isOnline: () => true,
  onChange: () => undefined,
};
const begin = (): SignedWrites => {
  const writes = createSignedWrites({
    writes: createWrites({ client, page, onProgress: () => undefined }),
    client,
  });
  writes.begin(createIntents(storage, 'lin'));
  return writes;
};
const pass = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const phase = (writes: SignedWrites): string | undefined => writes.read(NAME)?.phase;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, signatures, refusals] = [[], [], []];
  [isSigned, isLost, storage] = [false, false, memoryStorage()];
  [turnedAway, isUndone, held] = [null, false, null];
  expiresAt = new Date(Date.now() + MINUTES_MS).toISOString();
});
afterEach(() => void vi.useRealTimers());

describe('the mutations that a wallet may have to sign', () => {
  it('are all that answer it by the schema', () => {
    const payloads = [...SCHEMA.matchAll(/^type (\w+)Payload \{([^}]*)\}/gm)];
    const answering = payloads
      .filter(([, , fields = '']) => /^ {2}toSign: SigningRequest$/m.test(fields))
      .map(([, name = '']) => name.charAt(0).toLowerCase() + name.slice(1));
    expect(answering.length).toBeGreaterThan(10);
    expect(answering.sort()).toEqual([...SIGNED_KINDS, ...NEVER].sort());
  });

  it('are asked for it, and others are not', () => {
    const text = askingToSign('itemPriceSet', document) as unknown as string;
    expect(text).toMatch(/\{\s*payload: itemPriceSet\(input: \$input\) \{ toSign \{ id/);
    expect(askingToSign('clockMove', document)).toBe(document);
  });
});

describe('a write of an operator with a wallet', () => {
  it('waits for the signature, then is the transaction under its key', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    expect(phase(writes)).toBe('toSign');
    expect(writes.shown()).toBe(NAME);
    expect(writes.toSign(NAME)).toMatchObject({ kind: 'itemPriceSet', input: { price: '5.00' } });
    expect(await writes.sign(NAME, '0x12')).toBeNull();
    await pass();
    expect([phase(writes), writes.shown()]).toEqual(['done', null]);
    expect(new Set(asked.map(({ input }) => input.idempotencyKey)).size).toBe(1);
    expect(asked[0]?.text).toContain('toSign');
  });

  it('is asked for anew when the signature came too late, and not when it is of another account', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    refusals = ['INVALID_SIGNATURE', 'OUTDATED_SIGNATURE'];
    expect(await writes.sign(NAME, '0x12')).toBe('invalid');
    expect(writes.toSign(NAME)?.request.id).toBe('sign_1');
    expect(await writes.sign(NAME, '0x34')).toBe('outdated');
    await pass();
    expect(writes.toSign(NAME)?.request.id).toBe('sign_2');
    expect(writes.shown()).toBe(NAME);
  });

  it('is found out when the answer to the signature was lost', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    isLost = true;
    expect(await writes.sign(NAME, '0x12')).toBe('unknown');
    await pass();
    expect([phase(writes), signatures.length]).toEqual(['done', 1]);
  });

  it('can be taken back, and leaves nothing', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    writes.close(NAME);
    expect([writes.read(NAME), writes.shown(), storage.names('')]).toEqual([null, null, []]);
  });

  it('can not be taken back or begun anew while a signature of it is handed in', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    let answer = (): void => undefined;
    held = new Promise((resolve) => (answer = resolve));
    const handed = writes.sign(NAME, '0x12');
    await pass();
    expect(writes.isHandingIn(NAME)).toBe(true);
    writes.close(NAME);
    writes.dismiss(NAME);
    writes.start({ ...REQUEST, input: { item: 1, price: '6.00' } });
    expect(await writes.sign(NAME, '0x34')).toBeNull();
    answer();
    expect(await handed).toBeNull();
    await pass();
    expect([phase(writes), writes.isHandingIn(NAME), signatures]).toEqual([
      'done',
      false,
      ['0x12'],
    ]);
    expect(new Set(asked.map(({ input }) => input.idempotencyKey)).size).toBe(1);
  });

  it('keeps its key while what was handed in may still be carried out, also after a reload', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    [isLost, isUndone] = [true, true];
    await writes.sign(NAME, '0x12');
    await pass();
    expect([phase(writes), writes.shown()]).toEqual(['toSign', NAME]);
    writes.close(NAME);
    expect([phase(writes), writes.shown()]).toEqual(['toSign', null]);
    const reloaded = begin();
    await pass();
    reloaded.start({ ...REQUEST, input: { item: 1, price: '6.00' } });
    expect(reloaded.toSign(NAME)?.input).toMatchObject({ price: '5.00' });
    reloaded.close(NAME);
    expect(phase(reloaded)).toBe('toSign');
    vi.setSystemTime(Date.parse(expiresAt) + 1);
    reloaded.close(NAME);
    expect([reloaded.read(NAME), storage.names('')]).toEqual([null, []]);
  });

  it('says why its last signature came to nothing, until there is another one', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    refusals = ['OUTDATED_SIGNATURE'];
    await writes.sign(NAME, '0x12');
    await pass();
    // It is another request, which another sheet shows.
    expect([writes.toSign(NAME)?.request.id, writes.problem(NAME)]).toEqual(['sign_2', 'outdated']);
    await writes.sign(NAME, '0x34');
    expect(writes.problem(NAME)).toBeNull();
  });

  it.each([
    ['FORBIDDEN', 'forbidden'],
    ['UNAUTHENTICATED', 'signedOut'],
  ])(
    'came to nothing when it is turned away as %s, and can be taken back',
    async (code, problem) => {
      const writes = begin();
      writes.start(REQUEST);
      await pass();
      turnedAway = code;
      expect(await writes.sign(NAME, '0x12')).toBe(problem);
      await pass();
      expect([writes.problem(NAME), asked.length]).toEqual([problem, 1]);
      writes.close(NAME);
      expect([writes.read(NAME), storage.names('')]).toEqual([null, []]);
    },
  );

  it('is handed in once more by a person who has signed in again', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    turnedAway = 'UNAUTHENTICATED';
    await writes.sign(NAME, '0x12');
    turnedAway = null;
    expect(await writes.sign(NAME, '0x12')).toBeNull();
    await pass();
    expect([signatures, writes.read(NAME)?.phase]).toEqual([['0x12', '0x12'], 'done']);
  });

  it('is shown again by a second press, and begun anew with other numbers', async () => {
    const writes = begin();
    writes.start(REQUEST);
    await pass();
    writes.start(REQUEST);
    await pass();
    expect(asked).toHaveLength(1);
    writes.start({ ...REQUEST, input: { item: 1, price: '6.00' } });
    await pass();
    expect(writes.toSign(NAME)?.input).toMatchObject({ price: '6.00' });
    expect(new Set(asked.map(({ input }) => input.idempotencyKey)).size).toBe(2);
  });

  it('waits on after a reload, out of sight until it is asked for', async () => {
    begin().start(REQUEST);
    await pass();
    const reloaded = begin();
    await pass();
    expect([phase(reloaded), reloaded.shown()]).toEqual(['toSign', null]);
    reloaded.tryAgain(NAME);
    expect(reloaded.shown()).toBe(NAME);
    expect(reloaded.toSign(NAME)?.input).toMatchObject({ price: '5.00' });
  });
});
