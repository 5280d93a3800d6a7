import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import { action } from '../../testing/builders/action.ts';
import { WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const MATURES_AT_MS = NOON_MS + 2 * DAY_MS;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

const of = async (memberId: string, epoch = 0): Promise<StatementRecord | null> => {
  await recording.aggregateAll();
  return recording.statementOf(memberId, epoch);
};

describe('aggregating', () => {
  it('counts an action when it matures, without anybody touching its log', async () => {
    const held = action({ memberId: 'held', eventId: 'b', maturesAtMs: MATURES_AT_MS });
    await recording.recordActions.record(recording.program, [action({ memberId: 'held' }), held]);
    expect(await of('held')).toMatchObject({
      points: 2_234n,
      expectedPoints: 4_468n,
      nextMaturesAtMs: MATURES_AT_MS,
    });
    recording.clock.set(MATURES_AT_MS - 1);
    expect((await of('held'))?.points).toBe(2_234n);
    recording.clock.set(MATURES_AT_MS);
    expect(await of('held')).toMatchObject({
      points: 4_468n,
      expectedPoints: 4_468n,
      nextMaturesAtMs: null,
    });
  });

  it('counts nothing newly matured while the head is old, and takes nothing back', async () => {
    const inputs = [1, 2].map((day) =>
      action({ memberId: 'stale', eventId: `${day}`, maturesAtMs: NOON_MS + day * DAY_MS }),
    );
    await recording.recordActions.record(recording.program, inputs);
    recording.clock.set(NOON_MS + DAY_MS);
    expect((await of('stale'))?.points).toBe(2_234n);
    // The head is behind what was counted already, and the clock on the wall is ahead.
    recording.clock.time = {
      ...recording.clock.time,
      nowMs: NOON_MS + 3 * DAY_MS,
      headMs: NOON_MS + DAY_MS - 1,
      fresh: false,
    };
    await recording.store.statements.markEpochs(recording.program.id, 0, 0);
    expect((await of('stale'))?.points).toBe(2_234n);
  });

  it('aggregates every statement again after recording closes and once before the window does', async () => {
    const epoch = 20;
    const startMs = STARTS_AT_MS + epoch * DAY_MS;
    recording.clock.set(startMs + HOUR_MS);
    const input = action({ memberId: 'sweep', occurredAtMs: startMs });
    await recording.recordActions.record(recording.program, [input]);
    await recording.aggregator.sweep(recording.program);
    expect(await of('sweep', epoch)).toMatchObject({ marks: 2, seen: 2 });
    const closesMs = startMs + DAY_MS + 6 * HOUR_MS;
    const marksAt = async (nowMs: number): Promise<number | undefined> => {
      recording.clock.set(nowMs);
      await recording.aggregator.sweep(recording.program);
      await recording.aggregator.sweep(recording.program);
      return (await of('sweep', epoch))?.marks;
    };
    expect(await marksAt(closesMs)).toBe(2);
    expect(await marksAt(closesMs + 10 * MINUTE_MS)).toBe(3);
    expect(await marksAt(startMs + (WINDOW - 2) * DAY_MS - 1)).toBe(3);
    expect(await marksAt(startMs + (WINDOW - 2) * DAY_MS)).toBe(4);
    expect(await marksAt(startMs + 3_650 * DAY_MS)).toBe(4);
  });

  it('sweeps what a gap of years jumped over', async () => {
    const fresh = await startRecording();
    try {
      await fresh.recordActions.record(fresh.program, [action()]);
      await fresh.aggregateAll();
      fresh.clock.set(STARTS_AT_MS + 3_650 * DAY_MS);
      await fresh.aggregator.sweep(fresh.program);
      expect(await fresh.statementOf('ann', 0)).toMatchObject({ seen: 2, marks: 4 });
    } finally {
      await fresh.close();
    }
  });

  it('does the oldest epochs first and says how many it worked off', async () => {
    const fresh = await startRecording();
    try {
      const inputs = Array.from({ length: 300 }, (_, index) =>
        action({ memberId: `m${index}`, eventId: 'e', rule: 'album' }),
      );
      await fresh.recordActions.record(fresh.program, inputs);
      expect(await fresh.aggregator.step(fresh.program)).toBe(300);
      expect(await fresh.aggregator.step(fresh.program)).toBe(0);
      expect((await fresh.statementOf('m299', 0))?.points).toBe(500n);
    } finally {
      await fresh.close();
    }
  });

  it('by two workers at once ends like that of one', async () => {
    const other = recording.process().aggregator;
    const inputs = Array.from({ length: 50 }, (_, index) =>
      action({ memberId: `two-${index}`, eventId: 'e' }),
    );
    const recordActions = recording.recordActions.record(recording.program, inputs);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        recording.aggregator.step(recording.program),
        other.step(recording.program),
      ]);
    }
    await recordActions;
    await Promise.all([recording.aggregateAll(), other.step(recording.program)]);
    for (let index = 0; index < 50; index += 7) {
      expect((await of(`two-${index}`))?.points).toBe(2_234n);
    }
  });
});
