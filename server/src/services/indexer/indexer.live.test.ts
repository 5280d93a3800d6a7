import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import type { CursorStore } from '../../ports/stores/indexer.ts';
import { PER_ACTION } from '../../testing/builders/program.ts';
import { dyingStore, type MortalParts } from '../../testing/deaths.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const supply = (): Promise<{ issued: bigint; burned: bigint }> =>
  harness.store.totals.supply(harness.program.id);

describe('what the reader has read', () => {
  it('is what the chain says: balances, supply, what is settled and the rule sets', async () => {
    await harness.earn(1, 0, 3);
    await harness.earn(2, 0, 4);
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await harness.balances(2)).toEqual({ chain: 4n * PER_ACTION, read: 4n * PER_ACTION });
    expect(await supply()).toEqual({ issued: 7n * PER_ACTION, burned: 0n });
    expect(await harness.statement(1, 0)).toMatchObject({
      settledPoints: 3n * PER_ACTION,
      due: false,
      settledAt: { blockNumber: expect.any(Number) as number },
    });
    const program = await harness.store.programs.find(harness.program.id);
    expect(program?.ruleSets).toMatchObject([{ version: 0, fromEpoch: 0, rules: [{ id: 1 }] }]);
  });

  it('adds nothing twice when a range is read again after a crash', async () => {
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    let crashes = 1;
    const cursors: CursorStore = {
      ...harness.store.cursors,
      save: async (cursor) => {
        if (crashes > 0) {
          crashes -= 1;
          throw new Error('the process died before it moved the cursor');
        }
        return harness.store.cursors.save(cursor);
      },
    };
    await harness.earn(1, 0, 5);
    const { settler, sender } = harness.process();
    await settler.step(harness.program);
    await sender.sign();
    await sender.send();
    await harness.mineWaiting();
    const crashing = harness.process({ store: { ...harness.store, cursors } });
    await expect(crashing.indexer.step()).rejects.toThrow('died');
    expect(await harness.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    await harness.settleAll(crashing);
    expect(await harness.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    expect(await supply()).toEqual({ issued: 5n * PER_ACTION, burned: 0n });
  });

  it('is undone and redone when blocks are replaced', async () => {
    const services = harness.process();
    await harness.earn(1, 0, 3);
    await harness.settleAll(services);
    const snapshot = await harness.rpc('evm_snapshot');
    await harness.earn(1, 0, 5);
    await harness.earn(2, 0, 1);
    await harness.settleAll(services);
    await harness.rpc('evm_revert', snapshot);
    // Other blocks at the same heights, without our transactions.
    await harness.rpc('anvil_mine', '0x5');
    await services.indexer.step();
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await harness.balances(2)).toEqual({ chain: 0n, read: 0n });
    expect(await harness.statement(1, 0)).toMatchObject({
      settledPoints: 3n * PER_ACTION,
      due: true,
    });
    expect(await harness.statement(2, 0)).toMatchObject({ settledAt: null, due: true });
    await harness.settleAll(services);
    expect(await harness.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    expect(await harness.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
    expect(await supply()).toEqual({ issued: 6n * PER_ACTION, burned: 0n });
  });

  it('comes right again when the process dies between any two writes of an undo', async () => {
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    for (let survived = 0; ; survived += 1) {
      const snapshot = await harness.rpc('evm_snapshot');
      const before = (await harness.balances(1)).chain;
      await harness.earn(1, 0, 4 + survived);
      await harness.settleAll();
      await harness.rpc('evm_revert', snapshot);
      const dying = harness.process(dyingStore(harness.store, survived, WRITES));
      const died = await dying.indexer.step().then(
        () => false,
        () => true,
      );
      await harness.process().indexer.step();
      expect((await harness.balances(1)).read).toBe(before);
      await harness.settleAll();
      const points = BigInt(4 + survived) * PER_ACTION;
      expect(await harness.balances(1)).toEqual({ chain: points, read: points });
      expect(await supply()).toEqual({ issued: points, burned: 0n });
      if (!died) break;
    }
  });

  it.each(['totals', 'statements'] as const)(
    'never misses points that were earned, when the database is away for the %s alone',
    async (part) => {
      const away = (): Promise<never> => Promise.reject(new Error('The database is away.'));
      const { store } = harness;
      const half =
        part === 'totals'
          ? { ...store, totals: { ...store.totals, apply: away, undo: away } }
          : { ...store, statements: { ...store.statements, saveSettled: away } };
      /** What a member is shown: its balance, and what is earned and not settled. */
      const shown = async (): Promise<bigint> => {
        const { points, settledPoints } = await harness.statement(1, 0);
        return (await harness.balances(1)).read + points - settledPoints;
      };
      const earned = 3n * PER_ACTION;
      await harness.earn(1, 0, 3);
      const snapshot = await harness.rpc('evm_snapshot');
      const { settler, sender } = harness.process();
      await settler.step(harness.program);
      await sender.sign();
      await sender.send();
      await harness.mineWaiting();
      await expect(harness.process({ store: half }).indexer.step()).rejects.toThrow('away');
      expect(await shown()).toBeGreaterThanOrEqual(earned);
      await harness.settleAll();
      expect(await shown()).toBe(earned);
      await harness.rpc('evm_revert', snapshot);
      await expect(harness.process({ store: half }).indexer.step()).rejects.toThrow('away');
      expect(await shown()).toBeGreaterThanOrEqual(earned);
      await harness.process().indexer.step();
      expect(await shown()).toBe(earned);
    },
  );

  it('includes a program that was registered long after its creation', async () => {
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    const { startsAtMs, epochLengthMs, settlementWindow, transferable } = harness.program;
    const other = await harness.deployment.createProgram({
      organisationId: harness.program.organisationId,
      name: 'Other',
      symbol: 'OTH',
      startsAtMs,
      epochLengthMs,
      settlementWindow,
      transferable,
      opening: [{ notBefore: 0, budgetPerEpoch: 5n, documentHash: NO_DOCUMENT, rules: [rule()] }],
    });
    await harness.process().indexer.step();
    await harness.rpc('anvil_mine', '0x300');
    await harness.store.programs.insert(other);
    await harness.settleAll();
    const read = await harness.store.programs.find(other.id);
    expect(read?.ruleSets).toMatchObject([{ version: 0, budgetPerEpoch: 5n }]);
    expect(read?.buybackTerms).toMatchObject([{ version: 0, fromRound: 0 }]);
  });

  it('says how old it is, and that it is stale while the chain does not answer', async () => {
    const services = harness.process();
    await services.indexer.step();
    const { blockNumber, stale } = await harness.store.totals.asOf(harness.chain.chainId);
    expect({ blockNumber, stale }).toEqual({
      blockNumber: Number(await harness.rpc('eth_blockNumber')),
      stale: false,
    });
    harness.anvil.kill();
    await harness.anvil.exited;
    await expect(services.indexer.step()).rejects.toThrow('No chain node answers');
    expect(await harness.store.totals.asOf(harness.chain.chainId)).toEqual({
      blockNumber,
      stale: true,
    });
  });
});

const rule = () => ({
  id: 9,
  perAction: 1n,
  perUnit: 0n,
  maxCount: 1n,
  maxPoints: 1n,
  untilEpoch: 1,
  name: 'nine',
  text: '',
});

/** What undoing writes. */
const WRITES: MortalParts = {
  transactions: ['reopenAbove'],
  totals: ['undo', 'apply'],
  statements: ['saveSettled'],
  chainEvents: ['deleteAbove', 'upsert'],
  cursors: ['take', 'save', 'noteAnswer'],
};
