import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Rule } from '../program.ts';
import { compareRuleSets, MAX_HARDEST_HIT, type ComparedStatement } from './ruleSetComparison.ts';

const rule = (id: number, perAction: bigint, more: Partial<Rule> = {}): Rule => ({
  ...{ id, name: `rule ${id}`, text: '', perAction, perUnit: 0n },
  ...{ maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END },
  ...more,
});
const did = (memberId: string, ruleId: number, count: bigint, epoch = 3): ComparedStatement => ({
  memberId,
  epoch,
  lines: [{ ruleId, count, amount: 0n }],
});
const compare = (
  before: readonly Rule[],
  after: readonly Rule[],
  statements: readonly ComparedStatement[],
): ReturnType<ReturnType<typeof compareRuleSets>['result']> => {
  const comparer = compareRuleSets({ before, after, epoch: 10 });
  for (const statement of statements) comparer.add(statement);
  return comparer.result();
};

describe('a comparison of rule sets', () => {
  it('adds up points by rule, by epoch, and in all', () => {
    const compared = compare(
      [rule(1, 100n), rule(2, 50n)],
      [rule(1, 80n), rule(3, 10n)],
      [did('a', 1, 2n), did('a', 2, 1n, 4), did('b', 1, 1n, 4), did('b', 9, 7n, 4)],
    );
    expect(compared).toMatchObject({ before: 350n, after: 240n, statements: 4 });
    expect(compared.rules).toEqual([
      { ruleId: 1, name: 'rule 1', count: 3n, amount: 0n, before: 300n, after: 240n },
      { ruleId: 2, name: 'rule 2', count: 1n, amount: 0n, before: 50n, after: 0n },
      { ruleId: 3, name: 'rule 3', count: 0n, amount: 0n, before: 0n, after: 0n },
      { ruleId: 9, name: null, count: 7n, amount: 0n, before: 0n, after: 0n },
    ]);
    expect(compared.epochs).toEqual([
      { epoch: 3, before: 200n, after: 160n },
      { epoch: 4, before: 150n, after: 80n },
    ]);
  });

  it('leaves out what was voided as a whole', () => {
    const compared = compare([rule(1, 100n)], [rule(1, 80n)], [{ ...did('a', 1, 1n), lines: [] }]);
    expect(compared).toMatchObject({ statements: 0, members: { same: 0 }, epochs: [] });
  });

  it('finds the hardest hit among many, in whatever order they come', () => {
    const losses = fc.array(fc.bigInt({ min: 0n, max: 40n }), { minLength: 300, maxLength: 500 });
    fc.assert(
      fc.property(losses, (counts) => {
        const statements = counts.map((count, index) => did(`m${1_000 + index}`, 1, count));
        const { hardestHit } = compare([rule(1, 2n)], [rule(1, 1n)], statements);
        const expected = counts
          .map((count, index) => ({ memberId: `m${1_000 + index}`, count }))
          .filter(({ count }) => count > 0n)
          .sort((one, other) => Number(other.count - one.count))
          .slice(0, MAX_HARDEST_HIT);
        expect(hardestHit.map(({ memberId }) => memberId)).toEqual(
          expected.map(({ memberId }) => memberId),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('applies caps to each statement, and leaves out rules that have ended by then', () => {
    const compared = compare(
      [rule(1, 100n, { maxPoints: 150n }), rule(2, 5n, { untilEpoch: 10 })],
      [rule(1, 100n, { maxCount: 3n }), rule(2, 5n, { untilEpoch: 11 })],
      [did('a', 1, 4n), did('a', 1, 1n, 4), did('a', 2, 1n)],
    );
    expect(compared).toMatchObject({ before: 250n, after: 405n });
  });

  it('puts each member into one step of the spread', () => {
    const changes = [
      ...[0n, 50n, 51n, 75n, 76n, 90n, 91n, 99n],
      ...[100n, 101n, 110n, 111n, 125n, 150n, 200n, 201n],
    ];
    const statements = changes.map((_, index) => did(`m${index}`, index, 1n));
    const { spread, members } = compare(
      changes.map((_, index) => rule(index, 100n)),
      changes.map((after, index) => rule(index, after)),
      [...statements, did('nothing', 99, 1n)],
    );
    expect(spread.map(({ from, to, members: count }) => [from, to, count])).toEqual([
      [-100, -100, 1],
      [-100, -50, 1],
      [-50, -25, 2],
      [-25, -10, 2],
      [-10, 0, 2],
      [0, 0, 1],
      [0, 10, 2],
      [10, 25, 2],
      [25, 50, 1],
      [50, 100, 1],
      [100, null, 1],
    ]);
    expect(members).toEqual({ better: 7, worse: 8, same: 2 });
  });

  it('names those who lose most, by points, and no more than it says', () => {
    const statements = Array.from({ length: 30 }, (_, index) =>
      did(`m${String(index).padStart(2, '0')}`, 1, BigInt(1 + (index % 29))),
    );
    const { hardestHit } = compare([rule(1, 10n)], [rule(1, 7n)], statements);
    expect(hardestHit).toHaveLength(MAX_HARDEST_HIT);
    expect(hardestHit[0]).toEqual({ memberId: 'm28', before: 290n, after: 203n });
    expect(compare([rule(1, 10n)], [rule(1, 11n)], statements).hardestHit).toEqual([]);
    const same = compare([rule(1, 10n)], [rule(1, 7n)], [did('b', 1, 1n), did('a', 1, 1n)]);
    expect(same.hardestHit.map(({ memberId }) => memberId)).toEqual(['a', 'b']);
  });

  it('comes to the same in whatever order statements come, and its parts to the whole', () => {
    const statement = fc.record({
      memberId: fc.constantFrom('a', 'b', 'c', 'd'),
      epoch: fc.integer({ min: 0, max: 5 }),
      lines: fc.uniqueArray(
        fc.record({
          ruleId: fc.integer({ min: 0, max: 4 }),
          count: fc.bigInt({ min: 0n, max: 1_000n }),
          amount: fc.bigInt({ min: 0n, max: 10n ** 9n }),
        }),
        { selector: ({ ruleId }) => ruleId, maxLength: 4 },
      ),
    });
    const ruleSet = fc.uniqueArray(
      fc
        .tuple(fc.integer({ min: 0, max: 4 }), fc.bigInt({ min: 0n, max: 1_000n }))
        .map(([id, perAction]) => rule(id, perAction, { perUnit: perAction })),
      { selector: ({ id }) => id },
    );
    const property = (
      before: readonly Rule[],
      after: readonly Rule[],
      statements: readonly ComparedStatement[],
    ): void => {
      const forwards = compare(before, after, statements);
      expect(compare(before, after, statements.toReversed())).toEqual(forwards);
      for (const side of ['before', 'after'] as const) {
        const sum = (parts: readonly { before: bigint; after: bigint }[]): bigint =>
          parts.reduce((all, part) => all + part[side], 0n);
        expect(sum(forwards.epochs)).toBe(forwards[side]);
        expect(sum(forwards.rules)).toBe(forwards[side]);
      }
      const { better, worse, same } = forwards.members;
      const active = statements.filter(({ lines }) => lines.length > 0);
      expect(better + worse + same).toBe(new Set(active.map((one) => one.memberId)).size);
    };
    fc.assert(fc.property(ruleSet, ruleSet, fc.array(statement, { maxLength: 20 }), property));
  });
});
