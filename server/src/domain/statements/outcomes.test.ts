import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { packLines, type Address, type PackedStatement } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PointsEvent, SkipReason, StatementOutcome } from '../events.ts';
import { NO_DOCUMENT } from '../terms/document.ts';
import { statementKey, withOutcomes } from './outcomes.ts';

const NOBODY: Address = `0x${'0'.repeat(40)}`;
const ANN: Address = `0x${'a'.repeat(40)}`;
const BEN: Address = `0x${'b'.repeat(40)}`;

const rulesOf = (perAction: bigint) => [
  {
    id: 1,
    name: 'act',
    text: '',
    perAction,
    perUnit: 0n,
    maxCount: NO_COUNT_CAP,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
  },
];
const RULE_SETS = [{ fromEpoch: 0, rules: rulesOf(10n) }];
const linesOf = (count: number) => packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);
const statement = (member: Address, epoch: number, count: number): PackedStatement => ({
  member,
  epoch,
  lines: linesOf(count),
});
const batch = (...statements: PackedStatement[]): PointsEvent => ({
  kind: 'BatchSettled',
  statements,
});
const mint = (to: Address, amount: bigint): PointsEvent => ({
  kind: 'Transfer',
  from: NOBODY,
  to,
  amount,
});
const skip = (index: number, reason: SkipReason = 'BudgetUsedUp'): PointsEvent => ({
  kind: 'Skipped',
  index,
  reason,
});

/** As if they were all of one transaction. */
const read = (
  events: readonly PointsEvent[],
  minted: Readonly<Record<string, bigint>> = {},
  ruleSets = RULE_SETS,
) =>
  withOutcomes(
    events.map((event, logIndex) => ({
      event,
      at: { blockNumber: 1, logIndex, transactionHash: '0x01' as const },
    })),
    { ruleSets, minted: new Map(Object.entries(minted)) },
  ).map(({ event }) => event);

describe('the outcomes of a batch', () => {
  it('are told apart although one member has several epochs in it and some say nothing', () => {
    const events = [
      batch(statement(ANN, 3, 1), statement(ANN, 4, 2), statement(BEN, 4, 5)),
      mint(ANN, 20n),
      mint(BEN, 30n),
    ];
    const already = { [statementKey(ANN, 3)]: 10n, [statementKey(BEN, 4)]: 20n };
    expect(read(events, already)).toEqual([
      {
        kind: 'StatementSettled',
        account: ANN,
        epoch: 4,
        amount: 20n,
        points: 20n,
        lines: linesOf(2),
      },
      {
        kind: 'StatementSettled',
        account: BEN,
        epoch: 4,
        amount: 30n,
        points: 50n,
        lines: linesOf(5),
      },
    ]);
  });

  it('add up over a part that the budget allowed and the rest', () => {
    const events = [
      batch(statement(ANN, 3, 4)),
      mint(ANN, 15n),
      batch(statement(ANN, 3, 4)),
      skip(0),
      batch(statement(ANN, 3, 4)),
      mint(ANN, 25n),
      batch(statement(ANN, 3, 4)),
    ];
    const amounts = read(events).map((event) =>
      event.kind === 'StatementSettled' ? [event.amount, event.points] : event.kind,
    );
    expect(amounts).toEqual([[15n, 15n], 'StatementSkipped', [25n, 40n]]);
  });

  it('name the statement that was skipped, also one that earns nothing', () => {
    const events = [batch(statement(ANN, 3, 0), statement(BEN, 9, 1)), skip(0, 'UndefinedRule')];
    expect(read(events)).toEqual([
      {
        kind: 'StatementSkipped',
        account: ANN,
        epoch: 3,
        reason: 'UndefinedRule',
        lines: linesOf(0),
      },
    ]);
  });

  it('follow the rules of each epoch, those of versions among the events too', () => {
    const version = { version: 1, fromEpoch: 5, budgetPerEpoch: 1n, documentHash: NO_DOCUMENT };
    const events: PointsEvent[] = [
      { kind: 'RuleSetPublished', ruleSet: { ...version, rules: rulesOf(0n) } },
      batch(statement(ANN, 5, 1), statement(ANN, 4, 1)),
      mint(ANN, 10n),
    ];
    expect(read(events)).toMatchObject([
      { kind: 'RuleSetPublished' },
      { kind: 'StatementSettled', epoch: 4, points: 10n },
    ]);
  });

  it('leave other transfers alone', () => {
    const moved: PointsEvent = { kind: 'Transfer', from: ANN, to: BEN, amount: 1n };
    const burned: PointsEvent = { kind: 'Transfer', from: ANN, to: NOBODY, amount: 1n };
    const events = [batch(statement(ANN, 3, 1)), mint(ANN, 10n), moved, burned];
    expect(read(events).slice(1)).toEqual([moved, burned]);
  });

  it('are refused when a mint is for no statement', () => {
    expect(() => read([batch(statement(ANN, 3, 1)), mint(BEN, 10n)])).toThrow('no statement');
    expect(() => read([mint(ANN, 10n)])).toThrow('no statement');
  });

  it('are what the contract did, for any batches', () => {
    const anyStatement = fc.record({
      member: fc.constantFrom(ANN, BEN),
      epoch: fc.integer({ min: 0, max: 2 }),
      count: fc.integer({ min: 0, max: 5 }),
      /** Base units that the budget still allows; null for a statement that is refused whatever it earns. */
      room: fc.option(fc.integer({ min: 0, max: 60 })),
    });
    fc.assert(
      fc.property(fc.array(fc.array(anyStatement, { maxLength: 8 }), { maxLength: 6 }), (runs) => {
        const minted = new Map<string, bigint>();
        const events: PointsEvent[] = [];
        const expected: StatementOutcome[] = [];
        for (const run of runs) {
          events.push(batch(...run.map((one) => statement(one.member, one.epoch, one.count))));
          for (const [index, { member: account, epoch, count, room }] of run.entries()) {
            const key = statementKey(account, epoch);
            const before = minted.get(key) ?? 0n;
            const due = BigInt(count) * 10n - before;
            const lines = linesOf(count);
            if (room !== null && due <= 0n) continue;
            if (room === null || room === 0) {
              const reason = room === null ? 'WindowClosed' : 'BudgetUsedUp';
              events.push(skip(index, reason));
              expected.push({ kind: 'StatementSkipped', account, epoch, reason, lines });
              continue;
            }
            const amount = due < BigInt(room) ? due : BigInt(room);
            minted.set(key, before + amount);
            events.push(mint(account, amount));
            const points = before + amount;
            expected.push({ kind: 'StatementSettled', account, epoch, amount, points, lines });
          }
        }
        expect(read(events)).toEqual(expected);
      }),
    );
  });
});
