import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { EMPTY_LINES } from '@dewpoint/contracts/statement.ts';
import { PASSING_SKIPS } from '../../domain/statements/due.ts';
import { statementId } from '../../domain/ids.ts';
import type {
  ChainPosition,
  Skip,
  StatementRecord,
} from '../../domain/statements/statementRecord.ts';
import type { NewStatement } from '../../ports/stores/statements.ts';

/** Points are below 2^34, so a double holds them exactly. */
export interface StatementDocument {
  _id: string;
  programId: string;
  memberId: string;
  account: Address;
  epoch: number;
  /** `${account}:${epoch}`: many are found by one indexed field. */
  accountEpoch: string;

  /** These three and `ruleSetVersion` are not in statements of an older version: they are to be aggregated again. */
  entries?: number;
  recentFromMs?: number;
  recentEntries?: number;
  nextMaturesAtMs: number | null;

  asOfMs: number;
  ruleSetVersion?: number;
  lines: Hex;
  points: number;
  expectedLines: Hex;
  expectedPoints: number;

  settledLines: Hex;
  settledPoints: number;
  settledAt: ChainPosition | null;
  skipped: Skip | null;

  recordingClosesAtMs: number;
  /** `recordingClosesAtMs`, or earlier once it was hastened. */
  settleAfterMs: number;
  /** Time before which settling is in vain, from the chain; 0 for none. */
  notBeforeMs: number;
  /** The later of the two while the statement is due, else null. */
  dueAtMs: number | null;
}

export const accountEpochOf = (account: Address, epoch: number): string => `${account}:${epoch}`;

/** Makes the document of a statement whose first entries were found. */
export function newDocument(
  programId: string,
  { memberId, epoch, account, settleAfterMs, aggregate }: NewStatement,
): StatementDocument {
  const { points = 0n, expectedPoints = 0n, ...aggregated } = aggregate ?? {};
  return {
    _id: statementId(memberId, epoch),
    programId,
    memberId,
    account,
    epoch,
    accountEpoch: accountEpochOf(account, epoch),
    entries: 0,
    recentFromMs: 0,
    recentEntries: 0,
    nextMaturesAtMs: null,
    asOfMs: 0,
    ruleSetVersion: 0,
    lines: EMPTY_LINES,
    expectedLines: EMPTY_LINES,
    ...aggregated,
    points: Number(points),
    expectedPoints: Number(expectedPoints),
    settledLines: EMPTY_LINES,
    settledPoints: 0,
    settledAt: null,
    skipped: null,
    recordingClosesAtMs: settleAfterMs,
    settleAfterMs,
    notBeforeMs: 0,
    dueAtMs: points > 0n ? settleAfterMs : null,
  };
}

export function toRecord(document: StatementDocument): StatementRecord {
  return {
    id: document._id,
    programId: document.programId,
    memberId: document.memberId,
    account: document.account,
    epoch: document.epoch,
    entries: document.entries ?? 0,
    recentFromMs: document.recentFromMs ?? 0,
    recentEntries: document.recentEntries ?? 0,
    nextMaturesAtMs: document.nextMaturesAtMs,
    asOfMs: document.asOfMs,
    ruleSetVersion: document.ruleSetVersion ?? 0,
    lines: document.lines,
    points: BigInt(document.points),
    expectedLines: document.expectedLines,
    expectedPoints: BigInt(document.expectedPoints),
    settledLines: document.settledLines,
    settledPoints: BigInt(document.settledPoints),
    settledAt: document.settledAt,
    skipped: document.skipped,
    due: document.dueAtMs !== null,
    settleAfterMs: Math.max(document.settleAfterMs, document.notBeforeMs),
    askedAtMs:
      document.settleAfterMs < document.recordingClosesAtMs ? document.settleAfterMs : null,
  };
}

/**
 * Stage that computes `dueAtMs` from the document in the very write that changes it, so that it is right after any order of
 * writes. It equals `isDue` of the domain.
 */
const IS_DUE = {
  $and: [
    { $gt: ['$points', '$settledPoints'] },
    {
      $or: [
        { $eq: ['$skipped', null] },
        { $in: ['$skipped.reason', PASSING_SKIPS] },
        { $ne: ['$skipped.lines', '$lines'] },
      ],
    },
  ],
};
export const DERIVE_DUE = {
  $set: { dueAtMs: { $cond: [IS_DUE, { $max: ['$settleAfterMs', '$notBeforeMs'] }, null] } },
};
/** Sets `settleAfterMs` of a hastened statement back to the close of recording, once it is settled or there is nothing to settle. */
export const END_HASTE = {
  $set: { settleAfterMs: { $cond: [IS_DUE, '$settleAfterMs', '$recordingClosesAtMs'] } },
};
