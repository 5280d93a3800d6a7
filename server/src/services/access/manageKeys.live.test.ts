import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeystore } from '../../chain/keys/keystore.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { connectStore, type Store } from '../../store/connect.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { SECRETS } from '../../testing/foundation.ts';
import { createOnce } from '../transactions/once.ts';
import { createApiKeys } from './apiKeys.ts';
import { createKeyManager, type KeyManager, type KeyRequest } from './manageKeys.ts';

let store: Store;
let other: Store;
beforeAll(async () => {
  const uri = testDatabaseUri();
  [store, other] = [await connectStore(uri), await connectStore(uri)];
  await store.programs.insert(INVENTED_PROGRAM);
});
afterAll(async () => {
  await store.close();
  await other.close();
});

/** Never before today: the database deletes what is old by its own clock. */
let nowMs = Date.now();
const DAY_MS = 86_400_000;
const { keySecrets } = createKeystore(SECRETS);

/** A server process of its own. */
const on = (own: Store, leases: LeaseStore = own.leases): KeyManager =>
  createKeyManager({
    ...{ ...own, leases, keySecrets, wallNowMs: () => nowMs },
    once: createOnce({ ...own, leases, wallNowMs: () => nowMs }),
    programs: { get: (id) => own.programs.find(id) },
  });

let made = 0;
const home = (): { organisationId: string; environment: 'test' } => ({
  organisationId: `org_${(made += 1)}`,
  environment: 'test',
});
const request = (more: Partial<KeyRequest> = {}): KeyRequest => ({
  ...{ name: 'till', scopes: ['actions:write'], programId: null, expiresAtMs: null },
  idempotencyKey: `key ${(made += 1)}`,
  ...more,
});
const isGood = async (key: string): Promise<boolean> => {
  const keys = createApiKeys({ apiKeys: store.apiKeys, wallNowMs: () => nowMs });
  return (await keys.authenticate(key)) !== null;
};

/** Leases that have run out. */
const free: LeaseStore = {
  acquire: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};

describe('a key that is made', () => {
  it('is one, and the same for 50 callers on two servers, though nothing stored shows it', async () => {
    const mine = home();
    const wanted = request();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        on(index % 2 === 0 ? store : other).create(mine, wanted),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await store.apiKeys.list(mine)).toHaveLength(1);
    const { key, record } = answers[0] ?? { key: '', record: null };
    expect(key).toMatch(/^dw_test_[0-9A-Za-z]{32}$/);
    expect(JSON.stringify(record)).not.toContain(key);
    expect(await isGood(key)).toBe(true);
    // After a day the idempotency key is as good as new, and what it stood for can't be made again.
    nowMs += 2 * DAY_MS;
    expect((await on(store).create(mine, wanted)).key).not.toBe(key);
  });

  it('differs for another organisation and another environment under the same idempotency key', async () => {
    const wanted = request();
    const mine = home();
    const keys = [
      await on(store).create(mine, wanted),
      await on(store).create(home(), wanted),
      await on(store).create({ ...mine, environment: 'live' }, wanted),
    ].map(({ key }) => key.slice(8));
    expect(new Set(keys).size).toBe(3);
  });

  it('is refused for what it can not be, and the idempotency key stays free', async () => {
    const mine = home();
    const bad = [
      [{ name: '' }, 'name', 'REQUIRED'],
      [{ scopes: [] }, 'scopes', 'REQUIRED'],
      [{ expiresAtMs: nowMs }, 'expiresAt', 'OUT_OF_RANGE'],
      [{ programId: INVENTED_PROGRAM.id }, 'programId', 'NOT_FOUND'],
      [{ programId: 'prg_none' }, 'programId', 'NOT_FOUND'],
    ] as const;
    for (const [more, field, code] of bad) {
      await expect(
        on(store).create(mine, request({ ...more, idempotencyKey: 'again' })),
      ).rejects.toMatchObject({ refusals: [{ field, code }] });
    }
    const { key } = await on(store).create(mine, request({ idempotencyKey: 'again' }));
    await expect(
      on(store).create(mine, request({ idempotencyKey: 'again', name: 'another' })),
    ).rejects.toMatchObject({ refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    expect(await isGood(key)).toBe(true);
  });

  it('is for a program of its organisation and environment alone', async () => {
    const { organisationId, environment, id } = INVENTED_PROGRAM;
    const mine = { organisationId, environment };
    const { record } = await on(store).create(mine, request({ programId: id }));
    expect(record.programId).toBe(id);
    await expect(
      on(store).create({ ...mine, environment: 'live' }, request({ programId: id })),
    ).rejects.toMatchObject({ refusals: [{ field: 'programId', code: 'NOT_FOUND' }] });
  });

  it('is nobody from its end on', async () => {
    const { key } = await on(store).create(home(), request({ expiresAtMs: nowMs + 1_000 }));
    expect(await isGood(key)).toBe(true);
    nowMs += 1_000;
    expect(await isGood(key)).toBe(false);
  });

  it('is one, whichever call to the database a process dies at', async () => {
    for (let calls = 0; ; calls += 1) {
      const mine = home();
      const wanted = request();
      const mortal = { onceKeys: 'all', leases: 'all', apiKeys: 'all' } as const;
      const dying = dyingStore(store, calls, mortal);
      await on(dying.store)
        .create(mine, wanted)
        .catch((error: unknown) => expect(String(error)).toContain('died'));
      const { key, record } = await on(other, free).create(mine, wanted);
      expect(await store.apiKeys.list(mine)).toEqual([record]);
      expect(await isGood(key)).toBe(true);
      if (!dying.died()) break;
    }
  });
});

describe('the bound of good keys', () => {
  it('holds for those who make keys at the same time on two servers, and counts no ended ones', async () => {
    const mine = home();
    const ended = await on(store).create(mine, request({ expiresAtMs: nowMs + 1_000 }));
    const revoked = await on(store).create(mine, request());
    await on(store).revoke(mine, { id: revoked.record.id, idempotencyKey: 'revoke' });
    nowMs += 1_000;
    for (let count = 0; count < 95; count += 1) {
      const id = `key_${String(count).padStart(16, '0')}`;
      await store.apiKeys.insert({
        ...ended.record,
        id,
        hash: `${mine.organisationId}${id}`,
        expiresAtMs: null,
      });
    }
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_none, index) =>
        on(index % 2 === 0 ? store : other).create(mine, request()),
      ),
    );
    const refused = answers.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(refused).toHaveLength(7);
    for (const reason of refused) {
      expect(reason).toMatchObject({ refusals: [{ code: 'TOO_MANY_KEYS' }] });
    }
    expect(await store.apiKeys.countGood(mine, nowMs)).toBe(100);
  });
});

