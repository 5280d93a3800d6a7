import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { VoidInput } from './voidActions.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
const MATURES_AT_MS = NOON_MS + DAY_MS;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

const held = (memberId: string, eventId = 'held'): ReturnType<typeof action> =>
  action({ memberId, eventId, maturesAtMs: MATURES_AT_MS });
const voidAll = async (...inputs: VoidInput[]): Promise<string[]> =>
  (await recording.voidActions.void(recording.program, inputs)).map((result) =>
    result.status === 'REJECTED' ? result.refusal.code : result.status,
  );
const points = async (memberId: string): Promise<unknown> => {
  await recording.aggregateAll();
  const statement = await recording.statementOf(memberId, 0);
  return [statement?.points, statement?.expectedPoints];
};

describe('voiding', () => {
  it('takes an action out before it matures, for good', async () => {
    await recording.recordActions.record(recording.program, [held('ann'), held('ann', 'kept')]);
    expect(await points('ann')).toEqual([0n, 4_468n]);
    expect(await voidAll({ memberId: 'ann', eventId: 'held', reason: 'refund' })).toEqual([
      'VOIDED',
    ]);
    expect(await points('ann')).toEqual([0n, 2_234n]);
    recording.clock.set(MATURES_AT_MS);
    expect(await points('ann')).toEqual([2_234n, 2_234n]);
    expect(await recording.recordActions.record(recording.program, [held('ann')])).toMatchObject([
      { status: 'VOIDED' },
    ]);
  });

  it('is told to those who send the voided action again, in time or late, and only to them', async () => {
    const all = [held('vic'), held('vic', 'kept'), action({ memberId: 'vic', eventId: 'plain' })];
    await recording.recordActions.record(recording.program, all);
    await voidAll({ memberId: 'vic', eventId: 'held' });
    const other = { ...held('vic'), amount: 1 };
    for (const nowMs of [NOON_MS, NOON_MS + 3 * DAY_MS]) {
      recording.clock.set(nowMs);
      const again = await recording.recordActions.record(recording.program, [...all, other]);
      expect(again).toMatchObject([
        { eventId: 'held', status: 'VOIDED' },
        { eventId: 'kept', status: 'DUPLICATE', epoch: 0 },
        { eventId: 'plain', status: 'DUPLICATE', epoch: 0 },
        { status: 'REJECTED', refusal: { code: 'EVENT_ID_REUSED' } },
      ]);
    }
  });

  it('may be repeated at any time, and the first void stands', async () => {
    await recording.recordActions.record(recording.program, [held('bob')]);
    const input = { memberId: 'bob', eventId: 'held', reason: 'first' };
    expect(await voidAll(input, { ...input, reason: 'second' })).toEqual(['VOIDED', 'DUPLICATE']);
    recording.clock.set(MATURES_AT_MS + DAY_MS);
    expect(await voidAll(input)).toEqual(['DUPLICATE']);
    const member = await recording.store.members.findByExternalId(recording.program.id, 'bob');
    const [standing] = await recording.store.actionLog.findVoids(recording.program.id, [
      { memberId: member?.id ?? '', eventId: 'held' },
    ]);
    expect(standing).toMatchObject({ reason: 'first', voidedAtMs: NOON_MS });
  });

  it('is taken until 2 minutes before the action matures, and never for one that counts', async () => {
    const inputs = [held('cat', 'a'), held('cat', 'b'), action({ memberId: 'cat', eventId: 'c' })];
    await recording.recordActions.record(recording.program, inputs);
    recording.clock.set(MATURES_AT_MS - 2 * MINUTE_MS - 1);
    expect(await voidAll({ memberId: 'cat', eventId: 'a' })).toEqual(['VOIDED']);
    recording.clock.set(MATURES_AT_MS - 2 * MINUTE_MS);
    expect(
      await voidAll({ memberId: 'cat', eventId: 'b' }, { memberId: 'cat', eventId: 'c' }),
    ).toEqual(['ALREADY_MATURED', 'ALREADY_MATURED']);
    recording.clock.set(MATURES_AT_MS);
    // Two purchases count: the one that could not be voided, and the one that counted at once.
    expect(await points('cat')).toEqual([4_468n, 4_468n]);
  });

  it('judges each item by itself, in input order', async () => {
    await recording.recordActions.record(recording.program, [held('dan')]);
    expect(
      await voidAll(
        { memberId: 'nobody', eventId: 'held' },
        { memberId: 'dan', eventId: 'unknown' },
        { memberId: '', eventId: 'held' },
        { memberId: 'dan', eventId: 'x'.repeat(129) },
        { memberId: 'dan', eventId: 'held', reason: 'x'.repeat(501) },
        { memberId: 'dan', eventId: 'held' },
      ),
    ).toEqual(['UNKNOWN_ACTION', 'UNKNOWN_ACTION', 'REQUIRED', 'TOO_LONG', 'TOO_LONG', 'VOIDED']);
  });

  it('is refused while the head of the chain is old', async () => {
    await recording.recordActions.record(recording.program, [held('eve')]);
    recording.clock.time = { ...recording.clock.time, fresh: false };
    await expect(voidAll({ memberId: 'eve', eventId: 'held' })).rejects.toMatchObject({
      code: 'CHAIN_STALE',
      retryAfterMs: 10_000,
    });
  });

  it('refuses a call that is empty or has more than 500 items', async () => {
    const many = Array.from({ length: 501 }, () => ({ memberId: 'a', eventId: 'b' }));
    await expect(voidAll(...many)).rejects.toMatchObject({
      refusals: [{ code: 'LIMIT_EXCEEDED' }],
    });
    await expect(voidAll()).rejects.toMatchObject({ refusals: [{ code: 'REQUIRED' }] });
  });

  it('races with another void and with recording without counting twice', async () => {
    await recording.recordActions.record(recording.program, [held('fay')]);
    const input = { memberId: 'fay', eventId: 'held' };
    const [recorded, ...voided] = await Promise.all([
      recording.recordActions
        .record(recording.program, [held('fay'), held('fay', 'more')])
        .then((all) => all.map(({ status }) => status)),
      ...Array.from({ length: 5 }, () => voidAll(input)),
    ]);
    expect(voided.flat().toSorted()).toEqual([
      'DUPLICATE',
      'DUPLICATE',
      'DUPLICATE',
      'DUPLICATE',
      'VOIDED',
    ]);
    // The repeat came before the first void or after it.
    expect(['DUPLICATE', 'VOIDED']).toContain(recorded[0]);
    expect(recorded[1]).toBe('RECORDED');
    expect(await points('fay')).toEqual([0n, 2_234n]);
  });
});
