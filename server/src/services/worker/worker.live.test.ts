import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { startDatabase } from '@dewpoint/infra/database/database.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Worker } from './worker.ts';
import { PER_ACTION } from '../../testing/builders/program.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

/** How long a condition may take: far longer than it does, so that a slow machine fails nothing. */
const UNTIL = { timeout: 60_000, interval: 20 };
const LEASE_TTL_MS = 500;
/** Of a worker that died: longer than a busy machine needs for a call to the database. */
const LEFT_LEASE_MS = 10_000;

let dir: string;
let harness: Harness;
let anvils: Anvil[];
let workers: Worker[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-worker-'));
  harness = await startHarness({ chainDir: dir });
  anvils = [];
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) await worker.stop();
  await harness.close();
  for (const anvil of anvils) await anvil.stop();
  await rm(dir, { recursive: true, force: true });
});

const start = (holder: string): Worker => {
  const worker = harness.worker({ holder, leaseTtlMs: LEASE_TTL_MS });
  workers.push(worker);
  worker.start();
  return worker;
};
const points = (actions: number) => {
  const amount = BigInt(actions) * PER_ACTION;
  return { chain: amount, read: amount };
};
const untilSettled = async (member: number, actions: number): Promise<void> => {
  await expect
    .poll(() => harness.balances(member).catch(() => 'the chain is away'), UNTIL)
    .toEqual(points(actions));
};
const untilIdle = async (): Promise<void> => {
  const from = harness.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
  const { chainId } = harness.chain;
  await expect.poll(() => harness.store.transactions.countOpen(chainId, from), UNTIL).toBe(0);
};
/** The same chain as of its last dump: what came after it is lost. */
const restoreChain = async (): Promise<void> => {
  harness.anvil.kill('SIGKILL');
  await harness.anvil.exited;
  anvils.push(await startChain({ dir, port: harness.anvil.port, followWallClock: false }));
};

describe('a worker', () => {
  it('settles what is due as soon as it is woken', async () => {
    const worker = start('a');
    await harness.earn(1, 0, 3);
    worker.wake();
    await untilSettled(1, 3);
  });

  it('goes on when the chain is back', async () => {
    start('a');
    await harness.earn(1, 0, 3);
    await untilSettled(1, 3);
    await harness.anvil.dump();
    harness.anvil.kill('SIGKILL');
    await harness.anvil.exited;
    await harness.earn(1, 0, 4);
    const { chainId } = harness.chain;
    await expect
      .poll(async () => (await harness.store.totals.asOf(chainId)).stale, UNTIL)
      .toBe(true);
    anvils.push(await startChain({ dir, port: harness.anvil.port, followWallClock: false }));
    await untilSettled(1, 4);
    await expect
      .poll(async () => (await harness.store.totals.asOf(chainId)).stale, UNTIL)
      .toBe(false);
  });

  it('settles again what a restored chain has lost', async () => {
    start('a');
    await harness.earn(0, 0, 1);
    await untilSettled(0, 1);
    await untilIdle();
    await harness.anvil.dump();
    for (let member = 1; member < 6; member += 1) {
      await harness.earn(member, 0, member);
      await untilSettled(member, member);
    }
    await restoreChain();
    for (let member = 0; member < 6; member += 1) await untilSettled(member, member || 1);
    await untilIdle();
    const { issued } = await harness.store.totals.supply(harness.program.id);
    expect(issued).toBe(16n * PER_ACTION);
  });

  it('hands over at once when it is stopped in order', async () => {
    const first = start('a');
    await harness.earn(1, 0, 1);
    await untilSettled(1, 1);
    await first.stop();
    expect(await harness.store.leases.acquire(`worker:${harness.chain.chainId}`, 'b', 1)).toBe(
      true,
    );
  });
});

describe('two workers', () => {
  it('end in the state that one would have reached', async () => {
    start('a');
    start('b');
    for (let member = 0; member < 20; member += 1) await harness.earn(member, 0, member + 1);
    for (let member = 0; member < 20; member += 1) await untilSettled(member, member + 1);
    const { issued } = await harness.store.totals.supply(harness.program.id);
    expect(issued).toBe(210n * PER_ACTION);
  });

  it('take over from each other when the lease of the one that died is over', async () => {
    const name = `worker:${harness.chain.chainId}`;
    expect(await harness.store.leases.acquire(name, 'died', LEFT_LEASE_MS)).toBe(true);
    expect(await harness.store.leases.acquire(name, 'b', LEASE_TTL_MS)).toBe(false);
    start('b');
    await harness.earn(1, 0, 3);
    await untilSettled(1, 3);
  });

  it('end in the same state even when both believe to hold the lease', async () => {
    // Different names: each holds a lease of its own.
    const both = [harness.process(), harness.process()];
    for (let member = 0; member < 20; member += 1) await harness.earn(member, 0, member + 1);
    await Promise.all(
      both.map(async (services) => {
        for (let round = 0; round < 10; round += 1) {
          await harness.settleAll(services).catch((error: unknown) => {
            // The one that lost a race says so, and does it again.
            expect(error).toMatchObject({ kind: 'RACE_LOST' });
          });
        }
      }),
    );
    await harness.settleAll();
    for (let member = 0; member < 20; member += 1) {
      expect(await harness.balances(member)).toEqual(points(member + 1));
    }
    const { issued } = await harness.store.totals.supply(harness.program.id);
    expect(issued).toBe(210n * PER_ACTION);
  });
});

describe('a worker whose database is away', () => {
  it('goes on when it is back', async () => {
    const own = await mkdtemp(join(tmpdir(), 'dewpoint-worker-database-'));
    const first = await startDatabase({ dir: own });
    await harness.close();
    harness = await startHarness({ databaseUri: first.uri });
    start('a');
    await harness.earn(1, 0, 1);
    await untilSettled(1, 1);
    first.kill();
    await first.exited;
    const port = Number(new URL(first.uri).port);
    const second = await startDatabase({ dir: own, port });
    await harness.earn(1, 0, 2);
    await untilSettled(1, 2);
    await Promise.all(workers.map((worker) => worker.stop()));
    await harness.store.close();
    await second.stop();
    await rm(own, { recursive: true, force: true });
  });
});