describe('a rotation', () => {
  it('leaves two keys good for the hours that were said, for 50 callers the same', async () => {
    const mine = home();
    const old = await on(store).create(
      mine,
      request({ scopes: ['members:read', 'actions:write'] }),
    );
    const rotation = {
      ...{ id: old.record.id, oldGoodForHours: 2, expiresAtMs: null },
      idempotencyKey: 'rotate',
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        on(index % 2 === 0 ? store : other).rotate(mine, rotation),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { key, record, old: ending } = answers[0] as (typeof answers)[number];
    expect(record.scopes).toEqual(old.record.scopes);
    expect(ending.expiresAtMs).toBe(nowMs + 7_200_000);
    expect([await isGood(key), await isGood(old.key)]).toEqual([true, true]);
    nowMs += 7_200_000;
    expect([await isGood(key), await isGood(old.key)]).toEqual([true, false]);
    await expect(
      on(store).rotate(mine, { ...rotation, idempotencyKey: 'again' }),
    ).rejects.toMatchObject({ refusals: [{ field: 'id', code: 'NOT_FOUND' }] });
  });

  it('never makes the old key live longer, and takes 1 to 168 hours', async () => {
    const mine = home();
    const { record } = await on(store).create(mine, request({ expiresAtMs: nowMs + 1_000 }));
    const rotated = (oldGoodForHours: number): ReturnType<KeyManager['rotate']> =>
      on(store).rotate(mine, {
        ...{ id: record.id, oldGoodForHours, expiresAtMs: null },
        idempotencyKey: `hours ${oldGoodForHours}`,
      });
    for (const hours of [0, 169, -1]) {
      await expect(rotated(hours)).rejects.toMatchObject({
        refusals: [{ field: 'oldGoodForHours', code: 'OUT_OF_RANGE' }],
      });
    }
    expect((await rotated(168)).old.expiresAtMs).toBe(nowMs + 1_000);
  });

  it('is done once, whichever call to the database a process dies at', async () => {
    for (let calls = 0; ; calls += 1) {
      const mine = home();
      const { record: old } = await on(store).create(mine, request());
      const rotation = {
        ...{ id: old.id, oldGoodForHours: 1, expiresAtMs: null },
        idempotencyKey: 'rotate',
      };
      const mortal = { onceKeys: 'all', leases: 'all', apiKeys: 'all' } as const;
      const dying = dyingStore(store, calls, mortal);
      await on(dying.store)
        .rotate(mine, rotation)
        .catch((error: unknown) => expect(String(error)).toContain('died'));
      const answer = await on(other, free).rotate(mine, rotation);
      expect(answer.old.expiresAtMs).toBe(nowMs + 3_600_000);
      expect(await store.apiKeys.list(mine)).toHaveLength(2);
      expect(await isGood(answer.key)).toBe(true);
      if (!dying.died()) break;
    }
  });
});

describe('the last use of a key', () => {
  it('is noted at most once a minute, and no answer waits for it', async () => {
    const { key, record } = await on(store).create(home(), request());
    const notes: number[] = [];
    let held: (() => void) | undefined;
    const apiKeys = {
      ...store.apiKeys,
      touch: (id: string, usedAtMs: number): Promise<void> => {
        notes.push(usedAtMs);
        return new Promise<void>((done) => (held = done)).then(() =>
          store.apiKeys.touch(id, usedAtMs),
        );
      },
    };
    const keys = createApiKeys({ apiKeys, wallNowMs: () => nowMs });
    // The note never ends, and the calls are answered all the same.
    for (let call = 0; call < 5; call += 1) expect(await keys.authenticate(key)).not.toBeNull();
    nowMs += 59_999;
    await keys.authenticate(key);
    expect(notes).toHaveLength(1);
    nowMs += 1;
    await keys.authenticate(key);
    expect(notes).toHaveLength(2);
    held?.();
    await expect
      .poll(async () => (await store.apiKeys.list(record))[0]?.lastUsedAtMs)
      .toBe(notes[1]);
  });
});
