import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action } from '../../testing/builders/action.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startRecording, type Recording } from '../../testing/recording.ts';
import type { DecisionKind } from '../../domain/actions/reviewRules.ts';
import type { DecisionInput } from './reviewActions.ts';

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
const decideAll = async (kind: DecisionKind, ...inputs: DecisionInput[]): Promise<string[]> => {
  const by = { kind, actor: null };
  const results = await recording.reviewActions.decide(recording.program, by, inputs);
  return results.map((result) =>
    result.status === 'REJECTED' ? result.refusal.code : result.status,
  );
};
const voidAll = (...inputs: DecisionInput[]): Promise<string[]> => decideAll('void', ...inputs);
const points = async (memberId: string): Promise<unknown> => {
  await recording.aggregateAll();
  const statement = await recording.statementOf(memberId, 0);
  return [statement?.points, statement?.expectedPoints];
};

/** Start of epoch 0 + W - 3: the latest time at which an action of it can mature. */
const latestMs = (): number =>
  STARTS_AT_MS + (recording.program.settlementWindow - 3) * recording.program.epochLengthMs;

describe('voiding', () => {
  it('takes an action out before it matures, for good', async () => {
    await recording.recordActions.record(recording.program, [held('ann'), held('ann', 'kept')]);
    expect(await points('ann')).toEqual([0n, 4_468n]);
    expect(await voidAll({ memberId: 'ann', eventId: 'held', reason: 'refund' })).toEqual([
      'DECIDED',
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
    expect(await voidAll(input, { ...input, reason: 'second' })).toEqual(['DECIDED', 'DUPLICATE']);
    recording.clock.set(MATURES_AT_MS + DAY_MS);
    expect(await voidAll(input)).toEqual(['DUPLICATE']);
    const member = await recording.store.members.findByExternalId(recording.program.id, 'bob');
    const [standing] = await recording.store.actionLog.findDecisions(recording.program.id, [
      { memberId: member?.id ?? '', eventId: 'held' },
    ]);
    expect(standing?.end).toMatchObject({ reason: 'first', voidedAtMs: NOON_MS });
  });

  it('is taken until 2 minutes before the action matures, and never for one that counts', async () => {
    const inputs = [held('cat', 'a'), held('cat', 'b'), action({ memberId: 'cat', eventId: 'c' })];
    await recording.recordActions.record(recording.program, inputs);
    recording.clock.set(MATURES_AT_MS - 2 * MINUTE_MS - 1);
    expect(await voidAll({ memberId: 'cat', eventId: 'a' })).toEqual(['DECIDED']);
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
    ).toEqual(['UNKNOWN_ACTION', 'UNKNOWN_ACTION', 'REQUIRED', 'TOO_LONG', 'TOO_LONG', 'DECIDED']);
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
      'DECIDED',
      'DUPLICATE',
      'DUPLICATE',
      'DUPLICATE',
      'DUPLICATE',
    ]);
    // The repeat came before the first void or after it.
    expect(['DUPLICATE', 'VOIDED']).toContain(recorded[0]);
    expect(recorded[1]).toBe('RECORDED');
    expect(await points('fay')).toEqual([0n, 2_234n]);
  });
});

