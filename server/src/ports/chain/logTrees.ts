/** Hashes the action log as it is anchored on chain. Implemented in `server/src/chain/programs/logTrees.ts`. */
import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { AnchoredEntry, LogLeaf } from '../../domain/actions/anchoredEntry.ts';

/** Where an entry stands in the log of an epoch. */
export interface EntryPlace {
  readonly epoch: number;
  /** All leaves of its chunk. */
  readonly chunk: readonly Hex[];
  /** Roots of all chunks of the log. */
  readonly chunkRoots: readonly Hex[];
}

/** Makes leaves, trees and proofs. Pure. */
export interface LogTrees {
  leafOf(entry: AnchoredEntry): Hex;
  /** Most leaves of a chunk. */
  readonly chunkLeaves: number;
  chunkRootOf(chunk: readonly LogLeaf[]): Hex;
  /** Makes the root of a log, all zero without chunks. */
  rootOf(chunkRoots: readonly Hex[]): Hex;
  /** Tells whether a leaf comes before another one or is it. */
  isAtOrBefore(a: LogLeaf, b: LogLeaf): boolean;
  /**
   * Makes the file that shows an entry in a log, which anybody can check without the service.
   *
   * @throws RangeError when the chunk does not hold the entry, or the log not the chunk
   */
  proofFile(entry: AnchoredEntry, place: EntryPlace): string;
}
