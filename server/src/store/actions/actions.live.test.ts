import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import fc from 'fast-check';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../domain/actions/action.ts';
import { linesOf } from '../../domain/statements/statement.ts';
import type { EntryCount } from '../../ports/stores/actions.ts';
import { anyLog, entry, moveEntry, voidEntry } from '../../testing/builders/log.ts';
import { modelOf } from '../../testing/builders/logModel.ts';
import { connectStore, type Store } from '../connect.ts';
import { createActionLog } from './actions.ts';

let store: Store;
let wallMs = 1_000;
beforeAll(async () => {
  store = await connectStore(testDatabaseUri(), { wallNowMs: () => wallMs });
});
afterAll(() => store.close());

let programs = 0;
const newProgram = (): string => `prg_${(programs += 1)}`;
/** Inserts entries of one program, whose members are its own. */
const insert = (programId: string, entries: readonly LogEntry[]): Promise<unknown> =>
  store.actionLog.insert(
    entries.map((one) => ({ ...one, programId, memberId: `${programId}-${one.memberId}` })),
  );
const keyOf = (programId: string, epoch = 0, member = 'm') => ({
  memberId: `${programId}-${member}`,
  epoch,
});

describe('the sums of a log', () => {
  it('are what the model makes of all entries, at any time, voids and all', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.integer({ min: 0, max: 100 }), async (log, asOfMs) => {
        const programId = newProgram();
        await insert(programId, log);
        const key = keyOf(programId);
        const at = { asOfMs, recentFromMs: 0 };
        const sums = (await store.actionLog.sumsOf(programId, [key], at)).get(`${key.memberId}:0`);
        const model = modelOf(log, asOfMs);
        expect(linesOf(sums?.matured ?? [])).toEqual(model.matured);
        expect(linesOf(sums?.expected ?? [])).toEqual(model.expected);
        expect(sums?.nextMaturesAtMs ?? null).toBe(model.nextMaturesAtMs);
        expect(sums?.entries ?? 0).toBe(log.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are exact above what a double holds, also of what was taken away again', async () => {
    const programId = newProgram();
    const big = { amount: 1e15 - 1, count: 100_000, maturesAtMs: 50 };
    const actions = Array.from({ length: 20 }, (_, index) =>
      entry({ eventId: `e${index}`, ...big, amount: big.amount - index }),
    );
    await insert(programId, [...actions, voidEntry('e3', 10, { ...big, amount: big.amount - 3 })]);
    const key = keyOf(programId);
    const sumsAt = async (asOfMs: number): Promise<unknown> => {
      const sums = await store.actionLog.sumsOf(programId, [key], { asOfMs, recentFromMs: 0 });
      return sums.get(`${key.memberId}:0`);
    };
    const amount = 19n * (10n ** 15n - 1n) - (190n - 3n);
    const all = { ruleId: 1, count: 1_900_000n, amount };
    expect(await sumsAt(49)).toMatchObject({
      matured: [{ count: 0n, amount: 0n }],
      expected: [all],
      nextMaturesAtMs: 50,
    });
    expect(await sumsAt(50)).toMatchObject({ matured: [all], expected: [all] });
  });

  it('do not name the maturity of what is void as the next one', async () => {
    const programId = newProgram();
    await insert(programId, [
      entry({ eventId: 'a', maturesAtMs: 10 }),
      entry({ eventId: 'b', maturesAtMs: 20 }),
      voidEntry('a', 5, { maturesAtMs: 10 }),
    ]);
    const key = keyOf(programId);
    const sums = await store.actionLog.sumsOf(programId, [key], { asOfMs: 6, recentFromMs: 0 });
    expect(sums.get(`${key.memberId}:0`)?.nextMaturesAtMs).toBe(20);
  });

  it('name the time to which an action was held or released as the next one', async () => {
    const programId = newProgram();
    const held = moveEntry('hold', 'a', { decidedAtMs: 5, maturesAtMs: 10, movedToMs: 90 });
    const released = moveEntry('release', 'b', { decidedAtMs: 6, maturesAtMs: 60, movedToMs: 20 });
    await insert(programId, [
      entry({ eventId: 'a', ruleId: 1, maturesAtMs: 10 }),
      entry({ eventId: 'b', ruleId: 2, maturesAtMs: 60 }),
      held,
      { ...released, ruleId: 2 },
    ]);
    const key = keyOf(programId);
    const nextAt = async (asOfMs: number): Promise<unknown> => {
      const sums = await store.actionLog.sumsOf(programId, [key], { asOfMs, recentFromMs: 0 });
      return [
        sums.get(`${key.memberId}:0`)?.nextMaturesAtMs,
        Object.fromEntries(await store.actionLog.maturitiesOf(programId, key, asOfMs)),
      ];
    };
    expect(await nextAt(6)).toEqual([20, { 1: 90, 2: 20 }]);
    expect(await nextAt(20)).toEqual([90, { 1: 90 }]);
    expect(await nextAt(90)).toEqual([null, {}]);
  });

  it('are those of each of a thousand statements, and of no other program', async () => {
    const [programId, other] = [newProgram(), newProgram()];
    const entries = Array.from({ length: 1_000 }, (_, index) =>
      entry({ memberId: `m${index}`, eventId: 'e', count: index + 1 }),
    );
    await insert(programId, entries);
    const keys = entries.map(({ memberId }) => keyOf(programId, 0, memberId));
    const at = { asOfMs: 0, recentFromMs: 0 };
    const sums = await store.actionLog.sumsOf(programId, keys, at);
    expect(keys.map(({ memberId }) => sums.get(`${memberId}:0`)?.matured[0]?.count)).toEqual(
      entries.map(({ count }) => BigInt(count)),
    );
    expect(await store.actionLog.sumsOf(other, keys, at)).toEqual(new Map());
  });
});

describe('a log of any length', () => {
  it('is answered about in as many bytes as there are rules', async () => {
    const connection = await createConnection(testDatabaseUri(), {
      monitorCommands: true,
    }).asPromise();
    let bytes = 0;
    connection.getClient().on('commandSucceeded', ({ reply }: { reply: object }) => {
      bytes += JSON.stringify(reply).length;
    });
    try {
      const log = await createActionLog(connection, () => 1_000);
      const key = { memberId: 'long', epoch: 0 };
      for (let part = 0; part < 10; part += 1) {
        const entries = Array.from({ length: 500 }, (_, index) =>
          entry({ memberId: 'long', eventId: `e${part}-${index}`, ruleId: index % 3 }),
        );
        await log.insert(entries);
        await log.insert([voidEntry(`e${part}-1`, 5, { memberId: 'long', maturesAtMs: 9 })]);
      }
      bytes = 0;
      const sums = await log.sumsOf('p', [key], { asOfMs: 0, recentFromMs: 0 });
      const logged = await log.loggedSince('p', 0);
      expect(sums.get('long:0')?.entries).toBe(5_010);
      expect(logged).toMatchObject([{ entries: 5_010 }]);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThan(5_000);
    } finally {
      await connection.close();
    }
  });
});

describe('the log', () => {
  it('is read by the time of logging', async () => {
    const programId = newProgram();
    for (const [at, count] of [
      [5_000, 3],
      [5_001, 1],
      [5_002, 4],
    ] as const) {
      wallMs = at;
      const entries = Array.from({ length: count }, (_, index) =>
        entry({ eventId: `${at}-${index}`, epoch: at - (at % 2) - 5_000 }),
      );
      await insert(programId, entries);
    }
    const read = async (fromMs: number, beforeMs: number): Promise<unknown> => {
      const found: unknown[] = [];
      const range = { fromMs, beforeMs };
      for await (const one of store.actionLog.statementsLogged(programId, range)) {
        found.push([one.epoch, one.latestMs]);
      }
      return found.toSorted();
    };
    expect(await read(0, 9_999)).toEqual([
      [0, 5_001],
      [2, 5_002],
    ]);
    expect(await read(5_000, 5_001)).toEqual([[0, 5_000]]);
    expect(await read(5_003, 9_999)).toEqual([]);
    const since = await store.actionLog.loggedSince(programId, 5_001);
    expect(since.map((one) => [one.epoch, one.loggedAtMs, one.entries]).toSorted()).toEqual([
      [0, 5_001, 1],
      [2, 5_002, 4],
    ]);
  });

  it('counts the entries of statements, by all, by moment and by epoch', async () => {
    const programId = newProgram();
    wallMs = 7_000;
    await insert(programId, [entry({ eventId: 'a' }), entry({ eventId: 'b', epoch: 12 })]);
    wallMs = 7_010;
    await insert(programId, [
      entry({ eventId: 'c' }),
      voidEntry('c', 0),
      entry({ eventId: 'a', memberId: 'n', epoch: 12 }),
    ]);
    const key = keyOf(programId);
    const id = `${key.memberId}:0`;
    expect((await store.actionLog.countsOf(programId, [key])).get(id)?.entries).toBe(3);
    expect((await store.actionLog.countActions(programId, [key])).get(id)).toBe(2);
    expect(await store.actionLog.countSince(programId, key, 7_001)).toBe(2);
    expect(await store.actionLog.countSince(programId, key, 7_011)).toBe(0);
    const ofEpoch: EntryCount[] = [];
    for await (const count of store.actionLog.countsOfEpoch(programId, 12)) ofEpoch.push(count);
    expect(ofEpoch.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))).toEqual([
      { memberId: `${programId}-m`, epoch: 12, entries: 1 },
      { memberId: `${programId}-n`, epoch: 12, entries: 1 },
    ]);
    expect(await store.actionLog.epochsWithin(programId, 1, 3_000)).toEqual([12]);
    expect(await store.actionLog.epochsWithin(programId, 13, 3_000)).toEqual([]);
  });
});
