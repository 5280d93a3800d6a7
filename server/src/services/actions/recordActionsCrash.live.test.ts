import { EMPTY_LINES } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../domain/actions/action.ts';
import { earnedBy } from '../../domain/statements/statement.ts';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  dyingStore,
  HOUR_MS,
  MINUTE_MS,
  STARTS_AT_MS,
  type RecordingWorld,
} from '../../testing/recordingWorld.ts';

const NOON_MS = STARTS_AT_MS + 12 * HOUR_MS;
/** More calls to the stores than any act below makes. */
const MOST_CALLS = 12;

let world: RecordingWorld;
beforeAll(async () => {
  world = await createRecordingWorld();
});
beforeEach(() => world.clock.set(NOON_MS));
afterAll(() => world.close());

/** What the whole log of a member and epoch 0 says, however it came about. */
async function fromLog(externalId: string): Promise<ReturnType<typeof earnedBy> | null> {
  const member = await world.store.members.findByExternalId(world.program.id, externalId);
  if (member === null) return null;
  const key = { memberId: member.id, epoch: 0 };
  const log = await world.store.actionLog.entriesOf(world.program.id, [key]);
  const entries: readonly LogEntry[] = [...log.values()].flat();
  return earnedBy(world.program, 0, entries, world.clock.time.nowMs);
}

async function expectStatementLikeLog(externalId: string): Promise<void> {
  const wanted = await fromLog(externalId);
  const statement = await world.statement(externalId, 0);
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
      const { store, died } = dyingStore(world.store, calls);
      const crashed = world.process(store).recordActions.record(world.program, inputs);
      await Promise.allSettled([crashed, world.aggregateAll()]);
      await world.aggregateAll();
      await world.recordActions.record(world.program, inputs);
      await world.aggregateAll();
      expect((await world.statement(memberId, 0))?.points).toBe(2_000n + 2_468n);
      if (!died()) survived += 1;
    }
    expect(survived).toBeGreaterThan(0);
    expect(survived).toBeLessThan(MOST_CALLS);
  });

  it('of recording loses nothing even when nobody repeats it: the sweep finds it', async () => {
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
      const { store } = dyingStore(world.store, calls);
      await Promise.allSettled([
        world
          .process(store)
          .recordActions.record(world.program, [action({ memberId: `s-${calls}` })]),
        world.aggregateAll(),
      ]);
    }
    world.clock.set(STARTS_AT_MS + DAY_MS + 7 * HOUR_MS);
    await world.aggregator.sweep(world.program);
    await world.aggregateAll();
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) await expectStatementLikeLog(`s-${calls}`);
    expect((await world.statement(`s-${MOST_CALLS}`, 0))?.points).toBe(2_234n);
  });

  it('of aggregating leaves it to be done again', async () => {
    for (let calls = 0; calls <= 4; calls += 1) {
      const memberId = `agg-${calls}`;
      await world.recordActions.record(world.program, [action({ memberId })]);
      const { store } = dyingStore(world.store, calls);
      await Promise.allSettled([world.process(store).aggregator.step(world.program)]);
      await world.aggregateAll();
      expect((await world.statement(memberId, 0))?.points).toBe(2_234n);
    }
  });

  it('of sweeping sweeps again', async () => {
    const { store, program, clock } = world;
    clock.set(NOON_MS + DAY_MS);
    const input = action({ memberId: 'swept', occurredAtMs: NOON_MS + DAY_MS });
    await world.recordActions.record(program, [input]);
    await world.aggregateAll();
    clock.set(STARTS_AT_MS + 3 * DAY_MS);
    const programs = {
      ...store.programs,
      saveSweeps: () => Promise.reject(new Error('The process died.')),
    };
    const dying = world.process({ ...store, programs }).aggregator;
    const before = await store.programs.sweeps(program.id);
    await expect(dying.sweep(program)).rejects.toThrow('died');
    expect(await store.programs.sweeps(program.id)).toEqual(before);
    await world.aggregator.sweep(program);
    expect((await store.programs.sweeps(program.id)).closedThrough).toBe(1);
    const swept = await world.statement('swept', 1);
    expect(swept).toMatchObject({ marks: 4, seen: 2 });
  });
});

type Step =
  | { readonly kind: 'record'; readonly event: number; readonly maturesInMinutes: number | null }
  | { readonly kind: 'void'; readonly event: number }
  | { readonly kind: 'aggregate' }
  | { readonly kind: 'pass'; readonly minutes: number };

const event = fc.integer({ min: 0, max: 4 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('record' as const),
    event,
    maturesInMinutes: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  fc.record({ kind: fc.constant('void' as const), event }),
  fc.record({ kind: fc.constant('aggregate' as const) }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 5 }) }),
);

describe('any interleaving of recording, voiding and aggregating', () => {
  it('ends in the statement that the pure function of the whole log gives', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 4, maxLength: 16 }),
        fc.scheduler(),
        async (steps, scheduler) => {
          run += 1;
          const memberId = `any-${run}`;
          world.clock.set(NOON_MS);
          const { store, program } = world;
          // Every call to a store waits for its turn, and the scheduler says whose turn it is.
          const statements = {
            ...store.statements,
            open: scheduler.scheduleFunction(store.statements.open),
            mark: scheduler.scheduleFunction(store.statements.mark),
            saveAggregates: scheduler.scheduleFunction(store.statements.saveAggregates),
            confirm: scheduler.scheduleFunction(store.statements.confirm),
            findToAggregate: scheduler.scheduleFunction(store.statements.findToAggregate),
          };
          const actionLog = {
            ...store.actionLog,
            insert: scheduler.scheduleFunction(store.actionLog.insert),
            entriesOf: scheduler.scheduleFunction(store.actionLog.entriesOf),
          };
          const process = world.process({ ...store, statements, actionLog });
          const pending = steps.map((step): Promise<unknown> => {
            if (step.kind === 'aggregate') return process.aggregator.step(program);
            const eventId = `e${'event' in step ? step.event : ''}`;
            if (step.kind === 'void')
              return process.voidActions.void(program, [{ memberId, eventId }]);
            if (step.kind === 'pass') {
              world.clock.set(world.clock.time.nowMs + step.minutes * MINUTE_MS);
              return Promise.resolve();
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
          await world.aggregateAll();
          await expectStatementLikeLog(memberId);
          world.clock.set(NOON_MS + 30 * MINUTE_MS);
          await world.aggregateAll();
          await expectStatementLikeLog(memberId);
        },
      ),
      { numRuns: 25 },
    );
  });
});
