/**
 * The trees over the entries of the action log that were recorded in one epoch, and proofs out of them. Pure: the leaves
 * are handed in, so that what an entry says may be erased and the log still be proven.
 *
 * The order of a log is that of the moment of recording, then that of the leaf: both outlast the erasure of an entry. In
 * this order the leaves are cut into chunks of {@link CHUNK_LEAVES}, the last one shorter. Each chunk is a tree of
 * `@openzeppelin/merkle-tree`, and so are the roots of the chunks, whose root is anchored.
 */
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { concat, keccak256 } from 'ethers';
import { leafOf, type ActionProof, type LogEntry } from './actionProof.ts';
import type { Hex } from './statement.ts';

/** Most leaves of a chunk: a proof needs no more of them, and of each other chunk the root. */
export const CHUNK_LEAVES = 4_096;
/** Root of a log without entries. */
export const EMPTY_LOG_ROOT: Hex = `0x${'00'.repeat(32)}`;

/** What of an entry is kept for ever. */
export interface LogLeaf {
  /** Unix milliseconds. */
  readonly recordedAtMs: number;
  readonly leaf: Hex;
}

/** Compares two leaves of a log: which comes first in it. Never 0 for two entries, whose salts differ. */
export function compareLeaves(a: LogLeaf, b: LogLeaf): number {
  if (a.recordedAtMs !== b.recordedAtMs) return a.recordedAtMs - b.recordedAtMs;
  if (a.leaf === b.leaf) return 0;
  return a.leaf < b.leaf ? -1 : 1;
}

/** Cuts a log, which is in its order, into chunks. */
export function chunksOf(leaves: readonly Hex[]): Hex[][] {
  const chunks: Hex[][] = [];
  for (let from = 0; from < leaves.length; from += CHUNK_LEAVES) {
    chunks.push(leaves.slice(from, from + CHUNK_LEAVES));
  }
  return chunks;
}

/**
 * Root of one chunk, for logs that are too long to hold in memory.
 *
 * @param leaves 1 to {@link CHUNK_LEAVES}.
 */
export function chunkRootOf(leaves: readonly Hex[]): Hex {
  if (leaves.length > CHUNK_LEAVES) {
    throw new RangeError(`leaves: ${leaves.length} are more than a chunk of ${CHUNK_LEAVES}`);
  }
  return treeOf(leaves).root as Hex;
}

/** Root of a log by the roots of its chunks; {@link EMPTY_LOG_ROOT} without any. */
export function rootOfChunks(chunkRoots: readonly Hex[]): Hex {
  return chunkRoots.length === 0 ? EMPTY_LOG_ROOT : (treeOf(chunkRoots).root as Hex);
}

/** Root of a log. @param leaves All of it, in its order. */
export function rootOf(leaves: readonly Hex[]): Hex {
  return rootOfChunks(chunksOf(leaves).map(chunkRootOf));
}

/** Where an entry stands. */
export interface EntryPlace {
  /** The epoch in which it was recorded. */
  readonly epoch: number;
  /** All leaves of its chunk. */
  readonly chunk: readonly Hex[];
  /** Roots of all chunks of the log. */
  readonly chunkRoots: readonly Hex[];
}

/**
 * Proves that an entry stands in a log.
 *
 * @throws RangeError when the chunk does not hold the entry, or the log not the chunk: what is kept of the log was changed.
 */
export function proofOf(entry: LogEntry, { epoch, chunk, chunkRoots }: EntryPlace): ActionProof {
  const leaf = leafOf(entry);
  const tree = treeOf(chunk);
  const at = chunk.indexOf(leaf);
  if (at < 0) throw new RangeError(`entry: the chunk has no leaf ${leaf}`);
  const chunkAt = chunkRoots.indexOf(tree.root as Hex);
  if (chunkAt < 0) throw new RangeError(`chunk: the log has no chunk with root ${tree.root}`);
  return {
    epoch,
    entry,
    chunkProof: tree.getProof(at) as Hex[],
    rootsProof: treeOf(chunkRoots).getProof(chunkAt) as Hex[],
  };
}

function treeOf(values: readonly Hex[]): SimpleMerkleTree {
  return SimpleMerkleTree.of([...values], { nodeHash });
}

/** As the package hashes them by default, with the hash function that everything else here uses. */
function nodeHash(a: unknown, b: unknown): string {
  const [left, right] = [String(a), String(b)].sort();
  return keccak256(concat([left ?? '', right ?? '']));
}
