import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  EPOCH_MS,
  PER_ACTION,
  RULES,
  STARTS_AT_MS,
  WINDOW,
  startTestDatabase,
  startWorld,
  type World,
} from '../../testing/settlingWorld.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  world = await startWorld({ database });
});
afterEach(() => world.close());

/** An address that is nobody's. */
const OTHER_KEY = `0x${'ab'.repeat(20)}`;
const from = () => world.keystore.signer.recorderAddress();
const transactions = async (): Promise<number> =>
  (await world.store.transactions.gasUsed(world.program.id)).transactions;
const points = (actions: number) => {
  const amount = BigInt(actions) * PER_ACTION;
  return { chain: amount, read: amount };
};

describe('what is handed in', () => {
  it('goes in batches of 100, all epochs of a member together', async () => {
    await world.turnTo(3);
    for (let member = 0; member < 75; member += 1) {
      await world.earn(member, 0, 1);
      await world.earn(member, 2, 1);
    }
    await world.settleAll();
    expect(await transactions()).toBe(2);
    for (const member of [0, 49, 50, 74]) expect(await world.balances(member)).toEqual(points(2));
  });

  it('waits until the chain has reached its epoch', async () => {
    await world.earn(1, 2, 1);
    await world.turnTo(1);
    await world.settleAll();
    expect(await transactions()).toBe(0);
    await world.turnTo(2);
    await world.settleAll();
    expect(await world.balances(1)).toEqual(points(1));
  });

  it('is nothing whose window has closed', async () => {
    await world.earn(1, 0, 1);
    await world.earn(2, 1, 1);
    await world.turnTo(WINDOW + 1);
    await world.settleAll();
    expect(await world.balances(1)).toEqual(points(0));
    expect(await world.balances(2)).toEqual(points(1));
    expect(await transactions()).toBe(1);
  });

  it('only costs gas a second time when two settlers race', async () => {
    for (let member = 0; member < 5; member += 1) await world.earn(member, 0, 2);
    const [a, b] = [world.services(), world.services()];
    await a.indexer.step();
    await Promise.all([a.settler.step(world.program), b.settler.step(world.program)]);
    await Promise.all([a.sender.sign(), b.sender.sign()]);
    await Promise.all([a.sender.send(), b.sender.send()]);
    await world.settleAll(b);
    for (let member = 0; member < 5; member += 1) {
      expect(await world.balances(member)).toEqual(points(2));
    }
    expect(await world.store.transactions.countOpen(world.chain.chainId, from())).toBe(0);
  });

  it('is split until it fits into a block', async () => {
    for (let member = 0; member < 40; member += 1) await world.earn(member, 0, 1);
    await world.rpc('evm_setBlockGasLimit', '0x7a120');
    await world.rpc('evm_mine');
    await world.settleAll();
    expect(await transactions()).toBeGreaterThan(2);
    for (const member of [0, 20, 39]) expect(await world.balances(member)).toEqual(points(1));
  });
});

describe('a recorder that was rotated', () => {
  it('sends nothing, and its statements are due as soon as it is the recorder again', async () => {
    await world.asOperator('rotateRecorder', OTHER_KEY);
    await world.turnTo(1);
    await world.earn(1, 0, 3);
    await world.settleAll();
    expect(await transactions()).toBe(0);
    expect(await world.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
    await world.asOperator('rotateRecorder', from());
    await world.turnTo(2);
    await world.settleAll();
    expect(await world.balances(1)).toEqual(points(3));
  });

  it('has its statements due again when a batch that was on its way reverts', async () => {
    const services = world.services();
    await world.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(world.program);
    await services.sender.sign();
    await world.asOperator('revokeRecorder', from(), OTHER_KEY);
    await services.sender.send();
    await world.settleAll(services);
    expect(await world.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
    expect(await world.store.transactions.openStatementIds(world.program.id)).toEqual(new Set());
    expect(await world.balances(1)).toEqual(points(0));
    expect(await transactions()).toBe(1);
  });
});

describe('a budget that is used up', () => {
  const budgetOf = async (actions: number): Promise<void> => {
    await world.close();
    const rules = { ...RULES, budgetPerEpoch: BigInt(actions) * PER_ACTION };
    world = await startWorld({ database, rules });
  };

  it('is completed in the next epochs of the clock, and nothing is sent in vain meanwhile', async () => {
    await budgetOf(5);
    for (let member = 0; member < 4; member += 1) await world.earn(member, 0, 3);
    const minted = async (): Promise<bigint> =>
      (await world.store.totals.supply(world.program.id)).issued / PER_ACTION;
    await world.settleAll();
    expect(await minted()).toBe(5n);
    const sent = await transactions();
    await world.settleAll();
    expect(await transactions()).toBe(sent);
    await world.turnTo(1);
    await world.settleAll();
    expect(await minted()).toBe(10n);
    await world.turnTo(2);
    await world.settleAll();
    expect(await minted()).toBe(12n);
    for (let member = 0; member < 4; member += 1) {
      expect(await world.balances(member)).toEqual(points(3));
      expect(await world.statement(member, 0)).toMatchObject({ due: false });
    }
  });

  it('makes a statement that was skipped for it wait for the next epoch of the clock', async () => {
    await budgetOf(3);
    const services = world.services();
    await services.indexer.step();
    // Two batches that do not know of each other: the budget is there for the first only.
    await world.earn(1, 0, 3);
    await services.settler.step(world.program);
    await world.earn(2, 0, 3);
    await services.settler.step(world.program);
    await world.settleAll(services);
    expect(await world.statement(2, 0)).toMatchObject({
      settledAt: null,
      skipped: { reason: 'BudgetUsedUp' },
      due: true,
      settleAfterMs: STARTS_AT_MS + EPOCH_MS,
    });
    await world.turnTo(1);
    await world.settleAll(services);
    expect(await world.balances(2)).toEqual(points(3));
    expect(await world.statement(2, 0)).toMatchObject({ skipped: null, due: false });
  });
});
