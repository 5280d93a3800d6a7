import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TransactionRequest } from '../../ports/chain/submitter.ts';
import { connectStore } from '../../store/connect.ts';
import { SENDING_STEPS, submitAndDie } from '../../testing/actingCrashes.ts';
import { accepted, startActingWorld, type ActingWorld } from '../../testing/actingWorld.ts';
import { startTestDatabase } from '../../testing/settlingWorld.ts';

/** A dozen transactions one after the other, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 120_000;

let database: Database;
let acting: ActingWorld;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  acting = await startActingWorld(database);
});
afterEach(() => acting.close());

const DAY_MS = 86_400_000;

const addItem = (key: string | null = 'item'): TransactionRequest => {
  const item = { price: 300n, stock: 5, text: 'Tea' };
  return acting.operatorAct('itemAdd', acting.calls.addItem(acting.program, item), key);
};
const items = async (): Promise<number> => Number((await acting.view.catalogue('itemCount'))[0]);

describe('an act of the operator', { timeout: SLOW_TIMEOUT_MS }, () => {
  it('is done once, whichever call to the database a process dies at', async () => {
    await submitAndDie(acting, addItem());
    await acting.drive();
    expect(await items()).toBe(1);
  });

  it.each(SENDING_STEPS.map(([name], index) => [name, index] as const))(
    'is done once when the process dies after the step "%s"',
    async (_name, index) => {
      const first = accepted(await acting.process().submitter.submit(addItem()));
      for (const [, run] of SENDING_STEPS.slice(0, index + 1)) await run(acting);
      const again = accepted(await acting.process().submitter.submit(addItem()));
      expect(again.id).toBe(first.id);
      await acting.drive();
      expect(await items()).toBe(1);
      const { submitter: other } = acting.process();
      expect(await other.wait(first.id, 0)).toMatchObject({ status: 'MINED' });
    },
  );

  it('is the same one for two processes that get the same key at the same time', async () => {
    const stores = await Promise.all([1, 2].map(() => connectStore(acting.world.databaseUri)));
    const submissions = await Promise.all(
      stores.map((store) => acting.process({ store }).submitter.submit(addItem())),
    );
    const [first, second] = submissions.map((submission) => accepted(submission).id);
    expect(second).toBe(first);
    await acting.drive();
    expect(await items()).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('has no effect under a key that stands for something else, for a day', async () => {
    let wallMs = Date.now();
    const process = acting.process({ wallNowMs: () => wallMs });
    accepted(await process.submitter.submit(addItem('k')));
    const item = { price: 1n, stock: 1, text: 'Cup' };
    const other = acting.operatorAct('itemAdd', acting.calls.addItem(acting.program, item), 'k');
    expect(await process.submitter.submit(other)).toEqual({ kind: 'KEY_REUSED' });
    await acting.drive();
    wallMs += DAY_MS + 1;
    accepted(await process.submitter.submit(other));
    await acting.drive();
    expect(await items()).toBe(2);
  });

  it('is refused with the name and the arguments of the reason, and nothing is sent', async () => {
    const item = { price: 0n, stock: 1, text: 'Free' };
    const call = acting.calls.addItem(acting.program, item);
    const submission = await acting.process().submitter.submit(acting.operatorAct('itemAdd', call));
    expect(submission).toMatchObject({
      kind: 'REFUSED',
      revert: { name: 'ItemOutOfBounds', args: { field: 'price', lowest: 1n } },
    });
    const operator = acting.world.keystore.signer.addressOf('operator');
    const { chainId } = acting.world.chain;
    expect(await acting.world.store.transactions.highestNonce(chainId, operator)).toBeNull();
  });

  it('is done again on a chain that lost its block', async () => {
    const snapshot = await acting.world.rpc('evm_snapshot');
    const { id, status } = await acting.done(addItem());
    expect(status).toBe('MINED');
    await acting.world.rpc('evm_revert', snapshot);
    expect(await items()).toBe(0);
    await acting.drive();
    expect(await items()).toBe(1);
    expect(await acting.process().submitter.wait(id, 0)).toMatchObject({ status: 'MINED' });
  });
});
