/** Folds anchors: what a program published of its log, an epoch at a time. Pure. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { DatedEvent, PointsEvent } from '../events.ts';

export type AnchoredEvent = Extract<PointsEvent, { kind: 'Anchored' }>;

/** The log entries that were recorded in one epoch, as they are on chain for ever. */
export interface Anchor {
  readonly programId: string;
  readonly epoch: number;
  /** Root of the Merkle trees of the entries; all zero where there were none. */
  readonly root: Hex;
  /** Number of entries. */
  readonly count: number;
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** Folds the anchor of an epoch, which has one event. */
export function foldAnchor(
  programId: string,
  datedEvents: readonly DatedEvent<AnchoredEvent>[],
): Anchor | null {
  const anchored = datedEvents.at(-1);
  if (anchored === undefined) return null;
  const { epoch, root, count } = anchored.event;
  const { blockNumber, transactionHash } = anchored.moment;
  return { programId, epoch, root, count, blockNumber, transactionHash };
}
