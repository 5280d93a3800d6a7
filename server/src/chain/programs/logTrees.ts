import {
  CHUNK_LEAVES,
  chunkRootOf,
  compareLeaves,
  proofOf,
  rootOfChunks,
} from '@dewpoint/contracts/actionLog.ts';
import { leafOf, proofJson } from '@dewpoint/contracts/actionProof.ts';
import type { LogTrees } from '../../ports/chain/logTrees.ts';

/** Makes the trees as the verifier checks them. */
export const logTrees: LogTrees = {
  leafOf,
  chunkLeaves: CHUNK_LEAVES,
  chunkRootOf: (chunk) => chunkRootOf(chunk.map(({ leaf }) => leaf)),
  rootOf: rootOfChunks,
  isAtOrBefore: (a, b) => compareLeaves(a, b) <= 0,
  proofFile: (entry, place) => proofJson(proofOf(entry, place)),
};
