import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectStore, type Store } from '../../store/connect.ts';
import { memberIdOf } from '../../testing/builders/members.ts';
import { PER_ACTION } from '../../testing/builders/program.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

/** Goes on for all of the others. */
const INTO = 1;
/** More calls to the stores than a step makes. */
const MOST_CALLS = 20;
/** One for each number of calls after which a process dies. */
const MERGED = Array.from({ length: MOST_CALLS + 1 }, (_, calls) => 10 + calls);
const MORTAL = {
  members: 'all',
  totals: 'all',
  transactions: 'all',
  idempotency: 'all',
  leases: 'all',
} as const;

let harness: Harness;
/** As a process sees the database to which the leases of one that died have run out. */
let later: Store;
beforeAll(async () => {
  harness = await startHarness();
  const wallNowMs = (): number => Date.now() + 60_000;
  later = await connectStore(harness.databaseUri, { wallNowMs });
  const { store, program } = harness;
  for (const member of [INTO, ...MERGED]) {
    await harness.join(member);
    await harness.earn(member, 0, 1);
  }
  await harness.settleAll();
  for (const member of MERGED) {
    const merge = { memberId: memberIdOf(INTO), by: 'test' };
    await store.members.announceMerge(program.id, memberIdOf(member), merge, Date.now());
  }
});
afterAll(async () => {
  await later.close();
  await harness.close();
});

const begin = (member: number, fromEpoch: number): Promise<unknown> => {
  const { store, program } = harness;
  return store.members.beginMerge(program.id, memberIdOf(member), {
    ...{ by: 'test', fromEpoch, atMs: 0 },
  });
};
/** Steps of a worker that was just started, until nothing is left to move. */
async function moveAll(): Promise<void> {
  for (;;) {
    const process = harness.process({ store: later });
    const queued = await process.mergedPoints.step(harness.program);
    await harness.drive(process);
    if (queued === 0) return;
  }
}

it('points move once, whichever call to the database a worker dies at', async () => {
  let survived = 0;
  for (const [calls, member] of MERGED.entries()) {
    await begin(member, 0);
    const { store, died } = dyingStore(harness.store, calls, MORTAL);
    const dying = harness.process({ store }).mergedPoints.step(harness.program);
    await dying.catch((error: unknown) => expect(String(error)).toContain('died'));
    if (!died()) survived += 1;
    await moveAll();
    expect(await harness.balances(member)).toEqual({ chain: 0n, read: 0n });
    const moved = BigInt(calls + 2) * PER_ACTION;
    expect(await harness.balances(INTO)).toEqual({ chain: moved, read: moved });
  }
  expect(survived).toBeGreaterThan(0);
  expect(survived).toBeLessThan(MERGED.length);
});

it('points that are settled later follow, and two workers at once move them once', async () => {
  const [member = 0] = MERGED;
  const before = (await harness.balances(INTO)).chain;
  await harness.earn(member, 1, 3);
  await harness.turnTo(1);
  await harness.settleAll();
  expect((await harness.balances(member)).chain).toBe(3n * PER_ACTION);
  await Promise.all(
    [harness.process(), harness.process()].map((worker) =>
      worker.mergedPoints.step(harness.program),
    ),
  );
  await moveAll();
  expect((await harness.balances(member)).chain).toBe(0n);
  expect((await harness.balances(INTO)).chain).toBe(before + 3n * PER_ACTION);
});

it('points stay where they are until the first epoch of the merge', async () => {
  const { store, program } = harness;
  const member = 99;
  await harness.join(member);
  await harness.earn(member, 0, 2);
  await harness.settleAll();
  const merge = { memberId: memberIdOf(INTO), by: 'test' };
  await store.members.announceMerge(program.id, memberIdOf(member), merge, Date.now());
  await moveAll();
  await begin(member, 2);
  await moveAll();
  expect((await harness.balances(member)).chain).toBe(2n * PER_ACTION);
  await harness.turnTo(2);
  await moveAll();
  expect((await harness.balances(member)).chain).toBe(0n);
});
