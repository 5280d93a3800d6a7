import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  PER_ACTION,
  startTestDatabase,
  startWorld,
  type World,
} from '../../testing/settlingWorld.ts';
import type { CursorStore } from '../../ports/stores/indexer.ts';

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

const supply = (): Promise<{ issued: bigint; burned: bigint }> =>
  world.store.totals.supply(world.program.id);

describe('what the reader has read', () => {
  it('is what the chain says: balances, supply, what is settled and the rule sets', async () => {
    await world.earn(1, 0, 3);
    await world.earn(2, 0, 4);
    await world.settleAll();
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await world.balances(2)).toEqual({ chain: 4n * PER_ACTION, read: 4n * PER_ACTION });
    expect(await supply()).toEqual({ issued: 7n * PER_ACTION, burned: 0n });
    expect(await world.statement(1, 0)).toMatchObject({
      settledPoints: 3n * PER_ACTION,
      due: false,
      settledAt: { blockNumber: expect.any(Number) as number },
    });
    const program = await world.store.programs.find(world.program.id);
    expect(program?.ruleSets).toMatchObject([{ version: 0, fromEpoch: 0, rules: [{ id: 1 }] }]);
  });

  it('adds nothing twice when a range is read again after a crash', async () => {
    await world.earn(1, 0, 3);
    await world.settleAll();
    let crashes = 1;
    const cursors: CursorStore = {
      ...world.store.cursors,
      save: async (cursor) => {
        if (crashes > 0) {
          crashes -= 1;
          throw new Error('the process died before it moved the cursor');
        }
        return world.store.cursors.save(cursor);
      },
    };
    await world.earn(1, 0, 5);
    const { settler, sender } = world.services();
    await settler.step(world.program);
    await sender.sign();
    await sender.send();
    const crashing = world.services({ store: { ...world.store, cursors } });
    await expect(crashing.indexer.step()).rejects.toThrow('died');
    expect(await world.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    await world.settleAll(crashing);
    expect(await world.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    expect(await supply()).toEqual({ issued: 5n * PER_ACTION, burned: 0n });
  });

  it('is undone and redone when blocks are replaced', async () => {
    const services = world.services();
    await world.earn(1, 0, 3);
    await world.settleAll(services);
    const snapshot = await world.rpc('evm_snapshot');
    await world.earn(1, 0, 5);
    await world.earn(2, 0, 1);
    await world.settleAll(services);
    await world.rpc('evm_revert', snapshot);
    // Other blocks at the same heights, without our transactions.
    await world.rpc('anvil_mine', '0x5');
    await services.indexer.step();
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await world.balances(2)).toEqual({ chain: 0n, read: 0n });
    expect(await world.statement(1, 0)).toMatchObject({
      settledPoints: 3n * PER_ACTION,
      due: true,
    });
    expect(await world.statement(2, 0)).toMatchObject({ settledAt: null, due: true });
    await world.settleAll(services);
    expect(await world.balances(1)).toEqual({ chain: 5n * PER_ACTION, read: 5n * PER_ACTION });
    expect(await world.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
    expect(await supply()).toEqual({ issued: 6n * PER_ACTION, burned: 0n });
  });

  it('comes right again when the process dies between any two writes of an undo', async () => {
    await world.earn(1, 0, 3);
    await world.settleAll();
    for (let survived = 0; ; survived += 1) {
      const snapshot = await world.rpc('evm_snapshot');
      const before = (await world.balances(1)).chain;
      await world.earn(1, 0, 4 + survived);
      await world.settleAll();
      await world.rpc('evm_revert', snapshot);
      const dying = world.services({ store: dyingAfter(survived) });
      const died = await dying.indexer.step().then(
        () => false,
        () => true,
      );
      await world.services().indexer.step();
      expect((await world.balances(1)).read).toBe(before);
      await world.settleAll();
      const points = BigInt(4 + survived) * PER_ACTION;
      expect(await world.balances(1)).toEqual({ chain: points, read: points });
      expect(await supply()).toEqual({ issued: points, burned: 0n });
      if (!died) break;
    }
  });

  it('includes a program that was registered long after its creation', async () => {
    await world.earn(1, 0, 3);
    await world.settleAll();
    const recorder = world.keystore.signer.recorderAddress();
    const { startsAtMs, epochLengthMs, settlementWindow, transferable } = world.program;
    const other = await world.deployment.createProgram({
      name: 'Other',
      symbol: 'OTH',
      startsAtMs,
      epochLengthMs,
      settlementWindow,
      transferable,
      opening: [{ notBefore: 0, budgetPerEpoch: 5n, rules: [rule()] }],
      recorder,
    });
    await world.services().indexer.step();
    await world.rpc('anvil_mine', '0x300');
    await world.store.programs.insert(other);
    await world.settleAll();
    const read = await world.store.programs.find(other.id);
    expect(read?.ruleSets).toMatchObject([{ version: 0, budgetPerEpoch: 5n }]);
    expect(read?.buybackTerms).toMatchObject([{ version: 0, fromRound: 0 }]);
  });

  it('says how old it is, and that it is stale while the chain does not answer', async () => {
    const services = world.services();
    await services.indexer.step();
    const { blockNumber, stale } = await world.store.totals.asOf(world.chain.chainId);
    expect({ blockNumber, stale }).toEqual({
      blockNumber: Number(await world.rpc('eth_blockNumber')),
      stale: false,
    });
    world.anvil.kill();
    await world.anvil.exited;
    await expect(services.indexer.step()).rejects.toThrow('No chain node answers');
    expect(await world.store.totals.asOf(world.chain.chainId)).toEqual({
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

/** The store of a process that dies at its n-th write while it undoes. */
function dyingAfter(writes: number): World['store'] {
  let left = writes;
  const { store } = world;
  const mortal = <T extends object>(part: T, names: readonly string[]): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || !names.includes(String(name))) return value;
        return (...args: unknown[]): unknown => {
          left -= 1;
          if (left < 0) return Promise.reject(new Error('the process died'));
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  return {
    ...store,
    transactions: mortal(store.transactions, ['reopenAbove']),
    totals: mortal(store.totals, ['undo', 'apply']),
    statements: mortal(store.statements, ['saveSettled']),
    chainEvents: mortal(store.chainEvents, ['deleteAbove', 'upsert']),
    cursors: mortal(store.cursors, ['take', 'save', 'noteAnswer']),
  };
}
