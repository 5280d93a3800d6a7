/** Divides what a statement earned among its rules: what is minted, what is not yet, and what still matures. Pure. */
import { statementPoints, type Line } from '@dewpoint/contracts/formula.ts';
import { unpackLines, type Hex } from '@dewpoint/contracts/statement.ts';
import { ruleSetOf } from '../epochs.ts';
import type { Program } from '../program.ts';
import type { StatementRecord } from './statementRecord.ts';

/** One rule's part of a statement, in base units of points. */
export interface StatementPart {
  readonly ruleId: number;
  /** Everything in the log, matured or not, without what is void. */
  readonly expected: Line;
  /** What has matured. */
  readonly counting: Line;
  /** What was handed to the contract last. */
  readonly settled: Line;
  /** What `counting` earns within the statement: together `points` of the statement. */
  readonly points: bigint;
  /** Part of `points` that the contract was handed, minted or not. */
  readonly handedIn: bigint;
  /** Part of `points` that the contract has minted: together what it minted for the statement. */
  readonly minted: bigint;
  /** What is added once the rest has matured: together `expectedPoints` less `points` of the statement. */
  readonly maturing: bigint;
}

/** What keeps the contract from minting what was handed to it: the budget of an epoch, or money in the reserve. */
export type HeldBack = 'BUDGET' | 'BACKING';

type Rules = Pick<Program, 'ruleSets'>;
type Earned = Pick<
  StatementRecord,
  | 'epoch'
  | 'lines'
  | 'points'
  | 'expectedLines'
  | 'expectedPoints'
  | 'settledLines'
  | 'settledPoints'
  | 'skipped'
>;

const emptyLine = (ruleId: number): Line => ({ ruleId, count: 0n, amount: 0n });
const byRule = (lines: Hex): Map<number, Line> =>
  new Map(unpackLines(lines).map((line) => [line.ruleId, line]));
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Hands out a total in the order of what is wanted, to each as much as it wants while there is any. */
function handOut(total: bigint, wanted: readonly bigint[]): bigint[] {
  let left = total;
  return wanted.map((want) => {
    const given = least(want, left);
    left -= given;
    return given;
  });
}

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

/**
 * Divides a statement among its rules, by ascending id. The contract knows sums alone: where a limit took something away, from
 * the statement or from what was minted, the rules with smaller ids come first.
 */
export function partsOf(program: Rules, statement: Earned): StatementPart[] {
  const { epoch } = statement;
  const rules = new Map(ruleSetOf(program, epoch)?.rules.map((rule) => [rule.id, rule]));
  const expected = unpackLines(statement.expectedLines);
  const ids = expected.map(({ ruleId }) => ruleId);
  const counting = byRule(statement.lines);
  const settled = byRule(statement.settledLines);
  const earnedBy = (lines: ReadonlyMap<number, Line>): bigint[] =>
    ids.map((id) => statementPoints(rules, [lines.get(id) ?? emptyLine(id)], epoch));
  const counts = earnedBy(counting);
  const points = handOut(statement.points, counts);
  const handedIn = earnedBy(settled).map((part, index) => least(part, points[index] ?? 0n));
  const first = handOut(statement.settledPoints, handedIn);
  const unplaced = statement.settledPoints - sumOf(first);
  const second = handOut(
    unplaced,
    points.map((part, index) => part - (first[index] ?? 0n)),
  );
  const maturing = handOut(
    statement.expectedPoints - statement.points,
    earnedBy(byRule(statement.expectedLines)).map((part, index) => part - (counts[index] ?? 0n)),
  );
  return expected.map((line, index) => ({
    ruleId: line.ruleId,
    expected: line,
    counting: counting.get(line.ruleId) ?? emptyLine(line.ruleId),
    settled: settled.get(line.ruleId) ?? emptyLine(line.ruleId),
    points: points[index] ?? 0n,
    handedIn: handedIn[index] ?? 0n,
    minted: (first[index] ?? 0n) + (second[index] ?? 0n),
    maturing: maturing[index] ?? 0n,
  }));
}

/** Tells what holds back points of a statement that the contract was handed; null while nothing does, or it has not said what. */
export function heldBackOf(
  program: Rules & Pick<Program, 'backed'>,
  statement: Earned,
): HeldBack | null {
  if (statement.points <= statement.settledPoints) return null;
  if (statement.skipped !== null) {
    const { reason } = statement.skipped;
    if (reason === 'NotBacked') return 'BACKING';
    return reason === 'BudgetUsedUp' ? 'BUDGET' : null;
  }
  // Part of it was minted, and the contract says why not all of it at the next try. Without backing it can be one thing only.
  const rules = new Map(ruleSetOf(program, statement.epoch)?.rules.map((rule) => [rule.id, rule]));
  const handedIn = statementPoints(rules, unpackLines(statement.settledLines), statement.epoch);
  return !program.backed && statement.settledPoints < handedIn ? 'BUDGET' : null;
}
