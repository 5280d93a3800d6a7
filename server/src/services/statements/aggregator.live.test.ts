import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  STARTS_AT_MS,
  WINDOW,
  type RecordingWorld,
} from '../../testing/recordingWorld.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const MATURES_AT_MS = NOON_MS + 2 * DAY_MS;

let world: RecordingWorld;
beforeAll(async () => {
  world = await createRecordingWorld();
});
beforeEach(() => world.clock.set(NOON_MS));
afterAll(() => world.close());

const of = async (memberId: string, epoch = 0): Promise<StatementRecord | null> => {
  await world.aggregateAll();
  return world.statement(memberId, epoch);
};

describe('aggregating', () => {
  it('counts an action when it matures, without anybody touching its log', async () => {
    const held = action({ memberId: 'held', eventId: 'b', maturesAtMs: MATURES_AT_MS });
    await world.recordActions.record(world.program, [action({ memberId: 'held' }), held]);
    expect(await of('held')).toMatchObject({
      points: 2_234n,
      expectedPoints: 4_468n,
      nextMaturesAtMs: MATURES_AT_MS,
    });
    world.clock.set(MATURES_AT_MS - 1);
    expect((await of('held'))?.points).toBe(2_234n);
    world.clock.set(MATURES_AT_MS);
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
    await world.recordActions.record(world.program, inputs);
    world.clock.set(NOON_MS + DAY_MS);
    expect((await of('stale'))?.points).toBe(2_234n);
    // The head is behind what was counted already, and the clock on the wall is ahead.
    world.clock.time = {
      ...world.clock.time,
      nowMs: NOON_MS + 3 * DAY_MS,
      headMs: NOON_MS + DAY_MS - 1,
      fresh: false,
    };
    await world.store.statements.markEpochs(world.program.id, 0, 0);
    expect((await of('stale'))?.points).toBe(2_234n);
  });

  it('aggregates every statement again after recording closes and once before the window does', async () => {
    const epoch = 20;
    const startMs = STARTS_AT_MS + epoch * DAY_MS;
    world.clock.set(startMs + HOUR_MS);
    const input = action({ memberId: 'sweep', occurredAtMs: startMs });
    await world.recordActions.record(world.program, [input]);
    await world.aggregator.sweep(world.program);
    expect(await of('sweep', epoch)).toMatchObject({ marks: 2, seen: 2 });
    const closesMs = startMs + DAY_MS + 6 * HOUR_MS;
    const marksAt = async (nowMs: number): Promise<number | undefined> => {
      world.clock.set(nowMs);
      await world.aggregator.sweep(world.program);
      await world.aggregator.sweep(world.program);
      return (await of('sweep', epoch))?.marks;
    };
    expect(await marksAt(closesMs)).toBe(2);
    expect(await marksAt(closesMs + 10 * MINUTE_MS)).toBe(3);
    expect(await marksAt(startMs + (WINDOW - 2) * DAY_MS - 1)).toBe(3);
    expect(await marksAt(startMs + (WINDOW - 2) * DAY_MS)).toBe(4);
    expect(await marksAt(startMs + 3_650 * DAY_MS)).toBe(4);
  });

  it('sweeps what a gap of years jumped over', async () => {
    const fresh = await createRecordingWorld();
    try {
      await fresh.recordActions.record(fresh.program, [action()]);
      await fresh.aggregateAll();
      fresh.clock.set(STARTS_AT_MS + 3_650 * DAY_MS);
      await fresh.aggregator.sweep(fresh.program);
      expect(await fresh.statement('ann', 0)).toMatchObject({ seen: 2, marks: 4 });
    } finally {
      await fresh.close();
    }
  });

  it('does the oldest epochs first and says how many it worked off', async () => {
    const fresh = await createRecordingWorld();
    try {
      const inputs = Array.from({ length: 300 }, (_, index) =>
        action({ memberId: `m${index}`, eventId: 'e', rule: 'album' }),
      );
      await fresh.recordActions.record(fresh.program, inputs);
      expect(await fresh.aggregator.step(fresh.program)).toBe(300);
      expect(await fresh.aggregator.step(fresh.program)).toBe(0);
      expect((await fresh.statement('m299', 0))?.points).toBe(500n);
    } finally {
      await fresh.close();
    }
  });

  it('by two workers at once ends like that of one', async () => {
    const other = world.process(world.store).aggregator;
    const inputs = Array.from({ length: 50 }, (_, index) =>
      action({ memberId: `two-${index}`, eventId: 'e' }),
    );
    const recordActions = world.recordActions.record(world.program, inputs);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([world.aggregator.step(world.program), other.step(world.program)]);
    }
    await recordActions;
    await Promise.all([world.aggregateAll(), other.step(world.program)]);
    for (let index = 0; index < 50; index += 7) {
      expect((await of(`two-${index}`))?.points).toBe(2_234n);
    }
  });
});
