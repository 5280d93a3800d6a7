import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { connectStore, type Store } from '../../store/connect.ts';
import { action } from '../../testing/builders/action.ts';
import { entry } from '../../testing/builders/log.ts';
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

const memberOf = async (
  { store, program }: Pick<Recording, 'store' | 'program'>,
  externalId: string,
): Promise<MemberRecord> => {
  const member = await store.members.findByExternalId(program.id, externalId);
  if (member === null) throw new Error(`there is no member ${externalId}`);
  return member;
};
/** A process whose clock on the wall is years behind: what it logs is older than all that was read. */
const lateLog = async (): Promise<{ store: Store; close: () => Promise<void> }> => {
  const store = await connectStore(recording.databaseUri, { wallNowMs: () => 1 });
  return { store, close: () => store.close() };
};
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
    const { id: memberId } = await memberOf(recording, 'stale');
    await recording.aggregator.refresh(recording.program, [{ memberId, epoch: 0 }]);
    expect((await of('stale'))?.points).toBe(2_234n);
  });

  it('proves every statement after recording closes and once before the window does', async () => {
    const epoch = 20;
    const startMs = STARTS_AT_MS + epoch * DAY_MS;
    recording.clock.set(startMs + HOUR_MS);
    const input = action({ memberId: 'sweep', occurredAtMs: startMs });
    await recording.recordActions.record(recording.program, [input]);
    await recording.aggregateAll();
    // An entry that shows up so late that nobody looks for it any more.
    const log = await lateLog();
    const member = await memberOf(recording, 'sweep');
    let late = 0;
    const entriesAt = async (nowMs: number): Promise<number | undefined> => {
      recording.clock.set(nowMs);
      await recording.aggregator.sweep(recording.program);
      await recording.aggregator.sweep(recording.program);
      const { entries } = (await of('sweep', epoch)) ?? {};
      late += 1;
      const { id: programId } = recording.program;
      const place = { programId, memberId: member.id, epoch, ruleId: 1 };
      await log.store.actionLog.insert([entry({ ...place, eventId: `late-${late}` })]);
      return entries;
    };
    const closesMs = startMs + DAY_MS + 6 * HOUR_MS;
    try {
      expect(await entriesAt(closesMs - 1)).toBe(1);
      expect(await entriesAt(closesMs)).toBe(1);
      expect(await entriesAt(closesMs + 10 * MINUTE_MS)).toBe(3);
      expect(await entriesAt(startMs + (WINDOW - 2) * DAY_MS - 1)).toBe(3);
      expect(await entriesAt(startMs + (WINDOW - 2) * DAY_MS)).toBe(5);
      expect(await entriesAt(startMs + 3_650 * DAY_MS)).toBe(5);
    } finally {
      await log.close();
    }
  });

  it('sweeps what a gap of years jumped over', async () => {
    const fresh = await startRecording();
    try {
      await fresh.recordActions.record(fresh.program, [action()]);
      fresh.clock.set(STARTS_AT_MS + 3_650 * DAY_MS);
      await fresh.aggregator.sweep(fresh.program);
      expect(await fresh.statementOf('ann', 0)).toMatchObject({ entries: 1, points: 2_234n });
    } finally {
      await fresh.close();
    }
  });

  it('proves statements by the rules that were in force, when those are read late', async () => {
    const fresh = await startRecording();
    try {
      const { program } = fresh;
      await fresh.recordActions.record(program, [action()]);
      await fresh.aggregateAll();
      const [first] = program.ruleSets;
      if (first === undefined) throw new Error('The program has no rules.');
      const rules = first.rules.map((rule) => ({ ...rule, perAction: rule.perAction + 1n }));
      const changed = { ...program, ruleSets: [first, { ...first, version: 2, rules }] };
      const before = await fresh.statementOf('ann', 0);
      const [read] = await fresh.aggregator.ofMember(changed, before?.memberId ?? '');
      expect(read?.points).toBe((before?.points ?? 0n) + 1n);
      await fresh.aggregator.refresh(program, [{ memberId: before?.memberId ?? '', epoch: 0 }]);
      fresh.clock.set(STARTS_AT_MS + 2 * DAY_MS);
      await fresh.aggregator.sweep(changed);
      expect((await fresh.statementOf('ann', 0))?.points).toBe((before?.points ?? 0n) + 1n);
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

  it('finds what shows up late beside what was read already', async () => {
    let wallMs = Date.now();
    const fresh = await startRecording();
    const store = await connectStore(fresh.databaseUri, { wallNowMs: () => wallMs });
    const own = fresh.process({ store, wallNowMs: () => wallMs });
    const record = (eventId: string): Promise<unknown> =>
      own.recordActions.record(fresh.program, [action({ memberId: 'beside', eventId })]);
    const step = (): Promise<number> => own.aggregator.step(fresh.program);
    const entries = async (): Promise<unknown> => (await fresh.statementOf('beside', 0))?.entries;
    try {
      while ((await step()) > 0);
      await record('first');
      expect([await step(), await step(), await entries()]).toEqual([1, 0, 1]);
      // Logged a second earlier, seen now: within the newest seconds, which are looked at again and again.
      wallMs -= 1_000;
      await record('second');
      wallMs += 1_000;
      expect([await step(), await step(), await entries()]).toEqual([1, 0, 2]);
      // Logged ten seconds earlier: for the second reading, two minutes later.
      wallMs -= 10_000;
      await record('third');
      wallMs += 10_000;
      expect([await step(), await entries()]).toEqual([0, 2]);
      wallMs += 2 * MINUTE_MS;
      await step();
      expect(await entries()).toBe(3);
      // The member sees all of it at once, whatever the worker has read.
      wallMs -= 11_000;
      await record('fourth');
      wallMs += 11_000;
      const { id } = await memberOf(fresh, 'beside');
      const [read] = await own.aggregator.ofMember(fresh.program, id, 0);
      expect(read?.entries).toBe(4);
    } finally {
      await store.close();
      await fresh.close();
    }
  });

  it('tells what is not aggregated yet, and nothing that is', async () => {
    const fresh = await startRecording();
    const { aggregator, program } = fresh;
    expect(await aggregator.backlog(program)).toEqual([]);
    const inputs = ['x', 'y'].map((memberId) => action({ memberId, eventId: 'backlog' }));
    await fresh.recordActions.record(program, inputs);
    expect(await aggregator.backlog(program)).toHaveLength(2);
    const { id } = await memberOf(fresh, 'x');
    await aggregator.ofMember(program, id);
    expect(await aggregator.backlog(program)).toEqual([
      { memberId: (await memberOf(fresh, 'y')).id, epoch: 0 },
    ]);
    await fresh.aggregateAll();
    expect(await aggregator.backlog(program)).toEqual([]);
    await fresh.close();
  });
});
