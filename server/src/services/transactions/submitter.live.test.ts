import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransactionRequest } from '../../ports/chain/submitter.ts';
import { connectStore } from '../../store/connect.ts';
import { SENDING_STEPS, submitAndDie } from '../../testing/deaths.ts';
import { accepted } from '../../testing/builders/request.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

/** A dozen transactions one after the other, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 120_000;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const addItem = (key: string | null = 'item'): TransactionRequest => {
  const item = { price: 300n, stock: 5, text: 'Tea' };
  return harness.byOperator('itemAdd', harness.calls.addItem(harness.program, item), key);
};
const items = async (): Promise<number> => Number((await harness.view.catalogue('itemCount'))[0]);

describe('an act of the operator', { timeout: SLOW_TIMEOUT_MS }, () => {
  it('is done once, whichever call to the database a process dies at', async () => {
    await submitAndDie(harness, addItem());
    await harness.drive();
    expect(await items()).toBe(1);
  });

  it.each(SENDING_STEPS.map(([name], index) => [name, index] as const))(
    'is done once when the process dies after the step "%s"',
    async (_name, index) => {
      const first = accepted(await harness.process().submitter.submit(addItem()));
      for (const [, run] of SENDING_STEPS.slice(0, index + 1)) await run(harness);
      const again = accepted(await harness.process().submitter.submit(addItem()));
      expect(again.id).toBe(first.id);
      await harness.drive();
      expect(await items()).toBe(1);
      const { submitter: other } = harness.process();
      expect(await other.wait(first.id, 0)).toMatchObject({ status: 'MINED' });
    },
  );

  it('is the same one for two processes that get the same key at the same time', async () => {
    const stores = await Promise.all([1, 2].map(() => connectStore(harness.databaseUri)));
    const submissions = await Promise.all(
      stores.map((store) => harness.process({ store }).submitter.submit(addItem())),
    );
    const [first, second] = submissions.map((submission) => accepted(submission).id);
    expect(second).toBe(first);
    await harness.drive();
    expect(await items()).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('finds a nonce among 40 at the same time, of one process and of several', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => connectStore(harness.databaseUri)));
    const processes = stores.map((store) => harness.process({ store }));
    const submissions = await Promise.all(
      Array.from({ length: 40 }, (_none, index) =>
        (processes[index % 3] ?? harness.process()).submitter.submit(addItem(`item-${index}`)),
      ),
    );
    const ids = submissions.map((submission) => accepted(submission).id);
    expect(new Set(ids).size).toBe(40);
    const operator = harness.keystore.signer.addressOf('operator');
    const open = await harness.store.transactions.listOpen(harness.chain.chainId, operator, 100);
    const nonces = open.map(({ nonce }) => nonce);
    expect(Math.max(...nonces) - Math.min(...nonces)).toBe(39);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('has no effect under a key that stands for something else, for a day', async () => {
    let wallMs = Date.now();
    const process = harness.process({ wallNowMs: () => wallMs });
    accepted(await process.submitter.submit(addItem('k')));
    const item = { price: 1n, stock: 1, text: 'Cup' };
    const other = harness.byOperator('itemAdd', harness.calls.addItem(harness.program, item), 'k');
    expect(await process.submitter.submit(other)).toEqual({ kind: 'KEY_REUSED' });
    await harness.drive();
    wallMs += DAY_MS + 1;
    accepted(await process.submitter.submit(other));
    await harness.drive();
    expect(await items()).toBe(2);
  });

  it('is refused with the name and the arguments of the reason, and nothing is sent', async () => {
    const item = { price: 0n, stock: 1, text: 'Free' };
    const call = harness.calls.addItem(harness.program, item);
    const submission = await harness
      .process()
      .submitter.submit(harness.byOperator('itemAdd', call));
    expect(submission).toMatchObject({
      kind: 'REFUSED',
      revert: { name: 'ItemOutOfBounds', args: { field: 'price', lowest: 1n } },
    });
    const operator = harness.keystore.signer.addressOf('operator');
    const { chainId } = harness.chain;
    expect(await harness.store.transactions.highestNonce(chainId, operator)).toBeNull();
  });

  it('is done again on a chain that lost its block', async () => {
    const snapshot = await harness.rpc('evm_snapshot');
    const { id, status } = await harness.done(addItem());
    expect(status).toBe('MINED');
    await harness.rpc('evm_revert', snapshot);
    expect(await items()).toBe(0);
    await harness.drive();
    expect(await items()).toBe(1);
    expect(await harness.process().submitter.wait(id, 0)).toMatchObject({ status: 'MINED' });
  });
});
