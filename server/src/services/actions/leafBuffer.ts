import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { LogLeaf } from '../../domain/actions/anchoredEntry.ts';

/** Most entries of an epoch's log: 40 bytes each are held while it is cut. */
export const MAX_LOG_ENTRIES = 2 ** 22;

/** Holds the leaves of a log that are read in any order, and gives them in the order of the log. */
export interface LeafBuffer {
  readonly count: number;
  /** @throws RangeError beyond {@link MAX_LOG_ENTRIES} */
  add(leaf: LogLeaf): void;
  /** Cuts the log into chunks of `size`, the last one shorter; one at a time is made. Add nothing after it. */
  chunks(size: number): Generator<LogLeaf[], void>;
}

const LEAF_BYTES = 32;
const LEAVES_PER_BLOCK = 4_096;
const BLOCK_BYTES = LEAF_BYTES * LEAVES_PER_BLOCK;

/** @param fromMs No leaf is older, and none is younger by more than 2^31 ms: epochs have at most 7 days. */
export function createLeafBuffer(fromMs: number): LeafBuffer {
  const blocks: Buffer[] = [];
  /** The moment and the place of a leaf in one number below 2^53: they are sorted without a call for each comparison. */
  let keys = new Float64Array(LEAVES_PER_BLOCK);
  let count = 0;

  const leafAt = (place: number): Hex => {
    const block = blocks[Math.floor(place / LEAVES_PER_BLOCK)];
    const at = (place % LEAVES_PER_BLOCK) * LEAF_BYTES;
    return `0x${block?.toString('hex', at, at + LEAF_BYTES) ?? ''}`;
  };
  const momentOf = (key: number): number => Math.floor(key / MAX_LOG_ENTRIES);
  const toLeaf = (key: number): LogLeaf => ({
    recordedAtMs: fromMs + momentOf(key),
    leaf: leafAt(key % MAX_LOG_ENTRIES),
  });

  /** In the order of the log: of those of one moment, by the leaf. */
  function* inOrder(): Generator<LogLeaf, void> {
    const sorted = keys.subarray(0, count).sort();
    for (let at = 0; at < count;) {
      const moment = momentOf(sorted[at] ?? 0);
      let end = at + 1;
      while (end < count && momentOf(sorted[end] ?? 0) === moment) end += 1;
      const leaves = Array.from(sorted.subarray(at, end), toLeaf);
      yield* leaves.sort((a, b) => (a.leaf < b.leaf ? -1 : 1));
      at = end;
    }
  }

  return {
    get count() {
      return count;
    },
    add: ({ recordedAtMs, leaf }) => {
      if (count >= MAX_LOG_ENTRIES) {
        throw new RangeError(
          `the log of an epoch has more than ${MAX_LOG_ENTRIES} entries: it is too long to be anchored`,
        );
      }
      const place = count % LEAVES_PER_BLOCK;
      if (place === 0) blocks.push(Buffer.alloc(BLOCK_BYTES));
      blocks.at(-1)?.write(leaf.slice(2), place * LEAF_BYTES, 'hex');
      if (count === keys.length) {
        const more = new Float64Array(count * 2);
        more.set(keys);
        keys = more;
      }
      keys[count] = (recordedAtMs - fromMs) * MAX_LOG_ENTRIES + count;
      count += 1;
    },
    *chunks(size) {
      let chunk: LogLeaf[] = [];
      for (const leaf of inOrder()) {
        chunk.push(leaf);
        if (chunk.length < size) continue;
        yield chunk;
        chunk = [];
      }
      if (chunk.length > 0) yield chunk;
    },
  };
}
