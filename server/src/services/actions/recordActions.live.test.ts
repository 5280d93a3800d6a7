import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActionInput } from '../../domain/actions/actionRules.ts';
import { action } from '../../testing/builders/action.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import { createRecordActions, type RecordResult } from './recordActions.ts';

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const record = (...inputs: ActionInput[]): Promise<RecordResult[]> =>
  recording.recordActions.record(recording.program, inputs);
const statuses = (results: readonly RecordResult[]): string[] =>
  results.map((result) => (result.status === 'REJECTED' ? result.refusal.code : result.status));

describe('recording', () => {
  it('answers each item in input order, and a bad one never fails the rest', async () => {
    const results = await record(
      action({ memberId: 'order', eventId: 'a' }),
      action({ memberId: 'order', eventId: 'b', count: 0 }),
      action({ memberId: 'order', eventId: 'c', rule: 'dance' }),
      action({ memberId: 'order', eventId: 'd' }),
    );
    expect(results.map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c', 'd']);
    expect(statuses(results)).toEqual(['RECORDED', 'OUT_OF_RANGE', 'UNKNOWN_RULE', 'RECORDED']);
    await recording.aggregateAll();
    expect((await recording.statementOf('order', 0))?.points).toBe(2_000n + 2_468n);
  });

  it('answers a repeat DUPLICATE and another action under the same eventId EVENT_ID_REUSED', async () => {
    const first = action({ memberId: 'repeat' });
    expect(statuses(await record(first))).toEqual(['RECORDED']);
    expect(statuses(await record(first))).toEqual(['DUPLICATE']);
    const others: Partial<ActionInput>[] = [
      { amount: 1235 },
      { count: 2 },
      { rule: 'album' },
      { occurredAtMs: NOON_MS - 1 },
      { maturesAtMs: NOON_MS + DAY_MS },
      { actor: 'support' },
      { reason: 'goodwill' },
    ];
    for (const other of others) {
      expect(statuses(await record({ ...first, ...other }))).toEqual(['EVENT_ID_REUSED']);
    }
  });

  it('records one of two equal items in one call, and the first of two unequal ones', async () => {
    const twice = action({ memberId: 'twice', eventId: 'same' });
    expect(statuses(await record(twice, twice))).toEqual(['RECORDED', 'DUPLICATE']);
    const unequal = action({ memberId: 'twice', eventId: 'unequal' });
    expect(statuses(await record(unequal, { ...unequal, amount: 1 }))).toEqual([
      'RECORDED',
      'EVENT_ID_REUSED',
    ]);
  });

  it('records an eventId once, however many callers and processes race for it', async () => {
    const other = recording.process();
    const calls = Array.from({ length: 20 }, (_, index) => {
      const { recordActions } = index % 2 === 0 ? recording : other;
      return recordActions.record(recording.program, [
        action({ memberId: 'race', eventId: 'one' }),
        action({ memberId: `race-${index}`, eventId: 'one' }),
      ]);
    });
    const results = (await Promise.all(calls)).flat();
    const ofRace = results.filter(({ memberId }) => memberId === 'race');
    expect(statuses(ofRace).toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => 'DUPLICATE'),
      'RECORDED',
    ]);
    await recording.aggregateAll();
    expect((await recording.statementOf('race', 0))?.points).toBe(2_234n);
  });

  it('keeps one member for one external id, however many create it at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        recording
          .process()
          .recordActions.record(recording.program, [
            action({ memberId: 'new', eventId: `e${index}` }),
          ]),
      ),
    );
    await recording.aggregateAll();
    expect((await recording.statementOf('new', 0))?.lines).toBe('0x010000000a0000000000003034');
  });

  it('takes amounts to the cent up to 10^15', async () => {
    await record(action({ memberId: 'rich', amount: 1e15 - 1, eventId: 'a' }));
    await record(action({ memberId: 'rich', amount: 1e15, eventId: 'b' }));
    await recording.aggregateAll();
    const sum = (2n * 10n ** 15n - 1n).toString(16).padStart(16, '0');
    expect((await recording.statementOf('rich', 0))?.lines).toBe(`0x0100000002${sum}`);
  });

  it('judges again by the present time before it refuses anything as ahead of the clock', async () => {
    const now = STARTS_AT_MS + 3 * DAY_MS;
    recording.clock.set(now);
    // The time kept for recording is from before the clock was moved on.
    const behind = { ...recording.clock.time, nowMs: NOON_MS };
    const clock = { now: () => recording.clock.now(), recent: () => Promise.resolve(behind) };
    const { recordActions } = recording.process({ chain: { ...recording.chain, clock } });
    const results = await recordActions.record(recording.program, [
      action({ memberId: 'moved', eventId: 'now', occurredAtMs: now }),
      action({ memberId: 'moved', eventId: 'ahead', occurredAtMs: now + HOUR_MS }),
    ]);
    expect(statuses(results)).toEqual(['RECORDED', 'IN_FUTURE']);
  });

  it('refuses what is ahead of the clock, before the start, and past the grace period', async () => {
    const now = STARTS_AT_MS + 3 * DAY_MS;
    recording.clock.set(now);
    const at = (occurredAtMs: number, eventId: string): ActionInput =>
      action({ memberId: 'time', eventId, occurredAtMs });
    expect(
      statuses(
        await record(
          at(now + 5 * MINUTE_MS, 'ahead-just'),
          at(now + 5 * MINUTE_MS + 1, 'ahead'),
          at(STARTS_AT_MS - 1, 'before'),
          at(now - DAY_MS, 'yesterday'),
          at(now - DAY_MS - 1, 'day-before'),
        ),
      ),
    ).toEqual(['RECORDED', 'IN_FUTURE', 'BEFORE_START', 'RECORDED', 'EPOCH_CLOSED']);
    recording.clock.set(now + 6 * HOUR_MS - 1);
    expect(statuses(await record(at(now - 1, 'grace')))).toEqual(['RECORDED']);
    recording.clock.set(now + 6 * HOUR_MS);
    const [late] = await record(at(now - 1, 'late'));
    expect(late).toMatchObject({
      status: 'REJECTED',
      refusal: { code: 'EPOCH_CLOSED', field: 'occurredAt' },
    });
  });

  it('answers a repeat DUPLICATE even long after its epoch closed', async () => {
    const early = action({ memberId: 'late' });
    await record(early);
    recording.clock.set(STARTS_AT_MS + 30 * DAY_MS);
    expect(
      statuses(
        await record(
          early,
          { ...early, amount: 1 },
          { ...early, eventId: 'unknown' },
          { ...early, memberId: 'nobody' },
        ),
      ),
    ).toEqual(['DUPLICATE', 'EVENT_ID_REUSED', 'EPOCH_CLOSED', 'EPOCH_CLOSED']);
    expect(
      await recording.store.members.findByExternalId(recording.program.id, 'nobody'),
    ).toBeNull();
  });

  it('refuses more than 10,000 actions of a member and epoch, yet knows repeats', async () => {
    const of = (from: number, count: number): ActionInput[] =>
      Array.from({ length: count }, (_, index) =>
        action({ memberId: 'busy', eventId: `n${from + index}`, rule: 'album', amount: 0 }),
      );
    const calls = Array.from({ length: 20 }, (_, call) => record(...of(call * 500, 500)));
    expect(new Set(statuses((await Promise.all(calls)).flat()))).toEqual(new Set(['RECORDED']));
    expect(statuses(await record(...of(9_999, 3)))).toEqual([
      'DUPLICATE',
      'TOO_MANY_ACTIONS',
      'TOO_MANY_ACTIONS',
    ]);
    expect(statuses(await record(action({ memberId: 'calm' })))).toEqual(['RECORDED']);
  });

  it('refuses a call as a whole that is empty or has more than 500 items, and records nothing', async () => {
    const many = Array.from({ length: 501 }, (_, index) =>
      action({ memberId: 'many', eventId: `e${index}` }),
    );
    await expect(record(...many)).rejects.toMatchObject({ refusals: [{ code: 'LIMIT_EXCEEDED' }] });
    await expect(record()).rejects.toMatchObject({ refusals: [{ code: 'REQUIRED' }] });
    expect(await recording.store.members.findByExternalId(recording.program.id, 'many')).toBeNull();
  });

  it('says OVERLOADED and when to come again, rather than queue without end', async () => {
    const { store, clock, program } = recording;
    const small = createRecordActions({
      ...store,
      clock,
      signer: recording.keystore.signer,
      wake: { wake: () => undefined },
      recordingStops: recording.recordingStops,
      notedRejections: recording.notedRejections,
      maxQueuedActions: 25,
    });
    const ten = Array.from({ length: 10 }, (_, index) =>
      action({ memberId: 'load', eventId: `load-${index}` }),
    );
    const calls = await Promise.allSettled(
      Array.from({ length: 5 }, () => small.record(program, ten)),
    );
    expect(calls.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
    for (const call of calls.slice(2)) {
      expect(call).toMatchObject({ reason: { code: 'OVERLOADED', retryAfterMs: 1_000 } });
    }
    expect(new Set(statuses(await small.record(program, ten)))).toEqual(new Set(['DUPLICATE']));
  });

  it('wakes the worker for what is new only', async () => {
    const before = recording.wakes();
    await record(action({ memberId: 'wake' }));
    expect(recording.wakes()).toBe(before + 1);
    await record(action({ memberId: 'wake' }), action({ memberId: 'wake', count: -1 }));
    expect(recording.wakes()).toBe(before + 1);
  });
});
