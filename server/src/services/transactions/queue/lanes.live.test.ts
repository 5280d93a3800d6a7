import { afterEach, describe, expect, it } from 'vitest';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError } from '../../../domain/errors.ts';
import { PER_ACTION } from '../../../testing/builders/program.ts';
import { accepted } from '../../../testing/builders/request.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';
import { operatorOf, type WriteRequest, type Written } from '../contractWriter.ts';

/** Hundreds of statements, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 600_000;
/** More than two batches for each of two lanes. */
const MEMBERS = Array.from({ length: 450 }, (_none, member) => member);
/** An account that is nobody's. */
const STRANGER: Address = `0x${'ab'.repeat(20)}`;

const harnesses: Harness[] = [];
const start = async (lanes: number): Promise<Harness> => {
  const harness = await startHarness({ lanes });
  harnesses.push(harness);
  return harness;
};
afterEach(async () => {
  await Promise.all(harnesses.splice(0).map((harness) => harness.close()));
});

const laneOf = ({ keystore }: Harness, lane: number): Address =>
  keystore.signer.addressOf({ role: 'RELAYER', lane });
const items = async ({ view }: Harness): Promise<number> =>
  Number((await view.catalogue('itemCount'))[0]);

const allEarn = (harness: Harness, countOf: (member: number) => number): Promise<void> =>
  harness.earnEach(MEMBERS, 0, countOf);

/** What statements of many members come to, by member, and how many transactions each lane sent for that. */
async function settledBy(lanes: number): Promise<{ balances: bigint[]; sent: number[] }> {
  const harness = await start(lanes);
  const { gateway } = harness.chain;
  const nonces = (): Promise<number[]> =>
    Promise.all(
      Array.from({ length: lanes }, (_none, n) => gateway.minedNonce(laneOf(harness, n))),
    );
  const before = await nonces();
  await allEarn(harness, (member) => 1 + (member % 7));
  await harness.settleAll();
  const after = await nonces();
  const balances = await Promise.all(
    MEMBERS.map(async (member) => {
      const { chain, read } = await harness.balances(member);
      expect(read).toBe(chain);
      return chain;
    }),
  );
  return { balances, sent: after.map((nonce, lane) => nonce - (before[lane] ?? 0)) };
}

describe('several lanes', { timeout: SLOW_TIMEOUT_MS }, () => {
  it('settle beside each other, and to the same end as one', async () => {
    const [one, two] = [await settledBy(1), await settledBy(2)];
    expect(two.balances).toEqual(one.balances);
    expect(two.balances[6]).toBe(7n * PER_ACTION);
    expect(one.sent).toEqual([5]);
    expect(two.sent[0]).toBeGreaterThan(0);
    expect(two.sent[1]).toBeGreaterThan(0);
    expect((two.sent[0] ?? 0) + (two.sent[1] ?? 0)).toBe(5);
  });

  it('are still sent for when fewer are in use', async () => {
    const harness = await start(2);
    await allEarn(harness, () => 1);
    const { indexer, settler } = harness.process();
    await indexer.step();
    await settler.step(harness.program);
    expect(await harness.store.transactions.listSending(harness.chain.chainId)).toHaveLength(2);
    await harness.settleAll(harness.process({ lanes: 1 }));
    expect(await harness.store.transactions.listSending(harness.chain.chainId)).toEqual([]);
    expect((await harness.balances(MEMBERS.length - 1)).chain).toBe(PER_ACTION);
  });
});

