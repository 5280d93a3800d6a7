import { EMPTY_LINES } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../domain/actions/action.ts';
import { earnedBy } from '../../domain/statements/statement.ts';
import { action } from '../../testing/builders/action.ts';
import { modelOf } from '../../testing/builders/logModel.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { RECORDING_STORES, startRecording, type Recording } from '../../testing/recording.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
/** More calls to the stores than any act below makes. */
const MOST_CALLS = 12;

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
beforeEach(() => recording.clock.set(NOON_MS));
afterAll(() => recording.close());

/** Every entry of a member, whose eventIds the tests below know. */
async function allEntries(memberId: string): Promise<LogEntry[]> {
  const eventIds = ['a', 'b', 'event-1', 'e0', 'e1', 'e2', 'e3', 'e4'];
  const keys = eventIds.map((eventId) => ({ memberId, eventId }));
  const { actionLog } = recording.store;
  const [actions, decisions] = await Promise.all([
    actionLog.findActions(recording.program.id, keys),
    actionLog.findDecisions(recording.program.id, keys),
  ]);
  const decided = decisions.flatMap(({ hold, end }) => [hold, end]);
  return [...actions, ...decided].filter((one) => one !== null);
}

/** What the whole log of a member and epoch 0 says, however it came about. */
async function fromLog(externalId: string): Promise<ReturnType<typeof earnedBy> | null> {
  const member = await recording.store.members.findByExternalId(recording.program.id, externalId);
  if (member === null) return null;
  const { matured, expected } = modelOf(await allEntries(member.id), recording.clock.time.nowMs);
  return earnedBy(recording.program, 0, { matured, expected });
}

async function expectStatementLikeLog(externalId: string): Promise<void> {
  const wanted = await fromLog(externalId);
  const statement = await recording.statementOf(externalId, 0);
  expect(statement?.lines ?? EMPTY_LINES).toBe(wanted?.lines ?? EMPTY_LINES);
  expect(statement?.points ?? 0n).toBe(wanted?.points ?? 0n);
  expect(statement?.expectedPoints ?? 0n).toBe(wanted?.expectedPoints ?? 0n);
}

describe('a crash between any two steps', () => {
  it('of recording loses nothing once the app repeats its call', async () => {
    let survived = 0;
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
      const memberId = `repeats-${calls}`;
      const inputs = [action({ memberId, eventId: 'a' }), action({ memberId, eventId: 'b' })];
      const { store, died } = dyingStore(recording.store, calls, RECORDING_STORES);
      const crashed = recording.process({ store }).recordActions.record(recording.program, inputs);
      await Promise.allSettled([crashed, recording.aggregateAll()]);
      await recording.aggregateAll();
      await recording.recordActions.record(recording.program, inputs);
      await recording.aggregateAll();
      expect((await recording.statementOf(memberId, 0))?.points).toBe(2_000n + 2_468n);
      if (!died()) survived += 1;
    }
    expect(survived).toBeGreaterThan(0);
    expect(survived).toBeLessThan(MOST_CALLS);
  });

  it('of recording loses nothing even when nobody repeats it: the sweep finds it', async () => {
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
      const { store } = dyingStore(recording.store, calls, RECORDING_STORES);
      await Promise.allSettled([
        recording
          .process({ store })
          .recordActions.record(recording.program, [action({ memberId: `s-${calls}` })]),
        recording.aggregateAll(),
      ]);
    }
    recording.clock.set(STARTS_AT_MS + DAY_MS + 7 * HOUR_MS);
    await recording.aggregator.sweep(recording.program);
    await recording.aggregateAll();
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) await expectStatementLikeLog(`s-${calls}`);
    expect((await recording.statementOf(`s-${MOST_CALLS}`, 0))?.points).toBe(2_234n);
  });

  it('of aggregating leaves it to be done again', async () => {
    for (let calls = 0; calls <= 4; calls += 1) {
      const memberId = `agg-${calls}`;
      await recording.recordActions.record(recording.program, [action({ memberId })]);
      const { store } = dyingStore(recording.store, calls, RECORDING_STORES);
      await Promise.allSettled([recording.process({ store }).aggregator.step(recording.program)]);
      await recording.aggregateAll();
      expect((await recording.statementOf(memberId, 0))?.points).toBe(2_234n);
    }
  });

  it('of sweeping sweeps again', async () => {
    const { store, program, clock } = recording;
    clock.set(NOON_MS + DAY_MS);
    const input = action({ memberId: 'swept', occurredAtMs: NOON_MS + DAY_MS });
    await recording.recordActions.record(program, [input]);
    clock.set(STARTS_AT_MS + 3 * DAY_MS);
    const programs = {
      ...store.programs,
      saveSweeps: () => Promise.reject(new Error('The process died.')),
    };
    const dying = recording.process({ store: { ...store, programs } }).aggregator;
    const before = await store.programs.sweeps(program.id);
    await expect(dying.sweep(program)).rejects.toThrow('died');
    expect(await store.programs.sweeps(program.id)).toEqual(before);
    await recording.aggregator.sweep(program);
    expect((await store.programs.sweeps(program.id)).closedThrough).toBe(1);
    const swept = await recording.statementOf('swept', 1);
    expect(swept).toMatchObject({ entries: 1, points: 2_234n });
  });
});

