/** What a log says, worked out from all of its entries: the model that sums of the database are compared with. */
import type { Line } from '@dewpoint/contracts/formula.ts';
import type { ActionEntry, DecisionEntry, LogEntry } from '../../domain/actions/action.ts';

/** Lines of one statement as of a time. Rule ids ascend. */
export interface ModelLines {
  /** Actions that count for good. */
  readonly matured: readonly Line[];
  /** Lines once everything in the log has matured. */
  readonly expected: readonly Line[];
  /** Next time at which an action matures; null when there is none. */
  readonly nextMaturesAtMs: number | null;
}

/** Types of the contract's packed lines. The soft limit on actions keeps sums far below; a race past it stops here. */
const MAX_LINE_COUNT = 2n ** 32n - 1n;
const MAX_LINE_AMOUNT = 2n ** 64n - 1n;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function modelLines(actions: readonly ActionEntry[]): Line[] {
  const sums = new Map<number, { count: bigint; amount: bigint }>();
  for (const { ruleId, count, amount } of actions) {
    const sum = sums.get(ruleId) ?? { count: 0n, amount: 0n };
    sum.count += BigInt(count);
    sum.amount += BigInt(amount);
    sums.set(ruleId, sum);
  }
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([ruleId, { count, amount }]) => ({
      ruleId,
      count: smaller(count, MAX_LINE_COUNT),
      amount: smaller(amount, MAX_LINE_AMOUNT),
    }));
}

/**
 * Adds up the log of one statement. A void counts only if it came before the action matured, and what was decided last says when it does.
 *
 * @param entries All entries of this member and epoch, in any order.
 * @param asOfMs Actions that mature up to this moment count.
 */
export function modelOf(entries: readonly LogEntry[], asOfMs: number): ModelLines {
  const decided = entries.filter((entry) => entry.kind !== 'action');
  const matured: ActionEntry[] = [];
  const expected: ActionEntry[] = [];
  let nextMaturesAtMs: number | null = null;
  for (const entry of entries) {
    if (entry.kind !== 'action') continue;
    const byKind = (kind: DecisionEntry['kind']): DecisionEntry | undefined =>
      decided.find((one) => one.kind === kind && one.eventId === entry.eventId);
    const moved = byKind('release') ?? byKind('hold');
    const maturesAtMs =
      moved === undefined || moved.kind === 'void' ? entry.maturesAtMs : moved.movedToMs;
    const voided = byKind('void');
    if (voided?.kind === 'void' && maturesAtMs !== null && voided.voidedAtMs < maturesAtMs)
      continue;
    expected.push(entry);
    if (maturesAtMs === null || maturesAtMs <= asOfMs) matured.push(entry);
    else if (nextMaturesAtMs === null || maturesAtMs < nextMaturesAtMs) {
      nextMaturesAtMs = maturesAtMs;
    }
  }
  const maturedLines = modelLines(matured);
  return {
    matured: maturedLines,
    expected: expected.length === matured.length ? maturedLines : modelLines(expected),
    nextMaturesAtMs,
  };
}
