import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { MongoClient, type Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { connectStore, type Store } from '../../store/connect.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { createAuditLog, type AuditedCall, type AuditLog, type AuditView } from './auditLog.ts';

let store: Store;
let other: Store;
let client: MongoClient;
let rows: Collection;
beforeAll(async () => {
  const uri = testDatabaseUri();
  [store, other] = [await connectStore(uri), await connectStore(uri)];
  client = await new MongoClient(uri).connect();
  rows = client.db().collection('auditEntries');
});
afterAll(async () => {
  await client.close();
  await store.close();
  await other.close();
});

let nowMs = Date.UTC(2026, 0, 1);
/** A server process of its own. */
const on = (own: Store): AuditLog => createAuditLog({ ...own, wallNowMs: () => (nowMs += 1) });

let count = 0;
const newId = (): string => `org_${(count += 1)}`;

interface Done {
  readonly n: number;
}
const call = (
  organisationId: string,
  more: Partial<AuditedCall<Done>> = {},
): AuditedCall<Done> => ({
  ...{ organisationId, environment: 'test', programId: 'prg_1', mutation: 'itemAdd' },
  actor: { kind: 'KEY', id: 'key_1', name: 'till' },
  from: { ip: '192.0.2.1', userAgent: 'test', requestId: 'request-1' },
  input: { price: 5n, signature: '0xsecret' },
  state: (result) => Promise.resolve(result === null ? { n: 0 } : result),
  outcomeOf: () => ({ userErrors: [], transactionId: 'txn_1' }),
  ...more,
});

const ALL = { sinceMs: null, untilMs: null, mutation: null };
const listed = (organisationId: string): Promise<AuditView[]> =>
  on(store).list(organisationId, ALL, { below: null, limit: 200 });

describe('a call that is written down', () => {
  it('has who, what, when, from where, before, after and how it ended, and no secret', async () => {
    const organisationId = newId();
    await on(store).record(call(organisationId), () => Promise.resolve({ n: 1 }));
    expect(await listed(organisationId)).toMatchObject([
      {
        ...{ seq: 1, environment: 'test', programId: 'prg_1', mutation: 'itemAdd' },
        actor: { kind: 'KEY', id: 'key_1', name: 'till' },
        from: { ip: '192.0.2.1', userAgent: 'test', requestId: 'request-1' },
        input: '{"price":"5","signature":"[redacted]"}',
        before: '{"n":0}',
        previousHash: '0'.repeat(64),
        answer: {
          seq: 2,
          outcome: { userErrors: [], transactionId: 'txn_1', error: null },
          after: '{"n":1}',
        },
      },
    ]);
  });

  it('has its question in the database before it begins, and its answer before its caller', async () => {
    const organisationId = newId();
    await on(store).record(call(organisationId), async () => {
      expect(await listed(organisationId)).toMatchObject([{ seq: 1, answer: null }]);
      return { n: 1 };
    });
    expect(await listed(organisationId)).toMatchObject([{ seq: 1, answer: { seq: 2 } }]);
  });

  it('says why it was refused, and what it failed with', async () => {
    const organisationId = newId();
    const refusal = { code: 'NOT_FOUND', field: 'item', message: 'There is no item 5.' } as const;
    const failures: readonly Error[] = [
      new UserError(refusal),
      new ServiceError({ code: 'CHAIN_UNAVAILABLE', message: 'No node answers.' }),
      new Error('a broken invariant'),
    ];
    for (const error of failures) {
      const recorded = on(store).record(call(organisationId), () => Promise.reject(error));
      await expect(recorded).rejects.toBe(error);
    }
    const outcomes = (await listed(organisationId)).map(({ answer }) => answer?.outcome);
    expect(outcomes.reverse()).toEqual([
      {
        ...{ userErrors: [{ field: 'item', code: 'NOT_FOUND' }], transactionId: null },
        error: null,
      },
      { userErrors: [], transactionId: null, error: 'CHAIN_UNAVAILABLE' },
      { userErrors: [], transactionId: null, error: 'INTERNAL' },
    ]);
  });

  it('is done although the state before it can not be read', async () => {
    const organisationId = newId();
    const away = new ServiceError({ code: 'CHAIN_UNAVAILABLE', message: 'No node answers.' });
    const blind = call(organisationId, { state: () => Promise.reject(away) });
    expect(await on(store).record(blind, () => Promise.resolve({ n: 1 }))).toEqual({ n: 1 });
    expect((await listed(organisationId))[0]?.before).toBe('{"unread":"CHAIN_UNAVAILABLE"}');
  });

  it('is never done without its question, and never loses it, at whichever call to the database the process dies', async () => {
    for (let calls = 0; ; calls += 1) {
      const organisationId = newId();
      let effects = 0;
      const dying = dyingStore(store, calls, { auditEntries: 'all' });
      await on(dying.store)
        .record(call(organisationId), () => Promise.resolve({ n: (effects += 1) }))
        .catch((error: unknown) => expect(String(error)).toContain('died'));
      const left = await listed(organisationId);
      if (effects > 0) expect(left).toHaveLength(1);
      // What follows, from another process, is chained to it.
      await on(other).record(call(organisationId), () => Promise.resolve({ n: 1 }));
      expect(await listed(organisationId)).toHaveLength(left.length + 1);
      expect((await on(store).check(organisationId)).broken).toBeNull();
      if (!dying.died()) break;
    }
  });

  it('has a place of its own among 50 at the same time from two processes', async () => {
    const organisationId = newId();
    const processes = [on(store), on(other)] as const;
    const results = await Promise.all(
      Array.from({ length: 50 }, (_none, n) =>
        (n % 2 === 0 ? processes[0] : processes[1]).record(call(organisationId), () =>
          Promise.resolve({ n }),
        ),
      ),
    );
    expect(results.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_none, n) => n));
    const calls = await listed(organisationId);
    expect(calls.map(({ answer }) => answer?.after).sort()).toEqual(
      results.map(({ n }) => `{"n":${n}}`).sort(),
    );
    expect(await on(store).check(organisationId)).toMatchObject({ entries: 100, broken: null });
  });
});

