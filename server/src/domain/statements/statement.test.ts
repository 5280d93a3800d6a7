import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { packLines } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../terms/document.ts';
import { earnedBy, linesOf, type RuleSum } from './statement.ts';

const sum = (ruleId: number, count: bigint, amount = 0n): RuleSum => ({ ruleId, count, amount });

describe('the lines of sums', () => {
  it('ascend by rule, and have none for a rule of which nothing is left', () => {
    expect(linesOf([sum(7, 2n, 5n), sum(4, 0n), sum(3, 1n)])).toEqual([
      { ruleId: 3, count: 1n, amount: 0n },
      { ruleId: 7, count: 2n, amount: 5n },
    ]);
  });

  it('stop at the types of the contract, should a race ever pass the soft limit', () => {
    expect(linesOf([sum(1, 2n ** 40n, 2n ** 70n)])).toEqual([
      { ruleId: 1, count: 2n ** 32n - 1n, amount: 2n ** 64n - 1n },
    ]);
  });
});

describe('what a log earns', () => {
  const rule = {
    id: 1,
    name: 'visit',
    text: '',
    perAction: 10n,
    perUnit: 0n,
    maxCount: NO_COUNT_CAP,
    maxPoints: NO_POINTS_CAP,
    untilEpoch: NO_END,
  };
  const set = {
    version: 1,
    budgetPerEpoch: 0n,
    documentHash: NO_DOCUMENT,
    blockNumber: 1,
    transactionHash: '0x',
  } as const;
  const ruleSets = [
    { ...set, fromEpoch: 0, rules: [rule] },
    { ...set, version: 2, fromEpoch: 5, rules: [{ ...rule, perAction: 20n }] },
  ];
  const sums = { matured: [sum(1, 2n)], expected: [sum(1, 3n)] };

  it('is worked out by the rules in force for its epoch', () => {
    expect(earnedBy({ ruleSets }, 4, sums)).toMatchObject({ points: 20n, expectedPoints: 30n });
    expect(earnedBy({ ruleSets }, 5, sums)).toMatchObject({ points: 40n, expectedPoints: 60n });
    expect(earnedBy({ ruleSets }, 5, sums).lines).toBe(
      packLines([{ ruleId: 1, count: 2n, amount: 0n }]),
    );
  });

  it('is nothing while no rule is known', () => {
    expect(earnedBy({ ruleSets: [] }, 4, sums)).toMatchObject({ points: 0n, expectedPoints: 0n });
  });
});
