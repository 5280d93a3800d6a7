/** Tells which member an id of the app stands for when its member was merged into another one. Pure. */
import { MAX_AHEAD_MS } from '../actions/actionRules.ts';
import { epochAt } from '../epochs.ts';
import type { Program } from '../program.ts';

/** A merge, as the member has it that was merged. */
export interface MergedInto {
  /** Of the other member, which earns from then on what is recorded under either id. */
  readonly memberId: string;
  /** First epoch of the merge; null while servers are being told, when nothing has changed yet. */
  readonly fromEpoch: number | null;
  /** Names the request. */
  readonly by: string;
}

/** A merge that holds. */
export interface Merge extends MergedInto {
  readonly fromEpoch: number;
}

interface Mergeable {
  readonly id: string;
  readonly mergedInto?: MergedInto;
}

/**
 * A call that read the member before it was merged has written within this time: longer than the longest acknowledged write
 * (two minutes), the age of the program that it knew, and its wait for others.
 */
const MAX_CALL_MS = 5 * 60_000;
/**
 * Time from the merge until the first action can belong to its first epoch: apps may be ahead of the chain, and a call that is on
 * its way ends first.
 */
export const MERGE_LEAD_MS = MAX_AHEAD_MS + MAX_CALL_MS;

/** Returns the first epoch of a merge that is made now. @param nowMs Chain time. */
export function firstEpochOfMerge(
  program: Pick<Program, 'startsAtMs' | 'epochLengthMs'>,
  nowMs: number,
): number {
  return Math.max(0, epochAt(program, nowMs + MERGE_LEAD_MS) + 1);
}

/** Returns the merge of a member; null while there is none that holds. */
export function mergeOf({ mergedInto }: Pick<Mergeable, 'mergedInto'>): Merge | null {
  const fromEpoch = mergedInto?.fromEpoch ?? null;
  return mergedInto === undefined || fromEpoch === null ? null : { ...mergedInto, fromEpoch };
}

/** Tells whether a merge of the member is on its way, so that nothing may be remembered of it. */
export function isMerging({ mergedInto }: Pick<Mergeable, 'mergedInto'>): boolean {
  return mergedInto?.fromEpoch === null;
}

/** Returns the id of the member that an action of an epoch is recorded for. */
export function memberIdAt(member: Mergeable, epoch: number): string {
  const merge = mergeOf(member);
  return merge !== null && epoch >= merge.fromEpoch ? merge.memberId : member.id;
}
