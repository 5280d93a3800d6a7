import { operatorOf } from './contractWriter.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_SEND_POLICY } from '../../domain/transactions/transaction.ts';
import type { TransactionRequest } from '../../ports/chain/submitter.ts';
import { connectStore } from '../../store/connect.ts';
import { SENDING_STEPS, submitAndDie } from '../../testing/deaths.ts';
import { accepted } from '../../testing/builders/request.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

const lane = () => harness.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
const forwarderNonce = (): Promise<bigint> =>
  harness.chain.forwarding.nonceOf(harness.program.forwarder, harness.operator);

let harness: Harness;
/** Next nonce of the operator at the forwarder, through which the program was created. */
let firstRequest: number;
beforeEach(async () => {
  harness = await startHarness();
  firstRequest = Number(await forwarderNonce());
});
afterEach(() => harness.close());

const addItem = (key: string | null = 'item'): TransactionRequest => {
  const item = { price: 300n, stock: 5, text: 'Tea' };
  return harness.byOperator('itemAdd', harness.calls.addItem(harness.program, item), key);
};
const items = async (): Promise<number> => Number((await harness.view.catalogue('itemCount'))[0]);

describe('an act of the operator', () => {
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
    const open = await harness.store.transactions.listOpen(harness.chain.chainId, lane(), 100);
    const nonces = open.map(({ nonce }) => nonce);
    expect(Math.max(...nonces) - Math.min(...nonces)).toBe(39);
    // And one at the forwarder each, in the same order.
    expect(open.map(({ forwardNonce }) => Number(forwardNonce) - firstRequest)).toEqual(
      nonces.map((_nonce, index) => index),
    );
    await harness.drive();
    expect(await items()).toBe(40);
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
    const { chainId } = harness.chain;
    expect(await harness.store.transactions.highestNonce(chainId, lane())).toBeNull();
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

describe('an act of the operator that reverted', () => {
  const cancel = (key: string): TransactionRequest =>
    harness.byOperator('itemCancel', harness.calls.cancelItemWithdrawal(harness.program, 1), key);
  const scheduleWithdrawal = async (): Promise<void> => {
    const call = harness.calls.withdrawItem(harness.program, 1);
    await harness.done(harness.byOperator('itemWithdraw', call));
  };
  /** Two of the same, of which the second finds nothing to do any more. @returns the id of the second */
  const revertOne = async (driven = harness.process()): Promise<string> => {
    await harness.done(addItem(null));
    await scheduleWithdrawal();
    const { submitter } = harness.process();
    accepted(await submitter.submit(cancel('first')));
    const { id } = accepted(await submitter.submit(cancel('second')));
    await harness.drive(driven);
    return id;
  };

  it('says why', async () => {
    const id = await revertOne();
    expect(await harness.process().submitter.wait(id, 0)).toMatchObject({
      status: 'REVERTED',
      failure: { revert: { name: 'NoWithdrawalScheduled', args: { item: 1n } } },
    });
  });

  it('is refused as it stands now, and is tried again once it can be done', async () => {
    const id = await revertOne();
    expect(await harness.process().submitter.submit(cancel('second'))).toMatchObject({
      kind: 'REFUSED',
      revert: { name: 'NoWithdrawalScheduled' },
    });
    await scheduleWithdrawal();
    const again = await harness.done(cancel('second'));
    expect(again).toMatchObject({ status: 'MINED' });
    expect(again.id).not.toBe(id);
    // Done is done: the key stands for it from now on.
    await scheduleWithdrawal();
    const { submitter } = harness.process();
    expect(accepted(await submitter.submit(cancel('second'))).id).toBe(again.id);
    const named = {
      program: harness.program,
      actor: operatorOf(harness.program),
      idempotencyKey: 'second',
    };
    expect(await submitter.findByKey(named as TransactionRequest)).toMatchObject({ id: again.id });
  });

  it('is tried again once, whichever call to the database a process dies at', async () => {
    const id = await revertOne();
    await scheduleWithdrawal();
    await submitAndDie(harness, cancel('second'));
    const stores = await Promise.all([1, 2].map(() => connectStore(harness.databaseUri)));
    const ids = await Promise.all(
      stores.map(async (store) =>
        accepted(await harness.process({ store }).submitter.submit(cancel('second'))),
      ),
    );
    expect(ids[0]?.id).toBe(ids[1]?.id);
    expect(ids[0]?.id).not.toBe(id);
    await harness.drive();
    const { gateway, chainId } = harness.chain;
    const highest = await harness.store.transactions.highestNonce(chainId, lane());
    expect(await gateway.minedNonce(lane())).toBe((highest ?? 0) + 1);
    expect(ids[0]?.id).toBe(`${chainId}:${lane()}:${highest}`);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is tried again once by two processes at the same time', async () => {
    await revertOne();
    await scheduleWithdrawal();
    const stores = await Promise.all([1, 2].map(() => connectStore(harness.databaseUri)));
    const submissions = await Promise.all(
      stores.map((store) => harness.process({ store }).submitter.submit(cancel('second'))),
    );
    const [first, second] = submissions.map((submission) => accepted(submission).id);
    expect(second).toBe(first);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is not tried again before its block is final, as that may go away', async () => {
    const policy = { ...LOCAL_SEND_POLICY, confirmations: 4 };
    const id = await revertOne(harness.process({ policy }));
    const { submitter } = harness.process();
    const call = harness.calls.withdrawItem(harness.program, 1);
    accepted(await submitter.submit(harness.byOperator('itemWithdraw', call)));
    await harness.drive(harness.process({ policy }));
    expect(accepted(await submitter.submit(cancel('second')))).toMatchObject({ id });
    await harness.rpc('anvil_mine', '0x4');
    await harness.drive(harness.process({ policy }));
    expect(accepted(await submitter.submit(cancel('second'))).id).not.toBe(id);
  });

  it('does nothing ever after, whatever blocks the chain loses', async () => {
    await harness.done(addItem(null));
    await scheduleWithdrawal();
    const snapshot = await harness.rpc('evm_snapshot');
    const { submitter } = harness.process();
    accepted(await submitter.submit(cancel('first')));
    const { id } = accepted(await submitter.submit(cancel('second')));
    await harness.drive();
    await scheduleWithdrawal();
    await harness.done(cancel('second'));
    await harness.rpc('evm_revert', snapshot);
    await harness.drive();
    expect(await harness.process().submitter.wait(id, 0)).toMatchObject({ status: 'DROPPED' });
  });
});
