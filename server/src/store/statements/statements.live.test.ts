import { packLines, type Address, type Hex } from '@dewpoint/contracts/statement.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SKIP_REASONS } from '../../domain/events.ts';
import { isDue } from '../../domain/statements/due.ts';
import type { Skip, StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { Aggregate, SettledStatement, StatementKey } from '../../ports/stores/statements.ts';
import { connectStore, type Store } from '../connect.ts';

const CLOSES_AT_MS = 1_000_000;
const at = { blockNumber: 7, logIndex: 1, transactionHash: '0xab' as Hex };

let store: Store;
let programs = 0;
beforeAll(async () => {
  store = await connectStore(testDatabaseUri());
});
afterAll(() => store.close());

const newProgram = (): string => `prg_${(programs += 1)}`;
const account = (member: string): Address =>
  `0x${Buffer.from(member).toString('hex').padStart(40, '0')}`;
const linesOf = (count: number): Hex =>
  packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);

async function open(programId: string, memberId: string, epoch: number): Promise<string> {
  const id = `${programId}-${memberId}`;
  const settleAfterMs = CLOSES_AT_MS + epoch;
  await store.statements.create(programId, [
    { memberId: id, epoch, account: account(id), settleAfterMs },
  ]);
  return `${id}:${epoch}`;
}

async function get(programId: string, id: string): Promise<StatementRecord> {
  const found = await store.statements.findById(programId, id);
  if (found === null) throw new Error(`${id} is not there.`);
  return found;
}

const aggregate = (id: string, count: number, overrides: Partial<Aggregate> = {}): Aggregate => ({
  id,
  entries: 1,
  recentFromMs: 0,
  recentEntries: 1,
  asOfMs: 1,
  ruleSetVersion: 1,
  lines: linesOf(count),
  points: BigInt(count),
  expectedLines: linesOf(count),
  expectedPoints: BigInt(count),
  nextMaturesAtMs: null,
  ...overrides,
});

const settled = (
  id: string,
  count: number,
  overrides: Partial<SettledStatement> = {},
): SettledStatement => ({
  id,
  settledLines: linesOf(count),
  settledPoints: BigInt(count),
  settledAt: at,
  skipped: null,
  notBeforeMs: null,
  ...overrides,
});

const skip = (reason: Skip['reason'], count: number): Skip => ({
  reason,
  lines: linesOf(count),
  at,
});

const findDue = (
  programId: string,
  overrides: Partial<Parameters<Store['statements']['findDue']>[0]> = {},
): Promise<string[]> =>
  store.statements
    .findDue({
      programId,
      nowMs: CLOSES_AT_MS + 1_000,
      minEpoch: 0,
      maxEpoch: 100,
      limit: 10,
      excludeIds: new Set(),
      ...overrides,
    })
    .then((found) => found.map(({ id }) => id));