describe('requests of the operator', { timeout: SLOW_TIMEOUT_MS }, () => {
  const item = { price: 300n, stock: 5, text: 'Tea' };
  const write = (harness: Harness, kind: string, key: string, data: Hex): Promise<Written> => {
    const { program } = harness;
    const request: WriteRequest = { kind, program, idempotencyKey: key };
    return harness
      .process()
      .writer.write(request, operatorOf(request.program), { to: program.catalogue, data });
  };
  const addItem = (harness: Harness, key: string): Promise<Written> =>
    write(harness, 'itemAdd', key, harness.calls.addItem(harness.program, item).data);
  const cancel = (harness: Harness, key: string): Promise<Written> => {
    const { data } = harness.calls.cancelItemWithdrawal(harness.program, 1);
    return write(harness, 'itemCancel', key, data);
  };
  /** Sends what is queued until all of these are over. */
  const driven = async <T>(harness: Harness, acts: readonly Promise<T>[]) => {
    let over = false;
    const settled = Promise.allSettled(acts).finally(() => (over = true));
    while (!over) await harness.drive();
    return settled;
  };
  const prepareWithdrawal = async (harness: Harness): Promise<void> => {
    const { calls, program } = harness;
    await harness.done(harness.byOperator('itemAdd', calls.addItem(program, item)));
    await harness.done(harness.byOperator('itemWithdraw', calls.withdrawItem(program, 1)));
  };
  /** Of three requests in a row the second finds nothing to do, and the third comes behind it. */
  const breakLine = async (harness: Harness): Promise<void> => {
    await prepareWithdrawal(harness);
    const acts: Promise<Written>[] = [];
    const queued = (): Promise<number> =>
      harness.store.transactions.countOpen(harness.chain.chainId, laneOf(harness, 0));
    for (const act of [
      () => cancel(harness, 'first'),
      () => cancel(harness, 'second'),
      () => addItem(harness, 'third'),
    ]) {
      acts.push(act());
      await expect.poll(queued).toBe(acts.length);
    }
    const [first, second, third] = await driven(harness, acts);
    expect(first).toMatchObject({
      status: 'fulfilled',
      value: { transaction: { status: 'MINED' } },
    });
    expect(second).toMatchObject({ reason: { refusals: [{ code: 'NO_WITHDRAWAL_SCHEDULED' }] } });
    expect(third?.status === 'rejected' && third.reason).toBeInstanceOf(ServiceError);
    expect(third).toMatchObject({ reason: { code: 'BUSY' } });
  };

  it('go by one lane, however many there are, so that they are carried out in their order', async () => {
    const harness = await start(4);
    const { submitter } = harness.process();
    const { calls, program } = harness;
    const ids = await Promise.all(
      Array.from({ length: 12 }, async (_none, n) => {
        const add = harness.byOperator('itemAdd', calls.addItem(program, item), `item-${n}`);
        return accepted(await submitter.submit(add)).id;
      }),
    );
    expect(new Set(ids.map((id) => id.split(':')[1])).size).toBe(1);
    await harness.drive();
    expect(await items(harness)).toBe(12);
  });

  it('that come behind one that reverts are done once, when they are made again', async () => {
    const harness = await start(1);
    await breakLine(harness);
    expect(await items(harness)).toBe(1);
    const [again] = await driven(harness, [addItem(harness, 'third')]);
    expect(again).toMatchObject({
      status: 'fulfilled',
      value: { transaction: { status: 'MINED' } },
    });
    expect(await items(harness)).toBe(2);
    const [once] = await driven(harness, [addItem(harness, 'third')]);
    expect(once).toEqual(again);
    expect(await items(harness)).toBe(2);
  });

  it('are done once, also when a stranger sends the one again that came too early', async () => {
    const harness = await start(1);
    await breakLine(harness);
    const { store, chain } = harness;
    const highest = await store.transactions.highestNonce(chain.chainId, laneOf(harness, 0));
    const third = await store.transactions.find(
      `${chain.chainId}:${laneOf(harness, 0)}:${highest}`,
    );
    if (third?.call.kind !== 'call') throw new Error('nothing was sent');
    const act = addItem(harness, 'third');
    // The request in between is done first, and then the stranger is faster than the lane.
    await expect
      .poll(() => store.transactions.countOpen(chain.chainId, laneOf(harness, 0)))
      .toBe(2);
    const { sender, indexer } = harness.process();
    await sender.sign();
    const [between] = await store.transactions.listOpen(chain.chainId, laneOf(harness, 0), 1);
    await chain.gateway.broadcast(between?.attempts.at(-1)?.raw ?? '0x');
    await harness.mineWaiting();
    await harness.sendAs(STRANGER, third.call);
    await indexer.step();
    const [overtaken] = await driven(harness, [act]);
    expect(overtaken).toMatchObject({ status: 'rejected', reason: { code: 'BUSY' } });
    const [told] = await driven(harness, [addItem(harness, 'third')]);
    expect(told).toMatchObject({ status: 'rejected' });
    expect(told?.status === 'rejected' && String(told.reason)).toContain('was carried out');
    expect(await items(harness)).toBe(2);
  });
});
