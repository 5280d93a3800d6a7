import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionEntry, LogEntry } from '../actions/action.ts';
import { statementOf } from './statement.ts';

const entry = (overrides: Partial<ActionEntry>): ActionEntry => ({
  kind: 'action',
  programId: 'p',
  memberId: 'm',
  eventId: 'e',
  ruleId: 1,
  count: 1,
  amount: 0,
  occurredAtMs: 0,
  epoch: 0,
  maturesAtMs: null,
  actor: null,
  reason: null,
  recordedAtMs: 0,
  ...overrides,
});
const voidOf = (eventId: string, voidedAtMs: number): LogEntry => ({
  kind: 'void',
  programId: 'p',
  memberId: 'm',
  eventId,
  epoch: 0,
  voidedAtMs,
  reason: null,
});

const anyLog: fc.Arbitrary<LogEntry[]> = fc
  .uniqueArray(
    fc.record({
      event: fc.integer({ min: 0, max: 30 }),
      ruleId: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 1, max: 100_000 }),
      amount: fc.integer({ min: 0, max: 1e15 }),
      maturesAtMs: fc.option(fc.integer({ min: 1, max: 100 })),
      voidedAtMs: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
    { selector: ({ event }) => event },
  )
  .map((actions) =>
    actions.flatMap(({ event, voidedAtMs, ...body }) => [
      entry({ eventId: `e${event}`, ...body }),
      ...(voidedAtMs === null ? [] : [voidOf(`e${event}`, voidedAtMs)]),
    ]),
  );

describe('a statement', () => {
  it('adds up counts and amounts by rule, ids ascending, exactly', () => {
    const { matured } = statementOf(
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
    expect(statementOf(log, 9)).toMatchObject({ matured: [], nextMaturesAtMs: 10 });
    expect(statementOf(log, 10)).toMatchObject({
      matured: [{ count: 1n }],
      expected: [{ count: 2n }],
      nextMaturesAtMs: 20,
    });
    expect(statementOf(log, 20)).toMatchObject({ matured: [{ count: 2n }], nextMaturesAtMs: null });
  });

  it('leaves out what was voided before it matured, and nothing else', () => {
    const of = (maturesAtMs: number | null, voidedAtMs: number): unknown =>
      statementOf([entry({ maturesAtMs }), voidOf('e', voidedAtMs)], 100).matured;
    expect(of(10, 9)).toEqual([]);
    expect(of(10, 10)).toHaveLength(1);
    expect(of(null, 0)).toHaveLength(1);
  });

  it('stops at the types of the contract, should a race ever pass the soft limit', () => {
    const log = Array.from({ length: 43_000 }, (_, index) =>
      entry({ eventId: `e${index}`, count: 100_000, amount: 1e15 }),
    );
    expect(statementOf(log, 0).matured).toEqual([
      { ruleId: 1, count: 2n ** 32n - 1n, amount: 2n ** 64n - 1n },
    ]);
  });

  it('is the same in whatever order the log is read', () => {
    const shuffled = anyLog.chain((log) =>
      fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 0, max: 100 }), ([log, other], asOfMs) => {
        expect(statementOf(other, asOfMs)).toEqual(statementOf(log, asOfMs));
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
          // What was known at `from`: voids of later moments were not in the log yet.
          const known = log.filter((one) => one.kind === 'action' || one.voidedAtMs <= from);
          const before = statementOf(known, from).matured;
          const after = new Map(statementOf(log, to).matured.map((line) => [line.ruleId, line]));
          for (const { ruleId, count, amount } of before) {
            expect(after.get(ruleId)?.count).toBeGreaterThanOrEqual(count);
            expect(after.get(ruleId)?.amount).toBeGreaterThanOrEqual(amount);
          }
        },
      ),
    );
  });
});