describe('holding', () => {
  it('lets an action count as late as its epoch can be settled, and not before', async () => {
    await recording.recordActions.record(recording.program, [held('gus'), held('gus', 'other')]);
    const input = { memberId: 'gus', eventId: 'held', reason: 'is it real?' };
    expect(await decideAll('hold', input, input)).toEqual(['DECIDED', 'DUPLICATE']);
    recording.clock.set(MATURES_AT_MS);
    expect(await points('gus')).toEqual([2_234n, 4_468n]);
    const view = await recording.memberActions.find(recording.program, 'gus', 'held');
    expect(view).toMatchObject({
      state: 'MATURING',
      decisions: { hold: { reason: 'is it real?' } },
    });
    recording.clock.set(latestMs() - 1);
    expect(await points('gus')).toEqual([2_234n, 4_468n]);
    recording.clock.set(latestMs());
    expect(await points('gus')).toEqual([4_468n, 4_468n]);
  });

  it('can be followed by a void or a release, until 2 minutes before the new time', async () => {
    const names = ['a', 'b', 'c'].map((eventId) => ({ memberId: 'hal', eventId }));
    await recording.recordActions.record(
      recording.program,
      names.map(({ eventId }) => held('hal', eventId)),
    );
    await decideAll('hold', ...names);
    recording.clock.set(MATURES_AT_MS + HOUR_MS);
    const [a, b, c] = names as [DecisionInput, DecisionInput, DecisionInput];
    expect(await voidAll(a)).toEqual(['DECIDED']);
    expect(await decideAll('release', b, b)).toEqual(['DECIDED', 'DUPLICATE']);
    expect(await points('hal')).toEqual([0n, 4_468n]);
    recording.clock.set(MATURES_AT_MS + HOUR_MS + 2 * MINUTE_MS);
    expect(await points('hal')).toEqual([2_234n, 4_468n]);
    recording.clock.set(latestMs() - 2 * MINUTE_MS);
    expect(await decideAll('release', c)).toEqual(['ALREADY_MATURED']);
    expect(await voidAll(c)).toEqual(['ALREADY_MATURED']);
    recording.clock.set(latestMs());
    expect(await points('hal')).toEqual([4_468n, 4_468n]);
    // What came again is told what became of it.
    const again = await recording.recordActions.record(recording.program, [
      held('hal', 'a'),
      held('hal', 'b'),
    ]);
    expect(again).toMatchObject([{ status: 'VOIDED' }, { status: 'DUPLICATE' }]);
  });

  it('adds nothing to an action that counts as late as it can already', async () => {
    const latest = action({ memberId: 'ian', eventId: 'late', maturesAtMs: latestMs() });
    await recording.recordActions.record(recording.program, [latest]);
    expect(await decideAll('hold', { memberId: 'ian', eventId: 'late' })).toEqual(['DUPLICATE']);
    expect(await voidAll({ memberId: 'ian', eventId: 'late' })).toEqual(['DECIDED']);
  });
});

describe('releasing', () => {
  it('lets an action count in 2 minutes, for good', async () => {
    await recording.recordActions.record(recording.program, [held('jan'), held('jan', 'other')]);
    const input = { memberId: 'jan', eventId: 'held' };
    expect(await decideAll('release', input)).toEqual(['DECIDED']);
    expect(await points('jan')).toEqual([0n, 4_468n]);
    expect(await decideAll('void', input)).toEqual(['ALREADY_MATURED']);
    expect(await decideAll('hold', input)).toEqual(['ALREADY_MATURED']);
    recording.clock.set(NOON_MS + 2 * MINUTE_MS);
    expect(await points('jan')).toEqual([2_234n, 4_468n]);
    recording.clock.set(MATURES_AT_MS);
    expect(await points('jan')).toEqual([4_468n, 4_468n]);
  });

  it('is refused for what is void, and for what counts already', async () => {
    const plain = action({ memberId: 'kim', eventId: 'plain' });
    await recording.recordActions.record(recording.program, [held('kim'), plain]);
    await voidAll({ memberId: 'kim', eventId: 'held' });
    for (const kind of ['release', 'hold'] as const) {
      expect(
        await decideAll(
          kind,
          { memberId: 'kim', eventId: 'held' },
          { memberId: 'kim', eventId: 'plain' },
        ),
      ).toEqual(['ALREADY_VOIDED', 'ALREADY_MATURED']);
    }
  });

  it('races with holds and voids, and exactly one end stands', async () => {
    for (let round = 0; round < 5; round += 1) {
      const memberId = `lea-${round}`;
      await recording.recordActions.record(recording.program, [held(memberId)]);
      const input = { memberId, eventId: 'held' };
      const kinds = ['hold', 'release', 'void', 'hold', 'release', 'void'] as const;
      const statuses = await Promise.all(kinds.map((kind) => decideAll(kind, input)));
      const decided = kinds.filter((_kind, index) => statuses[index]?.[0] === 'DECIDED');
      expect(decided.filter((kind) => kind !== 'hold')).toHaveLength(1);
      const voided = decided.includes('void');
      recording.clock.set(latestMs());
      expect(await points(memberId)).toEqual(voided ? [0n, 0n] : [2_234n, 2_234n]);
      recording.clock.set(NOON_MS);
    }
  });
});