describe('a log', () => {
  const filled = async (calls: number): Promise<string> => {
    const organisationId = newId();
    for (let n = 0; n < calls; n += 1) {
      await on(store).record(call(organisationId), () => Promise.resolve({ n }));
    }
    return organisationId;
  };

  it.each([
    ['a changed field', { $set: { 'actor.id': 'key_2' } }, 3, 'CHANGED'],
    ['a changed input', { $set: { input: '{"price":"6"}' } }, 3, 'CHANGED'],
    ['an added field', { $set: { note: 'x' } }, 3, 'CHANGED'],
    ['another hash', { $set: { hash: 'f'.repeat(64) } }, 3, 'CHANGED'],
    ['another time', { $inc: { atMs: 1 } }, 3, 'CHANGED'],
  ] as const)('shows %s', async (_what, update, seq, kind) => {
    const organisationId = await filled(3);
    await rows.updateOne({ organisationId, seq }, update);
    expect((await on(other).check(organisationId)).broken).toEqual({ seq, kind });
  });

  it.each([
    ['the first entry', [1], 2],
    ['an entry in the middle', [3], 4],
    ['the last entry', [6], 6],
    ['the last entries', [4, 5, 6], 4],
    ['all entries', [1, 2, 3, 4, 5, 6], 1],
  ] as const)('shows that %s is gone, even after more was written', async (_what, gone, seq) => {
    const organisationId = await filled(3);
    await rows.deleteMany({ organisationId, seq: { $in: [...gone] } });
    expect((await on(other).check(organisationId)).broken).toEqual({ seq, kind: 'MISSING' });
    await on(other).record(call(organisationId), () => Promise.resolve({ n: 4 }));
    expect((await on(other).check(organisationId)).broken).toMatchObject({ kind: 'MISSING' });
  });

  it('is of its organisation alone, and lists what is asked for, newest first', async () => {
    const organisationId = newId();
    const names = ['itemAdd', 'itemAdd', 'itemWithdraw', 'itemAdd'];
    for (const [n, mutation] of names.entries()) {
      await on(store).record(call(organisationId, { mutation }), () => Promise.resolve({ n }));
    }
    await filled(1);
    const seqs = async (filter: Partial<typeof ALL>, below: number | null = null, limit = 10) => {
      const found = await on(store).list(
        organisationId,
        { ...ALL, ...filter },
        {
          ...{ below, limit },
        },
      );
      return found.map(({ seq }) => seq);
    };
    expect(await seqs({})).toEqual([7, 5, 3, 1]);
    expect(await seqs({}, 5, 1)).toEqual([3]);
    expect(await seqs({ mutation: 'itemAdd' } as object)).toEqual([7, 3, 1]);
    const [third] = (await listed(organisationId)).filter(({ seq }) => seq === 5);
    expect(await seqs({ sinceMs: third?.atMs } as object)).toEqual([7, 5]);
    expect(await seqs({ untilMs: third?.atMs } as object)).toEqual([3, 1]);
    const all: number[] = [];
    for await (const { seq } of on(store).all(organisationId, ALL)) all.push(seq);
    expect(all).toEqual([7, 5, 3, 1]);
  });
});
