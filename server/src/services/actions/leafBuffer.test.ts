import { compareLeaves } from '@dewpoint/contracts/actionLog.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLeaf } from '../../domain/actions/anchoredEntry.ts';
import { createLeafBuffer, MAX_LOG_ENTRIES } from './leafBuffer.ts';

const FROM_MS = 1_700_000_000_000;
const LAST_MS = FROM_MS + 7 * 86_400_000 - 1;

const anyLeaf: fc.Arbitrary<LogLeaf> = fc.record({
  // Few moments, so that many share one; and the last one that an epoch can have.
  recordedAtMs: fc.oneof(fc.integer({ min: FROM_MS, max: FROM_MS + 3 }), fc.constant(LAST_MS)),
  leaf: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`),
});
const unique = { selector: ({ leaf }: LogLeaf) => leaf, maxLength: 60 };

describe('the leaves of a log', () => {
  it('come in the order of the log, in chunks, whatever order they were added in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyLeaf, unique),
        fc.integer({ min: 1, max: 9 }),
        (leaves, size) => {
          const buffer = createLeafBuffer(FROM_MS);
          leaves.forEach(buffer.add);
          expect(buffer.count).toBe(leaves.length);
          const chunks = [...buffer.chunks(size)];
          expect(chunks.flat()).toEqual(leaves.toSorted(compareLeaves));
          expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
          // They are cut twice: to be hashed, and to be stored.
          expect([...buffer.chunks(size)]).toEqual(chunks);
        },
      ),
    );
  });

  it('are no more than can be told apart', () => {
    const buffer = createLeafBuffer(FROM_MS);
    const leaf: LogLeaf = { recordedAtMs: LAST_MS, leaf: `0x${'5a'.repeat(32)}` };
    for (let added = 0; added < MAX_LOG_ENTRIES; added += 1) buffer.add(leaf);
    expect(() => buffer.add(leaf)).toThrow(`more than ${MAX_LOG_ENTRIES}`);
  });
});
