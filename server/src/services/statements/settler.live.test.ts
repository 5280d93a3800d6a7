import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PER_ACTION, PRICE, RULES, WINDOW } from '../../testing/builders/program.ts';
import { pointsCall } from '../../testing/chain.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

/** An address that is nobody's. */
const OTHER_KEY = `0x${'ab'.repeat(20)}`;
const from = () => harness.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
const recorder = () => harness.keystore.signer.recorderAddress(harness.program.recorderLabel);
const transactions = async (): Promise<number> =>
  (await harness.store.transactions.gasUsed(harness.program.id)).transactions;
const asOperator = (name: string, ...values: unknown[]): Promise<void> =>
  harness.sendAs(harness.operator, pointsCall(harness.program, name, ...values));
const points = (actions: number) => {
  const amount = BigInt(actions) * PER_ACTION;
  return { chain: amount, read: amount };
};

describe('what is handed in', () => {
  it('goes in batches of 100, all epochs of a member together', async () => {
    await harness.turnTo(3);
    for (let member = 0; member < 75; member += 1) {
      await harness.earn(member, 0, 1);
      await harness.earn(member, 2, 1);
    }
    await harness.settleAll();
    expect(await transactions()).toBe(2);
    for (const member of [0, 49, 50, 74]) expect(await harness.balances(member)).toEqual(points(2));
  });

  it('waits until the chain has reached its epoch', async () => {
    await harness.earn(1, 2, 1);
    await harness.turnTo(1);
    await harness.settleAll();
    expect(await transactions()).toBe(0);
    await harness.turnTo(2);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual(points(1));
  });

  it('is nothing whose window has closed', async () => {
    await harness.earn(1, 0, 1);
    await harness.earn(2, 1, 1);
    await harness.turnTo(WINDOW + 1);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual(points(0));
    expect(await harness.balances(2)).toEqual(points(1));
    expect(await transactions()).toBe(1);
  });

  it('only costs gas a second time when two settlers race', async () => {
    for (let member = 0; member < 5; member += 1) await harness.earn(member, 0, 2);
    const [a, b] = [harness.process(), harness.process()];
    await a.indexer.step();
    await Promise.all([a.settler.step(harness.program), b.settler.step(harness.program)]);
    await Promise.all([a.sender.sign(), b.sender.sign()]);
    await Promise.all([a.sender.send(), b.sender.send()]);
    await harness.settleAll(b);
    for (let member = 0; member < 5; member += 1) {
      expect(await harness.balances(member)).toEqual(points(2));
    }
    expect(await harness.store.transactions.countOpen(harness.chain.chainId, from())).toBe(0);
  });

  it('is split until it fits into a block', async () => {
    for (let member = 0; member < 40; member += 1) await harness.earn(member, 0, 1);
    await harness.rpc('evm_setBlockGasLimit', '0x7a120');
    await harness.rpc('evm_mine');
    await harness.settleAll();
    expect(await transactions()).toBeGreaterThan(2);
    for (const member of [0, 20, 39]) expect(await harness.balances(member)).toEqual(points(1));
  });
});

describe('a recorder that was rotated', () => {
  it('sends nothing, and its statements are due as soon as it is the recorder again', async () => {
    await asOperator('rotateRecorder', OTHER_KEY);
    await harness.turnTo(1);
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    expect(await transactions()).toBe(0);
    expect(await harness.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
    await asOperator('rotateRecorder', recorder());
    await harness.turnTo(2);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual(points(3));
  });

  it('has its statements due again when a batch that was on its way reverts', async () => {
    const services = harness.process();
    await harness.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(harness.program);
    await services.sender.sign();
    await asOperator('revokeRecorder', recorder(), OTHER_KEY);
    await services.sender.send();
    await harness.settleAll(services);
    expect(await harness.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
    expect(await harness.store.transactions.openStatementIds(harness.program.id)).toEqual(
      new Set(),
    );
    expect(await harness.balances(1)).toEqual(points(0));
    expect(await transactions()).toBe(1);
  });
});

describe('a budget that is used up', () => {
  const budgetOf = async (actions: number): Promise<void> => {
    await harness.close();
    const rules = { ...RULES, budgetPerEpoch: BigInt(actions) * PER_ACTION };
    harness = await startHarness({ settings: { opening: [rules] } });
  };

  it('is completed in the next epochs of the clock, and nothing is sent in vain meanwhile', async () => {
    await budgetOf(5);
    for (let member = 0; member < 4; member += 1) await harness.earn(member, 0, 3);
    const minted = async (): Promise<bigint> =>
      (await harness.store.totals.supply(harness.program.id)).issued / PER_ACTION;
    await harness.settleAll();
    expect(await minted()).toBe(5n);
    const sent = await transactions();
    await harness.settleAll();
    expect(await transactions()).toBe(sent);
    await harness.turnTo(1);
    await harness.settleAll();
    expect(await minted()).toBe(10n);
    await harness.turnTo(2);
    await harness.settleAll();
    expect(await minted()).toBe(12n);
    for (let member = 0; member < 4; member += 1) {
      expect(await harness.balances(member)).toEqual(points(3));
      expect(await harness.statement(member, 0)).toMatchObject({ due: false });
    }
  });

  it('makes a statement that was skipped for it wait for the next epoch of the clock', async () => {
    await budgetOf(3);
    const services = harness.process();
    await services.indexer.step();
    // Two batches that do not know of each other: the budget is there for the first only.
    await harness.earn(1, 0, 3);
    await services.settler.step(harness.program);
    await harness.earn(2, 0, 3);
    await services.settler.step(harness.program);
    await harness.settleAll(services);
    expect(await harness.statement(2, 0)).toMatchObject({
      settledAt: null,
      skipped: { reason: 'BudgetUsedUp' },
      due: true,
      settleAfterMs: STARTS_AT_MS + DAY_MS,
    });
    await harness.turnTo(1);
    await harness.settleAll(services);
    expect(await harness.balances(2)).toEqual(points(3));
    expect(await harness.statement(2, 0)).toMatchObject({ skipped: null, due: false });
  });
});

describe('a reserve that backs no more points', () => {
  /** Money that an action's points are bought back for: ten points at half a token each. */
  const ACTION_MONEY = (PER_ACTION * PRICE) / 100n;

  it('has nothing sent in vain, and what waits is minted once there is money', async () => {
    await harness.close();
    const rules = { ...RULES, budgetPerEpoch: 100n * PER_ACTION };
    harness = await startHarness({ settings: { opening: [rules], backed: true } });
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    expect(await transactions()).toBe(0);
    expect(await harness.statement(1, 0)).toMatchObject({ due: true, skipped: null });
    await harness.deposit(2n * ACTION_MONEY);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual(points(2));
    const sent = await transactions();
    await harness.settleAll();
    expect(await transactions()).toBe(sent);
    await harness.deposit(ACTION_MONEY);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual(points(3));
  });
});
