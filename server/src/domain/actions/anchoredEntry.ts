/** Tells what of a log entry is anchored on chain, by a hash that nobody can guess it from. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { GRACE_MS, epochAt } from '../epochs.ts';
import type { Program } from '../program.ts';
import { recordedAtMsOf, type LogEntry } from './action.ts';

/** An entry of the log with all that its leaf is made of. */
export interface AnchoredEntry {
  /** The program's Points contract. */
  readonly contract: Address;
  readonly kind: LogEntry['kind'];
  /** Unix milliseconds. */
  readonly recordedAtMs: number;
  /** Null in a decision, whose action says it. */
  readonly occurredAtMs: number | null;
  /** Time from which the action counts: by this decision, where it moves it. */
  readonly maturesAtMs: number | null;
  /** Account of the statement that it counts in. */
  readonly account: Address;
  readonly eventId: string;
  readonly ruleId: number;
  readonly count: number;
  readonly amount: bigint;
  readonly evidenceHash: Hex | null;
  readonly salt: Hex;
}

/** What of an entry is kept for ever: its place in the log, and its leaf. */
export interface LogLeaf {
  readonly recordedAtMs: number;
  readonly leaf: Hex;
}

/** The leaves of an epoch's log under one root. */
export interface AnchoredLog {
  readonly programId: string;
  /** The epoch in which the entries were recorded. */
  readonly epoch: number;
  readonly root: Hex;
  /** Number of entries. */
  readonly count: number;
  /** Roots of the chunks that the leaves are cut into, in the order of the log. */
  readonly chunkRoots: readonly Hex[];
}

/** Entries may be on their way into the log for this long after an epoch has ended; far longer than a write takes. */
export const ANCHOR_AFTER_MS = 10 * 60_000;

export function anchoredEntry(
  { address }: Pick<Program, 'address'>,
  entry: LogEntry,
  account: Address,
): AnchoredEntry {
  const { kind, eventId, ruleId, count, salt } = entry;
  return {
    contract: address,
    kind,
    recordedAtMs: recordedAtMsOf(entry),
    occurredAtMs: entry.kind === 'action' ? entry.occurredAtMs : null,
    maturesAtMs: 'movedToMs' in entry ? entry.movedToMs : entry.maturesAtMs,
    account,
    eventId,
    ruleId,
    count,
    amount: BigInt(entry.amount),
    evidenceHash: entry.kind === 'action' ? entry.evidenceHash : null,
    salt,
  };
}

/** Returns the epoch whose log an entry is in. */
export function logEpochOf(program: Program, entry: LogEntry): number {
  return Math.max(0, epochAt(program, recordedAtMsOf(entry)));
}

/** Returns the epochs that actions recorded in an epoch may belong to: they come late, and a little early. */
export function epochsRecordedIn(
  { epochLengthMs }: Pick<Program, 'epochLengthMs'>,
  epoch: number,
): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, epoch - Math.ceil(GRACE_MS / epochLengthMs) - 1), to: epoch + 1 };
}
