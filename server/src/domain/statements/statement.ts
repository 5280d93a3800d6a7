/** Computes the statement of one member and one epoch from the sums of its log. Pure. */
import type { Line } from '@dewpoint/contracts/formula.ts';
import { statementPoints } from '@dewpoint/contracts/formula.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { packLines } from '@dewpoint/contracts/statement.ts';
import { ruleSetOf } from '../epochs.ts';
import type { Program } from '../program.ts';

/** What the log of one statement has by one rule, voids taken off. */
export interface RuleSum {
  readonly ruleId: number;
  readonly count: bigint;
  readonly amount: bigint;
}

/** Sums of the log of one statement, as of a time. */
export interface LogSums {
  /** Actions that count for good. */
  readonly matured: readonly RuleSum[];
  /** The sums once everything in the log has matured. */
  readonly expected: readonly RuleSum[];
  /** Next time at which an action matures that is not void; null when there is none. */
  readonly nextMaturesAtMs: number | null;
  /** Entries that were added up, actions and voids. The log only grows: of two sums, the one with more entries is newer. */
  readonly entries: number;
  /** Those of them that were logged from the moment on that the reader of the log named. */
  readonly recentEntries: number;
}

export const EMPTY_LOG: LogSums = {
  matured: [],
  expected: [],
  nextMaturesAtMs: null,
  entries: 0,
  recentEntries: 0,
};

/** Types of the contract's packed lines. The soft limit on actions keeps sums far below; a race past it stops here. */
const MAX_LINE_COUNT = 2n ** 32n - 1n;
const MAX_LINE_AMOUNT = 2n ** 64n - 1n;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Makes lines of sums: rule ids ascend, and a rule of which nothing is left has none. */
export function linesOf(sums: readonly RuleSum[]): Line[] {
  return sums
    .filter(({ count }) => count > 0n)
    .toSorted((a, b) => a.ruleId - b.ruleId)
    .map(({ ruleId, count, amount }) => ({
      ruleId,
      count: smaller(count, MAX_LINE_COUNT),
      amount: smaller(amount, MAX_LINE_AMOUNT),
    }));
}

/** A statement in the forms that are stored, signed and settled. */
export interface Earned {
  readonly lines: Hex;
  readonly points: bigint;
  readonly expectedLines: Hex;
  readonly expectedPoints: bigint;
}

/** Computes what a log earns under the rules in force for its epoch. */
export function earnedBy(
  program: Pick<Program, 'ruleSets'>,
  epoch: number,
  { matured, expected }: Pick<LogSums, 'matured' | 'expected'>,
): Earned {
  const rules = new Map(ruleSetOf(program, epoch)?.rules.map((rule) => [rule.id, rule]));
  const lines = linesOf(matured);
  const expectedLines = linesOf(expected);
  return {
    lines: packLines(lines),
    points: statementPoints(rules, lines, epoch),
    expectedLines: packLines(expectedLines),
    expectedPoints: statementPoints(rules, expectedLines, epoch),
  };
}
