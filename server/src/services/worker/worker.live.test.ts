import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { startDatabase, type Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  PER_ACTION,
  startTestDatabase,
  startWorld,
  type World,
} from '../../testing/settlingWorld.ts';
import type { Worker } from './worker.ts';

/** How long a condition may take: far longer than it does, so that a slow machine fails nothing. */
const UNTIL = { timeout: 60_000, interval: 20 };
const LEASE_TTL_MS = 500;

let dir: string;
let database: Database;
let world: World;
let anvils: Anvil[];
let workers: Worker[];
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-worker-'));
  world = await startWorld({ database, anvilDir: dir });
  anvils = [];
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) await worker.stop();
  await world.close();
  for (const anvil of anvils) await anvil.stop();
  await rm(dir, { recursive: true, force: true });
});

const start = (holder: string): Worker => {
  const worker = world.worker({ holder, leaseTtlMs: LEASE_TTL_MS });
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
    .poll(() => world.balances(member).catch(() => 'the chain is away'), UNTIL)
    .toEqual(points(actions));
};
const untilIdle = async (): Promise<void> => {
  const from = world.keystore.signer.recorderAddress();
  const { chainId } = world.chain;
  await expect.poll(() => world.store.transactions.countOpen(chainId, from), UNTIL).toBe(0);
};
/** The same chain as of its last dump: what came after it is lost. */
const restoreChain = async (): Promise<void> => {
  world.anvil.kill('SIGKILL');
  await world.anvil.exited;
  anvils.push(await startChain({ dir, port: world.anvil.port, followWallClock: false }));
};

describe('a worker', () => {
  it('settles what is due as soon as it is woken', async () => {
    const worker = start('a');
    await world.earn(1, 0, 3);
    worker.wake();
    await untilSettled(1, 3);
  });

  it('goes on when the chain is back', async () => {
    start('a');
    await world.earn(1, 0, 3);
    await untilSettled(1, 3);
    await world.anvil.dump();
    world.anvil.kill('SIGKILL');
    await world.anvil.exited;
    await world.earn(1, 0, 4);
    const { chainId } = world.chain;
    await expect.poll(async () => (await world.store.totals.asOf(chainId)).stale, UNTIL).toBe(true);
    anvils.push(await startChain({ dir, port: world.anvil.port, followWallClock: false }));
    await untilSettled(1, 4);
    await expect
      .poll(async () => (await world.store.totals.asOf(chainId)).stale, UNTIL)
      .toBe(false);
  });

  it('settles again what a restored chain has lost', async () => {
    start('a');
    await world.earn(0, 0, 1);
    await untilSettled(0, 1);
    await untilIdle();
    await world.anvil.dump();
    for (let member = 1; member < 6; member += 1) {
      await world.earn(member, 0, member);
      await untilSettled(member, member);
    }
    await restoreChain();
    for (let member = 0; member < 6; member += 1) await untilSettled(member, member || 1);
    await untilIdle();
    const { issued } = await world.store.totals.supply(world.program.id);
    expect(issued).toBe(16n * PER_ACTION);
  });

  it('hands over at once when it is stopped in order', async () => {
    const first = start('a');
    await world.earn(1, 0, 1);
    await untilSettled(1, 1);
    await first.stop();
    expect(await world.store.leases.acquire(`worker:${world.chain.chainId}`, 'b', 1)).toBe(true);
  });
});

describe('two workers', () => {
  it('end in the state that one would have reached', async () => {
    start('a');
    start('b');
    for (let member = 0; member < 20; member += 1) await world.earn(member, 0, member + 1);
    for (let member = 0; member < 20; member += 1) await untilSettled(member, member + 1);
    const { issued } = await world.store.totals.supply(world.program.id);
    expect(issued).toBe(210n * PER_ACTION);
  });

  it('take over from each other when the lease of the one that died is over', async () => {
    const name = `worker:${world.chain.chainId}`;
    expect(await world.store.leases.acquire(name, 'died', LEASE_TTL_MS)).toBe(true);
    start('b');
    await world.earn(1, 0, 3);
    expect(await world.store.leases.acquire(name, 'b', LEASE_TTL_MS)).toBe(false);
    await untilSettled(1, 3);
  });

  it('end in the same state even when both believe to hold the lease', async () => {
    // Different names: each holds a lease of its own.
    const both = [world.services(), world.services()];
    for (let member = 0; member < 20; member += 1) await world.earn(member, 0, member + 1);
    await Promise.all(
      both.map(async (services) => {
        for (let round = 0; round < 10; round += 1) {
          await world.settleAll(services).catch((error: unknown) => {
            // The one that lost a race says so, and does it again.
            expect(error).toMatchObject({ kind: 'RACE_LOST' });
          });
        }
      }),
    );
    await world.settleAll();
    for (let member = 0; member < 20; member += 1) {
      expect(await world.balances(member)).toEqual(points(member + 1));
    }
    const { issued } = await world.store.totals.supply(world.program.id);
    expect(issued).toBe(210n * PER_ACTION);
  });
});

describe('a worker whose database is away', () => {
  it('goes on when it is back', async () => {
    const own = await mkdtemp(join(tmpdir(), 'dewpoint-worker-database-'));
    const first = await startDatabase({ dir: own });
    await world.close();
    world = await startWorld({ database: first });
    start('a');
    await world.earn(1, 0, 1);
    await untilSettled(1, 1);
    first.kill();
    await first.exited;
    const port = Number(new URL(first.uri).port);
    const second = await startDatabase({ dir: own, port });
    await world.earn(1, 0, 2);
    await untilSettled(1, 2);
    await Promise.all(workers.map((worker) => worker.stop()));
    await world.store.close();
    await second.stop();
    await rm(own, { recursive: true, force: true });
  });
});
