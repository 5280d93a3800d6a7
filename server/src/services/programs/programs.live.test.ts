import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
afterAll(() => recording.close());

describe('programs', () => {
  it('come back as they were registered, numbers beyond 2^53 to the last digit', async () => {
    const { id, ...contract } = recording.program;
    expect(id).toMatch(/^prg_\d+_[0-9a-f]{40}$/);
    const stored = await recording.process().programs.get(id);
    expect(stored).toEqual({ id, ...contract });
    expect(stored?.ruleSets[0]?.budgetPerEpoch).toBe(2n ** 96n - 1n);
    expect(await recording.programs.get('prg_unknown')).toBeNull();
  });

  it('are registered once for a contract, whatever is told about it later', async () => {
    const { id, ...contract } = recording.program;
    const again = await recording.process().programs.register({ ...contract, name: 'X' });
    expect(again).toEqual({ id, ...contract });
    expect(await recording.programs.list()).toHaveLength(1);
  });

  it('show a new rule set, as the reader stores it, within a second', async () => {
    const [first] = recording.program.ruleSets;
    if (first === undefined) throw new Error('No rule set.');
    const next = { ...first, version: 1, fromEpoch: 5 };
    await recording.store.programs.saveRuleSets(recording.program.id, [first, next]);
    await expect
      .poll(async () => (await recording.programs.get(recording.program.id))?.ruleSets)
      .toEqual([first, next]);
  });

  it('show their first rule set at once, so that nothing is recorded under rules that others do not see', async () => {
    const { id: _, ...contract } = recording.program;
    const address = `0x${'12'.repeat(20)}` as const;
    const added = await recording.programs.register({ ...contract, address, ruleSets: [] });
    expect((await recording.programs.get(added.id))?.ruleSets).toEqual([]);
    await recording.store.programs.saveRuleSets(added.id, contract.ruleSets);
    expect((await recording.programs.get(added.id))?.ruleSets).toHaveLength(
      contract.ruleSets.length,
    );
  });

  it('record what is reported before their rules are read, once they are', async () => {
    const { id: _, ...contract } = recording.program;
    const address = `0x${'13'.repeat(20)}` as const;
    const added = await recording.programs.register({ ...contract, address, ruleSets: [] });
    recording.clock.set(STARTS_AT_MS + 12 * HOUR_MS);
    const early = recording.recordActions.record(added, [action()]);
    await recording.store.programs.saveRuleSets(added.id, contract.ruleSets);
    expect(await early).toMatchObject([{ status: 'RECORDED' }]);
  });

  it('say how far settling is', async () => {
    recording.clock.set(STARTS_AT_MS + 12 * HOUR_MS);
    await recording.recordActions.record(recording.program, [action()]);
    recording.clock.set(STARTS_AT_MS + 2 * DAY_MS);
    const open = { open: 1, oldestOpenEpoch: 0, currentEpoch: 2 };
    expect(await recording.settlementProgress(recording.program)).toEqual(open);
    await recording.aggregateAll();
    expect(await recording.settlementProgress(recording.program)).toEqual(open);
    recording.clock.set(STARTS_AT_MS + 100 * DAY_MS);
    expect(await recording.settlementProgress(recording.program)).toEqual({
      open: 0,
      oldestOpenEpoch: null,
      currentEpoch: 100,
    });
  });
});
