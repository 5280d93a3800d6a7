import type { SkipReason, StatementRecord } from './statementRecord.ts';

/** These pass with time. Every other reason is about the lines themselves, or for good. */
export const PASSING_SKIPS: readonly SkipReason[] = ['FutureEpoch', 'BudgetUsedUp'];

/** Whether the contract left these very lines out for a reason that time does not mend. */
export function isRefused({ skipped, lines }: Pick<StatementRecord, 'skipped' | 'lines'>): boolean {
  return skipped !== null && !PASSING_SKIPS.includes(skipped.reason) && skipped.lines === lines;
}

/** Whether a statement is worth handing in: it earned more than was minted, and was not refused as it stands. */
export function isDue(
  statement: Pick<StatementRecord, 'points' | 'settledPoints' | 'skipped' | 'lines'>,
): boolean {
  return statement.points > statement.settledPoints && !isRefused(statement);
}
