import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { SkipReason } from '../events.ts';

/** Position of an event on chain, ordered by block, then log index. */
export interface ChainPosition {
  readonly blockNumber: number;
  readonly logIndex: number;
  readonly transactionHash: Hex;
}

/** Names a position among those of its chain. */
export const positionKey = ({
  transactionHash,
  logIndex,
}: Pick<ChainPosition, 'transactionHash' | 'logIndex'>): string => `${transactionHash}:${logIndex}`;

/** A skip on chain: these lines were not settled. */
export interface Skip {
  readonly reason: SkipReason;
  /** Packed lines that were handed in. */
  readonly lines: Hex;
  readonly at: ChainPosition;
}

/** The stored statement of one member and one epoch. */
export interface StatementRecord {
  /** `${memberId}:${epoch}` */
  readonly id: string;
  readonly programId: string;
  readonly memberId: string;
  /** Account that this statement is for; an epoch's statement never changes its account. */
  readonly account: Address;
  readonly epoch: number;

  /** Entries of the log that are in its lines, voids included; never goes down. */
  readonly entries: number;
  /** The log has as many entries from this moment on as `recentEntries`, or has grown since. Unix milliseconds on the wall. */
  readonly recentFromMs: number;
  readonly recentEntries: number;
  /** Earliest time at which an action of the log matures and changes the lines; null when there is none. */
  readonly nextMaturesAtMs: number | null;

  /** Time up to which `lines` count matured actions; never goes down, and neither do the lines. */
  readonly asOfMs: number;
  /** Rule set that the points are computed by; 0 while none is known. */
  readonly ruleSetVersion: number;
  /** Packed lines of the log as last aggregated (matured, not void). */
  readonly lines: Hex;
  /** Base units that `lines` earn. */
  readonly points: bigint;
  /** Packed lines of the log once everything in it has matured. */
  readonly expectedLines: Hex;
  /** Base units that `expectedLines` earn; never below `points`. */
  readonly expectedPoints: bigint;

  /** Packed lines that were settled last on chain; '0x' for none. */
  readonly settledLines: Hex;
  /** Base units minted for this statement so far. */
  readonly settledPoints: bigint;
  readonly settledAt: ChainPosition | null;
  /** Newest skip that came after `settledAt`, if any. */
  readonly skipped: Skip | null;

  /** Whether points > settledPoints and the chain has not refused the statement; see `isDue`. */
  readonly due: boolean;
  /** Time from which the worker settles it: the close of recording, earlier when the member collects, or the next epoch
   *  after a budget was used up. */
  readonly settleAfterMs: number;
  /** Time at which the member asked for its points before the close of recording; null when it did not, or has them. */
  readonly askedAtMs: number | null;
}
