import { statementPoints, type Line } from '@dewpoint/contracts/formula.ts';
import { packLines } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORDED_PROGRAM } from '../../testing/builders/program.ts';
import { heldBackOf, partsOf } from './parts.ts';

const EPOCH = 3;
const rules = new Map(RECORDED_PROGRAM.ruleSets[0]?.rules.map((rule) => [rule.id, rule]));
const pointsOf = (lines: readonly Line[]): bigint => statementPoints(rules, lines, EPOCH);
const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n);

/** A statement that grew from what was settled over what counts to what is expected, with part of what was settled minted. */
const anyStatement = fc
  .array(
    fc.tuple(
      fc.tuple(fc.bigInt(1n, 9n), fc.bigInt(0n, 10n ** 9n)),
      fc.tuple(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 9n)),
      fc.tuple(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 9n)),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .chain((grown) => {
    const upTo = (stage: number): Line[] =>
      grown.map((steps, index) => ({
        ruleId: index + 1,
        count: sum(steps.slice(0, stage).map(([count]) => count)),
        amount: sum(steps.slice(0, stage).map(([, amount]) => amount)),
      }));
    const [settled, counting, expected] = [upTo(1), upTo(2), upTo(3)];
    return fc.bigInt(0n, pointsOf(settled)).map((settledPoints) => ({
      epoch: EPOCH,
      lines: packLines(counting),
      points: pointsOf(counting),
      expectedLines: packLines(expected),
      expectedPoints: pointsOf(expected),
      settledLines: packLines(settled),
      settledPoints,
      skipped: null,
    }));
  });

describe('the parts of a statement', () => {
  it('add up to what it earns, what is minted and what matures, to the base unit', () => {
    fc.assert(
      fc.property(anyStatement, (statement) => {
        const parts = partsOf(RECORDED_PROGRAM, statement);
        expect(sum(parts.map(({ points }) => points))).toBe(statement.points);
        expect(sum(parts.map(({ minted }) => minted))).toBe(statement.settledPoints);
        const maturing = sum(parts.map((part) => part.maturing));
        expect(maturing).toBe(statement.expectedPoints - statement.points);
        for (const part of parts) {
          expect(part.minted <= part.points).toBe(true);
          expect(part.maturing >= 0n).toBe(true);
        }
      }),
    );
  });
});

describe('what holds points back', () => {
  const lines = packLines([{ ruleId: 2, count: 4n, amount: 0n }]);
  const at = { blockNumber: 1, logIndex: 0, transactionHash: '0xab' } as const;
  const minted = (settledPoints: bigint) => ({
    epoch: EPOCH,
    ...{ lines, points: 2_000n, expectedLines: lines, expectedPoints: 2_000n },
    ...{ settledLines: lines, settledPoints, skipped: null },
  });
  const skipped = (reason: 'BudgetUsedUp' | 'NotBacked' | 'UndefinedRule') => ({
    ...minted(0n),
    skipped: { reason, lines, at },
  });

  it.each([
    ['BudgetUsedUp', 'BUDGET'],
    ['NotBacked', 'BACKING'],
    ['UndefinedRule', null],
  ] as const)('is, when the contract says %s, %s', (reason, heldBack) => {
    expect(heldBackOf(RECORDED_PROGRAM, skipped(reason))).toBe(heldBack);
  });

  it('is the budget when a part was minted, unless it might be the backing', () => {
    expect(heldBackOf(RECORDED_PROGRAM, minted(500n))).toBe('BUDGET');
    expect(heldBackOf({ ...RECORDED_PROGRAM, backed: true }, minted(500n))).toBeNull();
  });

  it('is nothing once all is minted, and while nothing was handed in', () => {
    expect(heldBackOf(RECORDED_PROGRAM, minted(2_000n))).toBeNull();
    const fresh = { ...minted(0n), settledLines: '0x' as const };
    expect(heldBackOf(RECORDED_PROGRAM, fresh)).toBeNull();
  });
});
