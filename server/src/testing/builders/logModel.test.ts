import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedAtMsOf, type LogEntry } from '../../domain/actions/action.ts';
import { anyLog, entry, moveEntry, voidEntry } from './log.ts';
import { modelOf } from './logModel.ts';

describe('a statement', () => {
  it('adds up counts and amounts by rule, ids ascending, exactly', () => {
    const { matured } = modelOf(
      [
        entry({ eventId: 'a', ruleId: 7, count: 2, amount: 1e15 }),
        entry({ eventId: 'b', ruleId: 3, amount: 5 }),
        entry({ eventId: 'c', ruleId: 7, count: 100_000, amount: 1 }),
      ],
      0,
    );
    expect(matured).toEqual([
      { ruleId: 3, count: 1n, amount: 5n },
      { ruleId: 7, count: 100_002n, amount: 10n ** 15n + 1n },
    ]);
  });

  it('counts an action from the moment at which it matures, and names the next one', () => {
    const log = [
      entry({ eventId: 'a', maturesAtMs: 10 }),
      entry({ eventId: 'b', maturesAtMs: 20 }),
    ];
    expect(modelOf(log, 9)).toMatchObject({ matured: [], nextMaturesAtMs: 10 });
    expect(modelOf(log, 10)).toMatchObject({
      matured: [{ count: 1n }],
      expected: [{ count: 2n }],
      nextMaturesAtMs: 20,
    });
    expect(modelOf(log, 20)).toMatchObject({ matured: [{ count: 2n }], nextMaturesAtMs: null });
  });

  it('leaves out what was voided before it matured, and nothing else', () => {
    const of = (maturesAtMs: number | null, voidedAtMs: number): unknown =>
      modelOf([entry({ maturesAtMs }), voidEntry('e', voidedAtMs)], 100).matured;
    expect(of(10, 9)).toEqual([]);
    expect(of(10, 10)).toHaveLength(1);
    expect(of(null, 0)).toHaveLength(1);
  });

  it('counts an action from where a hold or a release moved it', () => {
    const held = moveEntry('hold', 'e', { decidedAtMs: 5, maturesAtMs: 10, movedToMs: 50 });
    const released = moveEntry('release', 'e', { decidedAtMs: 6, maturesAtMs: 50, movedToMs: 8 });
    const of = (asOfMs: number, ...decided: LogEntry[]): number =>
      modelOf([entry({ maturesAtMs: 10 }), ...decided], asOfMs).matured.length;
    expect([of(10), of(10, held), of(49, held), of(50, held)]).toEqual([1, 0, 0, 1]);
    expect([of(7, held, released), of(8, held, released)]).toEqual([0, 1]);
    const voided = { ...voidEntry('e', 30, { maturesAtMs: 50 }), afterHold: true as const };
    expect(of(100, held, voided)).toBe(0);
  });

  it('stops at the types of the contract, should a race ever pass the soft limit', () => {
    const log = Array.from({ length: 43_000 }, (_, index) =>
      entry({ eventId: `e${index}`, count: 100_000, amount: 1e15 }),
    );
    expect(modelOf(log, 0).matured).toEqual([
      { ruleId: 1, count: 2n ** 32n - 1n, amount: 2n ** 64n - 1n },
    ]);
  });

  it('is the same in whatever order the log is read', () => {
    const shuffled = anyLog.chain((log) =>
      fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 0, max: 100 }), ([log, other], asOfMs) => {
        expect(modelOf(other, asOfMs)).toEqual(modelOf(log, asOfMs));
      }),
    );
  });

  it('never goes down as time passes and as entries are added in time', () => {
    fc.assert(
      fc.property(
        anyLog,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (log, earlier, later) => {
          const [from, to] = earlier < later ? [earlier, later] : [later, earlier];
          // What was known at `from`: decisions of later moments were not in the log yet.
          const known = log.filter((one) => one.kind === 'action' || recordedAtMsOf(one) <= from);
          const before = modelOf(known, from).matured;
          const after = new Map(modelOf(log, to).matured.map((line) => [line.ruleId, line]));
          for (const { ruleId, count, amount } of before) {
            expect(after.get(ruleId)?.count).toBeGreaterThanOrEqual(count);
            expect(after.get(ruleId)?.amount).toBeGreaterThanOrEqual(amount);
          }
        },
      ),
    );
  });
});
