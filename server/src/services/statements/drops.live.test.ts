import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { DropPart } from './drops.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

const dueNow = (): Promise<string[]> =>
  recording.store.statements
    .findDue({
      programId: recording.program.id,
      nowMs: recording.clock.time.nowMs,
      minEpoch: 0,
      maxEpoch: 100,
      limit: 10,
      excludeIds: new Set(),
    })
    .then((due) => due.map(({ id }) => id));

const part = (name: string, rest: Partial<DropPart>): unknown => ({
  rule: expect.objectContaining({ name }) as unknown,
  ruleSetVersion: 0,
  points: 0n,
  maturing: 0n,
  ...rest,
});

describe('collecting drops', () => {
  it('has all that the member earned handed in now, oldest epoch first, and wakes the worker', async () => {
    await recording.recordActions.record(recording.program, [
      action(),
      action({ eventId: 'held', rule: 'album', maturesAtMs: NOON_MS + 3 * DAY_MS }),
    ]);
    recording.clock.set(NOON_MS + DAY_MS);
    await recording.recordActions.record(recording.program, [
      action({ eventId: 'next', rule: 'album', count: 2, occurredAtMs: NOON_MS + DAY_MS }),
    ]);
    const wakes = recording.wakes();
    // No worker has aggregated anything yet: drops are of the log itself.
    const { drops } = await recording.drops.collect(recording.program, 'ann');
    const nowMs = NOON_MS + DAY_MS;
    const windowMs = (WINDOW + 1) * DAY_MS;
    const member = await recording.members.find(recording.program, 'ann');
    expect(drops).toEqual([
      {
        epoch: 0,
        account: member?.account,
        points: 2_234n,
        maturing: 500n,
        settleAfterMs: STARTS_AT_MS + DAY_MS + 6 * HOUR_MS,
        closesAtMs: STARTS_AT_MS + windowMs,
        parts: [
          part('purchase', { count: 1n, amount: 1_234n, points: 2_234n }),
          part('album', { count: 1n, amount: 1_234n, maturing: 500n }),
        ],
        heldBack: null,
        // Its epoch was settled by itself already.
        askedAtMs: null,
      },
      {
        epoch: 1,
        account: member?.account,
        points: 1_000n,
        maturing: 0n,
        settleAfterMs: nowMs,
        closesAtMs: STARTS_AT_MS + DAY_MS + windowMs,
        parts: [part('album', { count: 2n, amount: 1_234n, points: 1_000n })],
        heldBack: null,
        askedAtMs: nowMs,
      },
    ]);
    expect(await dueNow()).toEqual([`${member?.id}:0`, `${member?.id}:1`]);
    expect(recording.wakes()).toBe(wakes + 1);
  });

  it('finds what a process that died right after the insert has left behind', async () => {
    const { store, program } = recording;
    await recording.recordActions.record(program, [action({ memberId: 'lost', eventId: 'first' })]);
    await recording.aggregateAll();
    const insert = async (
      ...[entries]: Parameters<typeof store.actionLog.insert>
    ): Promise<never> => {
      await recording.aggregateAll();
      await store.actionLog.insert(entries);
      throw new Error('The process died.');
    };
    const dying = recording.process({
      store: {
        ...store,
        actionLog: { ...store.actionLog, insert } as typeof store.actionLog,
      },
    });
    await expect(
      dying.recordActions.record(program, [action({ memberId: 'lost' })]),
    ).rejects.toThrow();
    // No worker has found it yet.
    expect((await recording.statementOf('lost', 0))?.points).toBe(2_234n);
    expect((await recording.drops.collect(program, 'lost')).drops).toMatchObject([
      { points: 4_468n },
    ]);
  });

  it('gives nothing for a member without drops, wakes nobody, and refuses a stranger', async () => {
    const maturesAtMs = NOON_MS + DAY_MS;
    await recording.recordActions.record(recording.program, [
      action({ memberId: 'wait', maturesAtMs }),
    ]);
    const wakes = recording.wakes();
    expect((await recording.drops.collect(recording.program, 'wait')).drops).toMatchObject([
      { points: 0n, maturing: 2_234n },
    ]);
    expect(recording.wakes()).toBe(wakes);
    await expect(recording.drops.collect(recording.program, 'stranger')).rejects.toMatchObject({
      refusals: [{ code: 'NOT_FOUND', field: 'memberId' }],
    });
  });

  it('shows nothing whose window has closed, or that is settled', async () => {
    await recording.recordActions.record(recording.program, [action({ memberId: 'old' })]);
    const member = await recording.members.find(recording.program, 'old');
    if (member === null) throw new Error('No member.');
    const [drop] = await recording.drops.dropsOf(recording.program, member);
    expect(drop?.points).toBe(2_234n);
    const statement = await recording.statementOf('old', 0);
    if (statement === null) throw new Error('No statement.');
    await recording.store.statements.saveSettled(recording.program.id, [
      {
        id: statement.id,
        settledLines: statement.lines,
        settledPoints: 2_000n,
        settledAt: { blockNumber: 1, logIndex: 0, transactionHash: '0x01' },
        skipped: null,
        notBeforeMs: null,
      },
    ]);
    expect(await recording.drops.dropsOf(recording.program, member)).toMatchObject([
      { points: 234n },
    ]);
    recording.clock.set(STARTS_AT_MS + (WINDOW + 1) * DAY_MS);
    expect(await recording.drops.dropsOf(recording.program, member)).toEqual([]);
  });
});
