import { EMPTY_LINES, packLines, type Address } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BATCH_STATEMENTS, buildBatches, splitBatch, withinRoom } from './batching.ts';
import type { StatementRecord } from './statementRecord.ts';

const LINES = packLines([{ ruleId: 1, count: 1n, amount: 0n }]);
const statement = (
  member: number,
  epoch: number,
  fields: Partial<StatementRecord> = {},
): StatementRecord => ({
  id: `${member}:${epoch}`,
  programId: 'prg_1',
  memberId: String(member),
  account: `0x${member.toString(16).padStart(40, '0')}`,
  epoch,
  entries: 1,
  recentFromMs: 0,
  recentEntries: 1,
  ruleSetVersion: 1,
  nextMaturesAtMs: null,
  asOfMs: 0,
  lines: LINES,
  points: 10n,
  expectedLines: LINES,
  expectedPoints: 10n,
  settledLines: EMPTY_LINES,
  settledPoints: 0n,
  settledAt: null,
  skipped: null,
  due: true,
  settleAfterMs: 0,
  askedAtMs: null,
  ...fields,
});
const anyStatements = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 20 })), {
    maxLength: 400,
    selector: ([member, epoch]) => `${member}:${epoch}`,
  })
  .map((keys) => keys.map(([member, epoch]) => statement(member, epoch)));

describe('batches', () => {
  it('hold every statement once, and never too many', () => {
    fc.assert(
      fc.property(anyStatements, (statements) => {
        const batches = buildBatches(statements);
        const ids = batches.flat().map(({ id }) => id);
        expect(ids.toSorted()).toEqual(statements.map(({ id }) => id).toSorted());
        for (const { length } of batches) {
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(MAX_BATCH_STATEMENTS);
        }
      }),
    );
  });

  it('keep all epochs of a member together, oldest first', () => {
    fc.assert(
      fc.property(anyStatements, (statements) => {
        const batchOf = new Map<Address, number>();
        buildBatches(statements).forEach((batch, index) => {
          batch.forEach(({ account, epoch }, at) => {
            expect(batchOf.get(account) ?? index).toBe(index);
            batchOf.set(account, index);
            const before = batch[at - 1];
            if (before?.account === account) expect(before.epoch).toBeLessThan(epoch);
          });
        });
      }),
    );
  });

  it('stay below what nodes take, however long their statements are', () => {
    const long = packLines(
      Array.from({ length: 255 }, (_, ruleId) => ({ ruleId, count: 1n, amount: 0n })),
    );
    const batches = buildBatches(
      Array.from({ length: 50 }, (_, member) => statement(member, 0, { lines: long })),
    );
    for (const batch of batches) {
      const bytes = batch.reduce((sum, { lines }) => sum + lines.length / 2, 0);
      expect(bytes).toBeLessThan(64_000);
    }
  });

  it('split until one statement is alone', () => {
    let suspects = [0, 1, 2, 3, 4, 5, 6].map((member) => statement(member, 0));
    let splits = 0;
    while (suspects.length > 1) {
      const halves = splitBatch(suspects);
      expect(halves.flat()).toEqual(suspects);
      suspects = halves.find((half) => half.some(({ id }) => id === '4:0')) ?? [];
      splits += 1;
    }
    expect(suspects.map(({ id }) => id)).toEqual(['4:0']);
    expect(splits).toBeLessThanOrEqual(3);
    expect(() => splitBatch(suspects)).toThrow(RangeError);
  });
});

describe('what is worth a transaction', () => {
  it('ends with the statement that the budget is used up by', () => {
    const due = [1, 2, 3, 4].map((member) => statement(member, 0));
    expect(withinRoom(due, 0n)).toEqual([]);
    expect(withinRoom(due, 1n).map(({ id }) => id)).toEqual(['1:0']);
    expect(withinRoom(due, 20n).map(({ id }) => id)).toEqual(['1:0', '2:0']);
    expect(withinRoom(due, 21n).map(({ id }) => id)).toEqual(['1:0', '2:0', '3:0']);
  });

  it('counts only what is not minted yet, and leaves out what mints nothing', () => {
    const due = [
      statement(1, 0, { settledPoints: 9n }),
      statement(2, 0, { settledPoints: 10n }),
      statement(3, 0, { lines: EMPTY_LINES }),
      statement(4, 0),
    ];
    expect(withinRoom(due, 2n).map(({ id }) => id)).toEqual(['1:0', '4:0']);
  });
});
