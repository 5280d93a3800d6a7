import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Program } from '../../domain/program.ts';
import type { ChainReader } from '../../ports/chain/chain.ts';
import { PER_ACTION, createProgramOn } from '../../testing/builders/program.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
let other: Program;
beforeEach(async () => {
  harness = await startHarness();
  other = await createProgramOn(harness, { name: 'Other' });
  await harness.store.programs.insert(other);
  await harness.drive();
});
afterEach(() => harness.close());

/** A process that can make no sense of the batches of the harness's own program: mints are for no statement. */
const confused = (wallNowMs: () => number = Date.now): ServerProcess => {
  const { reader } = harness.chain;
  const logs: ChainReader['logs'] = async (args) =>
    (await reader.logs(args)).filter(
      ({ points, event }) => points !== harness.program.address || event.kind !== 'BatchSettled',
    );
  return harness.process({ chain: { ...harness.chain, reader: { ...reader, logs } }, wallNowMs });
};
/** A statement of the harness's own program that is settled and not read. */
const settleUnread = async (actions: number): Promise<void> => {
  const { settler, sender } = harness.process();
  await harness.earn(1, 0, actions);
  await settler.step(harness.program);
  await sender.sign();
  await sender.send();
  await harness.mineWaiting();
};
const addItem = (text: string): Promise<void> =>
  harness.sendAs(harness.operator, harness.calls.addItem(other, { price: 300n, stock: 1, text }));
const itemsRead = async (): Promise<number> =>
  (await harness.store.catalogue.findItem(other.id, 2)) === null
    ? Number((await harness.store.catalogue.findItem(other.id, 1)) !== null)
    : 2;

describe('a program whose events make no sense', () => {
  it('stops no other one, and is read from there on once they do', async () => {
    await settleUnread(3);
    await addItem('Tea');
    const process = confused();
    expect(await process.indexer.step()).toMatchObject({
      ...{ atHead: true, haltedIds: [harness.program.id] },
    });
    expect(await itemsRead()).toBe(1);
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 0n });
    await addItem('Cake');
    await process.indexer.step();
    expect(await itemsRead()).toBe(2);
    // A process that starts now knows better.
    expect(await harness.process().indexer.step()).toMatchObject({ haltedIds: [] });
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await harness.store.totals.supply(harness.program.id)).toMatchObject({
      issued: 3n * PER_ACTION,
    });
    await harness.drive();
    await settleUnread(5);
    await harness.drive();
    expect((await harness.balances(1)).read).toBe(5n * PER_ACTION);
  });

  it('is tried again after a while, and stays marked in between, for every process', async () => {
    await settleUnread(3);
    let wallMs = Date.now();
    const process = confused(() => wallMs);
    await process.indexer.step();
    process.indexer.release();
    await harness.rpc('evm_mine');
    expect((await process.indexer.step()).haltedIds).toEqual([harness.program.id]);
    expect((await confused().indexer.step()).haltedIds).toEqual([harness.program.id]);
    wallMs += 600_000;
    process.indexer.release();
    expect((await process.indexer.step()).haltedIds).toEqual([harness.program.id]);
    expect((await harness.balances(1)).read).toBe(0n);
  });

  it('is read right after the chain has lost blocks from before where it stopped', async () => {
    await harness.earn(2, 0, 1);
    await harness.settleAll();
    const snapshot = await harness.rpc('evm_snapshot');
    await harness.earn(2, 0, 2);
    await harness.settleAll();
    await settleUnread(3);
    await confused().indexer.step();
    await harness.rpc('evm_revert', snapshot);
    await harness.rpc('anvil_mine', '0x8');
    await confused().indexer.step();
    expect(await harness.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
    // What the chain lost is sent again once it is overdue.
    await harness.settleAll(harness.process({ wallNowMs: () => Date.now() + 60_000 }));
    expect(await harness.balances(2)).toEqual({ chain: 2n * PER_ACTION, read: 2n * PER_ACTION });
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
  });
});
