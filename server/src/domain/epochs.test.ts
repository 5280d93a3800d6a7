import { describe, expect, it } from 'vitest';
import {
  epochAt,
  latestMaturityMs,
  oldestOpenEpoch,
  recordingClosesAtMs,
  ruleIdOf,
  ruleOf,
  ruleSetOf,
  windowClosesAtMs,
} from './epochs.ts';
import { NO_DOCUMENT } from './terms/document.ts';
import type { Rule, RuleSet } from './program.ts';

const CLOCK = { startsAtMs: 1_000_000, epochLengthMs: 3_600_000, settlementWindow: 8 };
const at = (epochs: number): number => 1_000_000 + epochs * 3_600_000;

describe('epochs', () => {
  it('begin with their first millisecond', () => {
    expect(epochAt(CLOCK, at(3) - 1)).toBe(2);
    expect(epochAt(CLOCK, at(3))).toBe(3);
    expect(epochAt(CLOCK, at(0) - 1)).toBe(-1);
  });

  it('take actions until 6 hours after their end', () => {
    expect(recordingClosesAtMs(CLOCK, 2)).toBe(at(3) + 6 * 3_600_000);
  });

  it('are open from now back to W epochs ago', () => {
    expect(oldestOpenEpoch(CLOCK, at(5))).toBe(0);
    expect(oldestOpenEpoch(CLOCK, at(20))).toBe(12);
    expect(windowClosesAtMs(CLOCK, 12)).toBe(at(21));
    expect(oldestOpenEpoch(CLOCK, windowClosesAtMs(CLOCK, 12) - 1)).toBe(12);
    expect(oldestOpenEpoch(CLOCK, windowClosesAtMs(CLOCK, 12))).toBe(13);
  });

  it('let actions mature until the start of epoch e + W - 3', () => {
    expect(latestMaturityMs(CLOCK, 2)).toBe(at(7));
  });
});

describe('rule sets', () => {
  const rule = (id: number, name: string, perAction: bigint): Rule => ({
    id,
    name,
    text: '',
    perAction,
    perUnit: 0n,
    maxCount: 0n,
    maxPoints: 0n,
    untilEpoch: 0,
  });
  const version = (number: number, fromEpoch: number, rules: Rule[]): RuleSet => ({
    version: number,
    fromEpoch,
    budgetPerEpoch: 0n,
    documentHash: NO_DOCUMENT,
    rules,
    blockNumber: 0,
    transactionHash: '0x',
  });
  const program = {
    ruleSets: [
      version(0, 0, [rule(1, 'a', 1n), rule(2, 'b', 1n)]),
      version(1, 5, [rule(1, 'a', 2n)]),
      version(2, 9, [rule(1, 'a', 3n), rule(3, 'c', 1n)]),
    ],
  };

  it('govern from their first epoch until the next one', () => {
    expect([0, 4, 5, 8, 9, 100].map((epoch) => ruleSetOf(program, epoch)?.version)).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(ruleSetOf({ ruleSets: [] }, 0)).toBeNull();
  });

  it('define names for every epoch, and words for rules that were left out or are to come', () => {
    expect(ruleIdOf(program, 'c')).toBe(3);
    expect(ruleIdOf(program, 'd')).toBeNull();
    expect(ruleOf(program, 6, 1)?.perAction).toBe(2n);
    expect(ruleOf(program, 6, 2)?.name).toBe('b');
    expect(ruleOf(program, 6, 4)).toBeNull();
  });
});
