import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../domain/errors.ts';
import { connectStore, type Store } from '../../store/connect.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { createOnce, type NamedWrite, type Once } from './once.ts';

let store: Store;
let other: Store;
beforeAll(async () => {
  const uri = testDatabaseUri();
  [store, other] = [await connectStore(uri), await connectStore(uri)];
});
afterAll(async () => {
  await store.close();
  await other.close();
});

/** Never before today: the database deletes what is old by its own clock. */
let nowMs = Date.now();
const on = (own: Store): Once => createOnce({ ...own, wallNowMs: () => nowMs });
let keys = 0;
const named = (more: Partial<NamedWrite> = {}): NamedWrite => ({
  owner: ['org_1'],
  kind: 'test',
  idempotencyKey: `key ${(keys += 1)}`,
  input: { amount: 5n },
  ...more,
});

describe('a write under a key', () => {
  it('is done once for 50 callers on two servers, who all get the same', async () => {
    const write = named();
    let effects = 0;
    const services = [on(store), on(other)] as const;
    const results = await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        (index % 2 === 0 ? services[0] : services[1]).run(write, async (effectId) => {
          effects += 1;
          await Promise.resolve();
          return { effectId, drawn: Math.random() };
        }),
      ),
    );
    expect(effects).toBe(1);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toHaveProperty('drawn');
  });

  it('is refused with another input, and free after a refusal', async () => {
    const write = named();
    await on(store).run(write, () => Promise.resolve(1));
    await expect(
      on(other).run({ ...write, input: { amount: 6n } }, () => Promise.resolve(2)),
    ).rejects.toMatchObject({ refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    const refused = named();
    const refusal = new UserError({ code: 'REQUIRED', field: 'name', message: 'name is empty.' });
    await expect(on(store).run(refused, () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(await on(store).run({ ...refused, input: 'other' }, () => Promise.resolve(3))).toBe(3);
  });

  it('belongs to its owner, its mutation and its day', async () => {
    const write = named();
    const done = (of: NamedWrite): Promise<number> =>
      on(store).run(of, () => Promise.resolve((keys += 1)));
    const first = await done(write);
    expect(await done(write)).toBe(first);
    expect(await done({ ...write, owner: ['org_2'] })).not.toBe(first);
    expect(await done({ ...write, kind: 'another' })).not.toBe(first);
    nowMs += 2 * 86_400_000;
    expect(await done(write)).not.toBe(first);
  });

  it('is gone on with under the same name, whichever call to the database a process dies at', async () => {
    for (let calls = 0; ; calls += 1) {
      const write = named();
      const effects: string[] = [];
      const work = (effectId: string): Promise<string> => {
        effects.push(effectId);
        return Promise.resolve(effectId);
      };
      const dying = dyingStore(store, calls, { onceKeys: 'all', leases: 'all' });
      await on(dying.store)
        .run(write, work)
        .catch(() => undefined);
      // The lease of the dead one has run out.
      nowMs += 60_000;
      await new Promise((resolve) => setTimeout(resolve, 1));
      const survivor = createOnce({ ...other, leases: free, wallNowMs: () => nowMs });
      expect(await survivor.run(write, work)).toBe(effects[0]);
      expect(new Set(effects).size).toBe(1);
      if (!dying.died()) break;
    }
  });
});

/** Leases that have run out. */
const free = { acquire: () => Promise.resolve(true), release: () => Promise.resolve() };
