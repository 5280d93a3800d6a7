/** Decides which statements go into one transaction. Pure. */
import { EMPTY_LINES } from '@dewpoint/contracts/statement.ts';
import type { StatementRecord } from './statementRecord.ts';

/**
 * Statements in a transaction: 1.5 to 3.2 million gas, a tenth of a small chain's block. More saves next to nothing (the
 * fixed cost is then 0.2k gas a statement) and makes each estimate and each failure dearer.
 */
export const MAX_BATCH_STATEMENTS = 100;
/**
 * Calldata of a transaction. Nodes refuse transactions of more than 128 kB, and layer-2 sequencers often less; reached
 * only with more than 40 lines a statement.
 */
const MAX_BATCH_BYTES = 60_000;
/** Member, epoch, number of lines. */
const STATEMENT_HEAD_BYTES = 25;

const bytesOf = ({ lines }: StatementRecord): number =>
  STATEMENT_HEAD_BYTES + (lines.length - 2) / 2;

/**
 * Selects statements while there is room to mint: each mints something, and the last one may mint a part. What does not fit waits for
 * the next epoch, or for money in the reserve, instead of being skipped on chain for a fee.
 *
 * @param roomLeft Base units that may still be minted.
 */
export function withinRoom(due: readonly StatementRecord[], roomLeft: bigint): StatementRecord[] {
  const taken: StatementRecord[] = [];
  let left = roomLeft;
  for (const statement of due) {
    if (left <= 0n) break;
    const mints = statement.points - statement.settledPoints;
    if (statement.lines === EMPTY_LINES || mints <= 0n) continue;
    taken.push(statement);
    left -= mints;
  }
  return taken;
}

/**
 * Splits statements into batches. All epochs of one member stay together, oldest first: an account that goes through its
 * epochs in order spills into its history ring least often.
 */
export function buildBatches(
  statements: readonly StatementRecord[],
  maxStatements: number = MAX_BATCH_STATEMENTS,
): StatementRecord[][] {
  const byMember = new Map<string, StatementRecord[]>();
  for (const statement of statements) {
    const own = byMember.get(statement.account) ?? [];
    own.push(statement);
    byMember.set(statement.account, own);
  }
  const batches: StatementRecord[][] = [];
  let batch: StatementRecord[] = [];
  let bytes = 0;
  const close = (): void => {
    if (batch.length > 0) batches.push(batch);
    batch = [];
    bytes = 0;
  };
  for (const own of byMember.values()) {
    const ownBytes = own.reduce((sum, statement) => sum + bytesOf(statement), 0);
    if (batch.length + own.length > maxStatements || bytes + ownBytes > MAX_BATCH_BYTES) close();
    for (const statement of own.toSorted((a, b) => a.epoch - b.epoch)) {
      const size = bytesOf(statement);
      // Only a member with more than fits into one transaction is ever split.
      if (batch.length === maxStatements || bytes + size > MAX_BATCH_BYTES) close();
      batch.push(statement);
      bytes += size;
    }
  }
  close();
  return batches;
}

/** Halves a batch whose simulation reverts; repeated, it isolates the statement at fault. */
export function splitBatch(batch: readonly StatementRecord[]): StatementRecord[][] {
  if (batch.length < 2) throw new RangeError('batch: one statement can not be split');
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
