import type { SkipReason } from '../events.ts';
import type { StatementRecord } from './statementRecord.ts';

/** Reasons that pass with time. Every other reason is about the lines themselves, or permanent. */
export const PASSING_SKIPS: readonly SkipReason[] = ['FutureEpoch', 'BudgetUsedUp', 'NotBacked'];

/** Tells whether the contract refused these very lines for a permanent reason. */
export function isRefused({ skipped, lines }: Pick<StatementRecord, 'skipped' | 'lines'>): boolean {
  return skipped !== null && !PASSING_SKIPS.includes(skipped.reason) && skipped.lines === lines;
}

/** Tells whether a statement is due: it earned more than was minted, and its lines were not refused. */
export function isDue(
  statement: Pick<StatementRecord, 'points' | 'settledPoints' | 'skipped' | 'lines'>,
): boolean {
  return statement.points > statement.settledPoints && !isRefused(statement);
}