type Step =
  | { readonly kind: 'record'; readonly event: number; readonly maturesInMinutes: number | null }
  | { readonly kind: 'void' | 'hold' | 'release'; readonly event: number }
  | { readonly kind: 'aggregate' }
  | { readonly kind: 'pass'; readonly minutes: number };

const event = fc.integer({ min: 0, max: 4 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('record' as const),
    event,
    maturesInMinutes: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  fc.record({ kind: fc.constantFrom('void', 'hold', 'release'), event }),
  fc.record({ kind: fc.constant('aggregate' as const) }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 5 }) }),
);

describe('any interleaving of recording, reviewing and aggregating', () => {
  it('ends in the statement that the pure function of the whole log gives', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 4, maxLength: 16 }),
        fc.scheduler(),
        async (steps, scheduler) => {
          run += 1;
          const memberId = `any-${run}`;
          recording.clock.set(NOON_MS);
          const { store, program } = recording;
          // Every call to a store waits for its turn, and the scheduler says whose turn it is.
          const statements = {
            ...store.statements,
            create: scheduler.scheduleFunction(store.statements.create),
            saveAggregates: scheduler.scheduleFunction(store.statements.saveAggregates),
            findByIds: scheduler.scheduleFunction(store.statements.findByIds),
            findMatured: scheduler.scheduleFunction(store.statements.findMatured),
          };
          const actionLog = {
            ...store.actionLog,
            insert: scheduler.scheduleFunction(store.actionLog.insert),
            sumsOf: scheduler.scheduleFunction(store.actionLog.sumsOf),
            loggedSince: scheduler.scheduleFunction(store.actionLog.loggedSince),
          };
          const process = recording.process({ store: { ...store, statements, actionLog } });
          const pending = steps.map((step): Promise<unknown> => {
            if (step.kind === 'aggregate') return process.aggregator.step(program);
            if (step.kind === 'pass') {
              recording.clock.set(recording.clock.time.nowMs + step.minutes * MINUTE_MS);
              return Promise.resolve();
            }
            const eventId = `e${step.event}`;
            const { kind } = step;
            if (kind !== 'record') {
              const by = { kind, actor: null };
              return process.reviewActions.decide(program, by, [{ memberId, eventId }]);
            }
            const { maturesInMinutes } = step;
            const maturesAtMs =
              maturesInMinutes === null ? null : NOON_MS + maturesInMinutes * MINUTE_MS;
            return process.recordActions.record(program, [
              action({ memberId, eventId, maturesAtMs }),
            ]);
          });
          let done = false;
          const all = Promise.all(pending).finally(() => {
            done = true;
          });
          while (!done) {
            if (scheduler.count() > 0) await scheduler.waitOne();
            else await new Promise((resolve) => setImmediate(resolve));
          }
          await all;
          await recording.aggregateAll();
          await expectStatementLikeLog(memberId);
          for (const laterMs of [30 * MINUTE_MS, 6 * DAY_MS]) {
            recording.clock.set(NOON_MS + laterMs);
            await recording.aggregateAll();
            await expectStatementLikeLog(memberId);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
