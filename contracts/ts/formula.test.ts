import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linePointsRoundedDown,
  MAX_STATEMENT_POINTS,
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
  statementPoints,
  type RuleTerms,
} from './formula.ts';

const rule = (fields: Partial<RuleTerms> = {}): RuleTerms => ({
  id: 1,
  perAction: 0n,
  perUnit: 0n,
  maxCount: NO_COUNT_CAP,
  maxPoints: NO_POINTS_CAP,
  untilEpoch: NO_END,
  ...fields,
});
const line = (count: bigint, amount = 0n, ruleId = 1) => ({ ruleId, count, amount });
const rules = (...all: RuleTerms[]) => new Map(all.map((r) => [r.id, r]));

describe('a line', () => {
  it('earns per action up to the cap of actions', () => {
    const capped = rule({ perAction: 150n, maxCount: 3n });
    expect([0n, 2n, 3n, 4n].map((n) => linePointsRoundedDown(capped, line(n), 0))).toEqual([
      0n,
      300n,
      450n,
      450n,
    ]);
  });

  it('earns per unit of amount, rounded down once', () => {
    const perUnit = rule({ perUnit: 333_333n });
    expect(linePointsRoundedDown(perUnit, line(1n, 3n), 0)).toBe(0n);
    expect(linePointsRoundedDown(perUnit, line(1n, 4n), 0)).toBe(1n);
  });

  it('earns its cap of points at most', () => {
    const capped = rule({ perAction: 100n, perUnit: 1_000_000n, maxPoints: 120n });
    expect(linePointsRoundedDown(capped, line(1n, 19n), 0)).toBe(119n);
    expect(linePointsRoundedDown(capped, line(1n, 21n), 0)).toBe(120n);
  });

  it('earns in epochs before the end of its rule and in none after', () => {
    const promotion = rule({ perAction: 1n, untilEpoch: 5 });
    expect([4, 5, 6].map((e) => linePointsRoundedDown(promotion, line(1n), e))).toEqual([
      1n,
      0n,
      0n,
    ]);
  });

  it('has zero mean zero, in every field', () => {
    const generous = { perAction: 1n, perUnit: 1_000_000n };
    expect(linePointsRoundedDown(rule({ ...generous, maxPoints: 0n }), line(9n, 9n), 0)).toBe(0n);
    expect(linePointsRoundedDown(rule({ ...generous, maxCount: 0n }), line(9n, 9n), 0)).toBe(9n);
    expect(linePointsRoundedDown(rule({ ...generous, untilEpoch: 0 }), line(9n, 9n), 0)).toBe(0n);
  });
});

describe('a statement', () => {
  it('earns the sum of its lines, and nothing for rules that are not in force', () => {
    const both = rules(rule({ perAction: 10n }), rule({ id: 2, perAction: 1n }));
    expect(statementPoints(both, [line(3n), line(4n, 0n, 2), line(9n, 0n, 3)], 0)).toBe(34n);
    expect(statementPoints(both, [], 0)).toBe(0n);
  });

  it('earns what the account word can hold at most', () => {
    const most = rule({ perAction: 2n ** 64n - 1n });
    const two = rules(most, { ...most, id: 2 });
    expect(statementPoints(two, [line(9n), line(9n, 0n, 2)], 0)).toBe(MAX_STATEMENT_POINTS);
  });

  it('never earns less for more', () => {
    const bits = (n: bigint) => fc.bigInt({ min: 0n, max: 2n ** n - 1n });
    const terms = fc.record({
      id: fc.constant(1),
      perAction: bits(64n),
      perUnit: bits(64n),
      maxCount: bits(32n),
      maxPoints: bits(34n),
      untilEpoch: fc.constant(NO_END),
    });
    fc.assert(
      fc.property(terms, bits(31n), bits(63n), bits(31n), bits(63n), (t, count, amount, c, a) => {
        const less = statementPoints(rules(t), [line(count, amount)], 0);
        const more = statementPoints(rules(t), [line(count + c, amount + a)], 0);
        expect(more >= less).toBe(true);
      }),
    );
  });
});
