import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  HOUR_MS,
  STARTS_AT_MS,
  WINDOW,
  type RecordingWorld,
} from '../../testing/recordingWorld.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;

let world: RecordingWorld;
beforeAll(async () => {
  world = await createRecordingWorld();
});
beforeEach(() => world.clock.set(NOON_MS));
afterAll(() => world.close());

const dueNow = (): Promise<string[]> =>
  world.store.statements
    .findDue({
      programId: world.program.id,
      nowMs: world.clock.time.nowMs,
      minEpoch: 0,
      maxEpoch: 100,
      limit: 10,
      excludeIds: new Set(),
    })
    .then((due) => due.map(({ id }) => id));

describe('collecting drops', () => {
  it('has all that the member earned handed in now, oldest epoch first, and wakes the worker', async () => {
    await world.recordActions.record(world.program, [
      action(),
      action({ eventId: 'held', rule: 'album', maturesAtMs: NOON_MS + 3 * DAY_MS }),
    ]);
    world.clock.set(NOON_MS + DAY_MS);
    await world.recordActions.record(world.program, [
      action({ eventId: 'next', rule: 'album', count: 2, occurredAtMs: NOON_MS + DAY_MS }),
    ]);
    const wakes = world.wakes();
    // No worker has aggregated anything yet: drops are of the log itself.
    const { drops } = await world.drops.collect(world.program, 'ann');
    const nowMs = NOON_MS + DAY_MS;
    const windowMs = (WINDOW + 1) * DAY_MS;
    expect(drops).toEqual([
      {
        epoch: 0,
        points: 2_234n,
        maturing: 500n,
        settleAfterMs: STARTS_AT_MS + DAY_MS + 6 * HOUR_MS,
        closesAtMs: STARTS_AT_MS + windowMs,
      },
      {
        epoch: 1,
        points: 1_000n,
        maturing: 0n,
        settleAfterMs: nowMs,
        closesAtMs: STARTS_AT_MS + DAY_MS + windowMs,
      },
    ]);
    const member = await world.members.find(world.program, 'ann');
    expect(await dueNow()).toEqual([`${member?.id}:0`, `${member?.id}:1`]);
    expect(world.wakes()).toBe(wakes + 1);
  });

  it('finds what a crash between an insert and its mark has left behind', async () => {
    const { store, program } = world;
    await world.recordActions.record(program, [action({ memberId: 'lost', eventId: 'first' })]);
    await world.aggregateAll();
    const insert = async (
      ...[entries]: Parameters<typeof store.actionLog.insert>
    ): Promise<never> => {
      await world.aggregateAll();
      await store.actionLog.insert(entries);
      throw new Error('The process died.');
    };
    const dying = world.process({
      ...store,
      actionLog: { ...store.actionLog, insert } as typeof store.actionLog,
    });
    await expect(
      dying.recordActions.record(program, [action({ memberId: 'lost' })]),
    ).rejects.toThrow();
    await world.aggregateAll();
    expect((await world.statement('lost', 0))?.points).toBe(2_234n);
    expect((await world.drops.collect(program, 'lost')).drops).toMatchObject([{ points: 4_468n }]);
  });

  it('gives nothing for a member without drops, wakes nobody, and refuses a stranger', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await world.recordActions.record(world.program, [action({ memberId: 'wait', maturesAtMs })]);
    const wakes = world.wakes();
    expect((await world.drops.collect(world.program, 'wait')).drops).toMatchObject([
      { points: 0n, maturing: 2_234n },
    ]);
    expect(world.wakes()).toBe(wakes);
    await expect(world.drops.collect(world.program, 'stranger')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      field: 'memberId',
    });
  });

  it('shows nothing whose window has closed, or that is settled', async () => {
    await world.recordActions.record(world.program, [action({ memberId: 'old' })]);
    const member = await world.members.find(world.program, 'old');
    if (member === null) throw new Error('No member.');
    const [drop] = await world.drops.dropsOf(world.program, member);
    expect(drop?.points).toBe(2_234n);
    const statement = await world.statement('old', 0);
    if (statement === null) throw new Error('No statement.');
    await world.store.statements.saveSettled(world.program.id, [
      {
        id: statement.id,
        settledLines: statement.lines,
        settledPoints: 2_000n,
        settledAt: { blockNumber: 1, logIndex: 0, transactionHash: '0x01' },
        skipped: null,
        notBeforeMs: null,
      },
    ]);
    expect(await world.drops.dropsOf(world.program, member)).toMatchObject([{ points: 234n }]);
    world.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    expect(await world.drops.dropsOf(world.program, member)).toEqual([]);
  });
});