describe('what is due', () => {
  it('is the same whichever of aggregation and chain writes last, and what the domain says', async () => {
    const programId = newProgram();
    const skips = [null, ...SKIP_REASONS.flatMap((reason) => [skip(reason, 3), skip(reason, 2)])];
    const cases = skips.flatMap((skipped) =>
      [0, 2, 3].flatMap((minted) =>
        [true, false].map((chainLast) => ({ skipped, minted, chainLast })),
      ),
    );
    await Promise.all(
      cases.map(async ({ skipped, minted, chainLast }, index) => {
        const id = await open(programId, `case${index}`, 0);
        const chain = settled(id, minted, { skipped });
        const steps = [
          () => store.statements.saveAggregates(programId, [aggregate(id, 3)]),
          () => store.statements.saveSettled(programId, [chain]),
        ];
        for (const step of chainLast ? steps : steps.toReversed()) await step();
        const record = await get(programId, id);
        expect(record).toMatchObject({ lines: linesOf(3), settledPoints: BigInt(minted), skipped });
        expect({ index, due: record.due }).toEqual({ index, due: isDue(record) });
      }),
    );
  });

  it('is right after any race of aggregation and chain', async () => {
    const programId = newProgram();
    const id = await open(programId, 'race', 0);
    for (let round = 1; round <= 10; round += 1) {
      await Promise.all([
        store.statements.saveAggregates(programId, [
          aggregate(id, round, { entries: round, asOfMs: round }),
        ]),
        store.statements.saveSettled(programId, [settled(id, round % 2 === 0 ? round : 0)]),
      ]);
      expect((await get(programId, id)).due).toBe(round % 2 === 1);
    }
  });

  it('that was refused for its lines is due again once they change', async () => {
    const programId = newProgram();
    const id = await open(programId, 'refused', 0);
    await store.statements.saveAggregates(programId, [aggregate(id, 3)]);
    await store.statements.saveSettled(programId, [
      settled(id, 0, { skipped: skip('UndefinedRule', 3) }),
    ]);
    expect(await findDue(programId)).toEqual([]);
    await store.statements.saveAggregates(programId, [aggregate(id, 4, { entries: 2 })]);
    expect(await findDue(programId)).toEqual([id]);
  });

  it('waits for the close of recording, for a budget, and comes when it is hastened', async () => {
    const programId = newProgram();
    const id = await open(programId, 'waits', 0);
    await store.statements.saveAggregates(programId, [aggregate(id, 3)]);
    const early = { nowMs: CLOSES_AT_MS - 1 };
    expect(await findDue(programId, early)).toEqual([]);
    expect(await findDue(programId, { nowMs: CLOSES_AT_MS })).toEqual([id]);
    await store.statements.hasten(programId, [id], 5);
    expect(await findDue(programId, early)).toEqual([id]);
    await store.statements.saveSettled(programId, [
      settled(id, 1, { skipped: skip('BudgetUsedUp', 3), notBeforeMs: CLOSES_AT_MS + 50 }),
    ]);
    await store.statements.hasten(programId, [id], 5);
    expect((await get(programId, id)).settleAfterMs).toBe(CLOSES_AT_MS + 50);
    expect(await findDue(programId, { nowMs: CLOSES_AT_MS + 49 })).toEqual([]);
    expect(await findDue(programId, { nowMs: CLOSES_AT_MS + 50 })).toEqual([id]);
  });

  it('that was hastened and settled waits for the close again with what is new', async () => {
    const programId = newProgram();
    const id = await open(programId, 'again', 0);
    await store.statements.saveAggregates(programId, [aggregate(id, 3)]);
    await store.statements.hasten(programId, [id], 5);
    await store.statements.saveSettled(programId, [settled(id, 3)]);
    await store.statements.saveAggregates(programId, [aggregate(id, 4, { entries: 2 })]);
    expect(await findDue(programId, { nowMs: CLOSES_AT_MS - 1 })).toEqual([]);
    expect(await findDue(programId, { nowMs: CLOSES_AT_MS })).toEqual([id]);
  });

  it('comes longest waiting first, a member at a time, without what is excluded or not open', async () => {
    const programId = newProgram();
    const ids: string[] = [];
    for (const [member, epoch] of [
      ['old', 0],
      ['a', 3],
      ['b', 4],
      ['a', 5],
      ['b', 6],
      ['new', 90],
    ] as const) {
      const id = await open(programId, member, epoch);
      await store.statements.saveAggregates(programId, [aggregate(id, 1)]);
      ids.push(id);
    }
    const [old = '', a3, b4, a5, b6] = ids;
    expect(await findDue(programId, { minEpoch: 1, maxEpoch: 89 })).toEqual([a3, a5, b4, b6]);
    expect(await findDue(programId, { minEpoch: 1, maxEpoch: 89, limit: 2 })).toEqual([a3, b4]);
    const excludeIds = new Set([a3 ?? '', b4 ?? '']);
    expect(await findDue(programId, { minEpoch: 1, maxEpoch: 89, excludeIds })).toEqual([a5, b6]);
    // Lapsed: it is not looked at again.
    expect((await get(programId, old)).due).toBe(false);
  });
});

describe('aggregates', () => {
  it('that are older than what is stored change nothing', async () => {
    const programId = newProgram();
    const id = await open(programId, 'older', 0);
    const save = (count: number, entries: number, asOfMs: number): Promise<ReadonlySet<string>> =>
      store.statements.saveAggregates(programId, [aggregate(id, count, { entries, asOfMs })]);
    await save(5, 3, 10);
    await save(4, 2, 10);
    await save(3, 3, 9);
    expect((await get(programId, id)).points).toBe(5n);
    await save(6, 3, 11);
    expect((await get(programId, id)).points).toBe(6n);
  });

  it('that know something newer and something older than what is stored are to be done again', async () => {
    const programId = newProgram();
    const [id, other] = [await open(programId, 'm', 0), await open(programId, 'n', 0)];
    let saves = 0;
    const save = (entries: number, asOfMs: number): Promise<ReadonlySet<string>> => {
      saves += 1;
      return store.statements.saveAggregates(programId, [
        aggregate(id, entries, { entries, asOfMs }),
        aggregate(other, saves, { entries: saves, asOfMs: saves }),
      ]);
    };
    expect(await save(2, 10)).toEqual(new Set());
    expect(await save(3, 9)).toEqual(new Set([id]));
    expect(await save(1, 11)).toEqual(new Set([id]));
    expect(await save(1, 9)).toEqual(new Set());
    expect(await get(programId, id)).toMatchObject({ points: 2n, entries: 2, asOfMs: 10 });
    expect(await save(3, 11)).toEqual(new Set());
    expect(await get(programId, id)).toMatchObject({ points: 3n, entries: 3, asOfMs: 11 });
  });

  it('come up again when something matures', async () => {
    const programId = newProgram();
    const id = await open(programId, 'm', 0);
    await store.statements.saveAggregates(programId, [aggregate(id, 1, { nextMaturesAtMs: 50 })]);
    expect(await store.statements.findMatured(programId, 49, 10)).toEqual([]);
    expect(await store.statements.findMatured(programId, 50, 10)).toMatchObject([{ id }]);
  });
});

