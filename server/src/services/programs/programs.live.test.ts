import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  HOUR_MS,
  STARTS_AT_MS,
  type RecordingWorld,
} from '../../testing/recordingWorld.ts';

let world: RecordingWorld;
beforeAll(async () => {
  world = await createRecordingWorld();
});
afterAll(() => world.close());

describe('programs', () => {
  it('come back as they were registered, numbers beyond 2^53 to the last digit', async () => {
    const { id, ...contract } = world.program;
    expect(id).toMatch(/^prg_\d+_[0-9a-f]{40}$/);
    const stored = await world.process(world.store).programs.get(id);
    expect(stored).toEqual({ id, ...contract });
    expect(stored?.ruleSets[0]?.budgetPerEpoch).toBe(2n ** 96n - 1n);
    expect(await world.programs.get('prg_unknown')).toBeNull();
  });

  it('are registered once for a contract, whatever is told about it later', async () => {
    const { id, ...contract } = world.program;
    const again = await world.process(world.store).programs.register({ ...contract, name: 'X' });
    expect(again).toEqual({ id, ...contract });
    expect(await world.programs.list()).toHaveLength(1);
  });

  it('show a new rule set, as the reader stores it, within a second', async () => {
    const [first] = world.program.ruleSets;
    if (first === undefined) throw new Error('No rule set.');
    const next = { ...first, version: 1, fromEpoch: 5 };
    await world.store.programs.saveRuleSets(world.program.id, [first, next]);
    await expect
      .poll(async () => (await world.programs.get(world.program.id))?.ruleSets, { timeout: 15_000 })
      .toEqual([first, next]);
  });

  it('show their first rule set at once, so that nothing is recorded under rules that others do not see', async () => {
    const { id: _, ...contract } = world.program;
    const address = `0x${'12'.repeat(20)}` as const;
    const added = await world.programs.register({ ...contract, address, ruleSets: [] });
    expect((await world.programs.get(added.id))?.ruleSets).toEqual([]);
    await world.store.programs.saveRuleSets(added.id, contract.ruleSets);
    expect((await world.programs.get(added.id))?.ruleSets).toHaveLength(contract.ruleSets.length);
  });

  it('say how far settling is', async () => {
    world.clock.set(STARTS_AT_MS + 12 * HOUR_MS);
    await world.recordActions.record(world.program, [action()]);
    world.clock.set(STARTS_AT_MS + 2 * DAY_MS);
    const open = { open: 1, oldestOpenEpoch: 0, currentEpoch: 2 };
    expect(await world.programs.settlementProgress(world.program)).toEqual(open);
    await world.aggregateAll();
    expect(await world.programs.settlementProgress(world.program)).toEqual(open);
    world.clock.set(STARTS_AT_MS + 100 * DAY_MS);
    expect(await world.programs.settlementProgress(world.program)).toEqual({
      open: 0,
      oldestOpenEpoch: null,
      currentEpoch: 100,
    });
  });
});