describe('progress', () => {
  it('counts what is not aggregated or not settled, once each, from an epoch on', async () => {
    const programId = newProgram();
    const unaggregated: StatementKey[] = [];
    const progress = (minEpoch: number, nowMs = 0): ReturnType<Store['statements']['progress']> =>
      store.statements.progress(programId, { minEpoch, nowMs, unaggregated });
    expect(await progress(0)).toEqual({ open: 0, oldestOpenEpoch: null });
    const due = await open(programId, 'due', 2);
    await store.statements.saveAggregates(programId, [aggregate(due, 1)]);
    unaggregated.push({ memberId: `${programId}-new`, epoch: 4 });
    // One that is due and has new entries counts once.
    unaggregated.push({ memberId: `${programId}-due`, epoch: 2 });
    const done = await open(programId, 'done', 1);
    await store.statements.saveAggregates(programId, [aggregate(done, 1)]);
    await store.statements.saveSettled(programId, [settled(done, 1)]);
    expect(await progress(0)).toEqual({ open: 2, oldestOpenEpoch: 2 });
    expect(await progress(3)).toEqual({ open: 1, oldestOpenEpoch: 4 });

    const maturing = await open(programId, 'maturing', 0);
    const earnedAndMore = aggregate(maturing, 1, { nextMaturesAtMs: 50 });
    await store.statements.saveAggregates(programId, [earnedAndMore]);
    expect(await progress(0)).toEqual({ open: 3, oldestOpenEpoch: 0 });
    await store.statements.saveSettled(programId, [settled(maturing, 1)]);
    expect(await progress(0, 49)).toEqual({ open: 2, oldestOpenEpoch: 2 });
    expect(await progress(0, 50)).toEqual({ open: 3, oldestOpenEpoch: 0 });
  });
});

describe('statements', () => {
  it('are found by the accounts and epochs that the chain names, and by no other program', async () => {
    const programId = newProgram();
    const id = await open(programId, 'm', 3);
    const pairs = [3, 4].map((epoch) => ({ account: account(`${programId}-m`), epoch }));
    expect(await store.statements.findByAccounts(programId, pairs)).toMatchObject([{ id }]);
    expect(await store.statements.findByAccounts('other', pairs)).toEqual([]);
    expect(await store.statements.findById('other', id)).toBeNull();
  });

  it('are found by their ids, and by no other program', async () => {
    const programId = newProgram();
    const ids = [await open(programId, 'a', 1), await open(programId, 'b', 2)];
    const found = await store.statements.findByIds(programId, [...ids, 'nobody:3']);
    expect([...found.keys()].toSorted()).toEqual(ids.toSorted());
    expect(await store.statements.findByIds('other', ids)).toEqual(new Map());
  });

  it('keep their account and what they earned when they are created again, and are created once by racing writers', async () => {
    const programId = newProgram();
    const created = { memberId: 'racer', epoch: 0, settleAfterMs: 1 };
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.statements.create(programId, [{ ...created, account: account(`a${index % 2}`) }]),
      ),
    );
    const first = await get(programId, 'racer:0');
    await store.statements.saveAggregates(programId, [aggregate('racer:0', 3)]);
    await store.statements.create(programId, [{ ...created, account: account('other') }]);
    expect(await get(programId, 'racer:0')).toMatchObject({ account: first.account, points: 3n });
  });

  it('are created with what their log adds up to as if it were saved afterwards, and what stands is not among the created', async () => {
    const programId = newProgram();
    const fieldsOf = (memberId: string) => ({
      ...{ memberId, epoch: 2, account: account(memberId), settleAfterMs: CLOSES_AT_MS },
    });
    for (const count of [0, 5]) {
      const [whole, later] = [`whole${programId}${count}`, `later${programId}${count}`];
      const { id: _, ...sums } = aggregate('', count, { nextMaturesAtMs: 77 });
      const created = { ...fieldsOf(whole), aggregate: sums };
      const [record] = await store.statements.create(programId, [created]);
      await store.statements.create(programId, [fieldsOf(later)]);
      await store.statements.saveAggregates(programId, [{ id: `${later}:2`, ...sums }]);
      const [one, other] = [await get(programId, `${whole}:2`), await get(programId, `${later}:2`)];
      expect(record).toEqual(one);
      const { id, memberId, account: own } = one;
      expect({ ...other, id, memberId, account: own }).toEqual(one);
      expect(one.due).toBe(count > 0);
      expect(await store.statements.create(programId, [created])).toEqual([]);
    }
  });
});
