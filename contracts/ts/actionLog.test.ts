import { SimpleMerkleTree, StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { hexlify, randomBytes } from 'ethers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHUNK_LEAVES,
  chunkRootOf,
  chunksOf,
  compareLeaves,
  EMPTY_LOG_ROOT,
  proofOf,
  rootOf,
  rootOfChunks,
} from './actionLog.ts';
import {
  checkProof,
  LEAF_TYPES,
  leafOf,
  leafValues,
  proofIn,
  proofJson,
  rootOfProof,
  type ActionProof,
  type LogEntry,
} from './actionProof.ts';
import type { Address, Hex } from './statement.ts';

const ENTRY: LogEntry = {
  contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  kind: 'action',
  recordedAtMs: 1_767_225_600_123,
  occurredAtMs: 1_767_225_599_000,
  maturesAtMs: null,
  account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  eventId: 'order 7 · 订单',
  ruleId: 3,
  count: 1,
  amount: 12_345n,
  evidenceHash: null,
  salt: `0x${'5a'.repeat(32)}`,
};

const hashes = (count: number): Hex[] =>
  Array.from({ length: count }, () => hexlify(randomBytes(32)) as Hex);
const bytes = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => hexlify(array));
const moments = fc.integer({ min: 0, max: 2 ** 48 });
const entries: fc.Arbitrary<LogEntry> = fc.record({
  contract: bytes(20).map((hex) => hex as Address),
  kind: fc.constantFrom('action', 'void', 'hold', 'release'),
  recordedAtMs: moments,
  occurredAtMs: fc.option(moments),
  maturesAtMs: fc.option(moments),
  account: bytes(20).map((hex) => hex as Address),
  eventId: fc.string({ unit: 'grapheme', maxLength: 128 }),
  ruleId: fc.integer({ min: 0, max: 255 }),
  count: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  amount: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  evidenceHash: fc.option(bytes(32).map((hex) => hex as Hex)),
  salt: bytes(32).map((hex) => hex as Hex),
});

describe('a leaf', () => {
  it('is that of a standard Merkle tree of OpenZeppelin', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const tree = StandardMerkleTree.of([[...leafValues(entry)]], [...LEAF_TYPES]);
        expect(leafOf(entry)).toBe(tree.root);
      }),
    );
  });

  it.each([
    { contract: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' },
    { kind: 'void' },
    { recordedAtMs: ENTRY.recordedAtMs + 1 },
    { occurredAtMs: null },
    { maturesAtMs: 1 },
    { account: '0x5FbDB2315678afecb367f032d93F642f64180aa3' },
    { eventId: 'order 8 · 订单' },
    { ruleId: 4 },
    { count: 2 },
    { amount: 12_346n },
    { evidenceHash: `0x${'01'.repeat(32)}` },
    { salt: `0x${'5b'.repeat(32)}` },
  ] satisfies Partial<LogEntry>[])('is another for %o', (fields) => {
    expect(leafOf({ ...ENTRY, ...fields })).not.toBe(leafOf(ENTRY));
  });
});

describe('a log', () => {
  it('of one chunk has the root of the tree of its leaves, and without entries none', () => {
    const leaves = hashes(5);
    expect(rootOf(leaves)).toBe(SimpleMerkleTree.of(leaves).root);
    expect(rootOf([])).toBe(EMPTY_LOG_ROOT);
  });

  it('is cut into chunks whose roots make its root', () => {
    const leaves = hashes(2 * CHUNK_LEAVES + 1);
    const chunks = chunksOf(leaves);
    expect(chunks.map(({ length }) => length)).toEqual([CHUNK_LEAVES, CHUNK_LEAVES, 1]);
    expect(rootOfChunks(chunks.map(chunkRootOf))).toBe(rootOf(leaves));
    expect(() => chunkRootOf(leaves)).toThrow(/more than a chunk of 4096/);
  });

  it('has an order that depends on nothing that can be erased', () => {
    const [early, late] = [
      { recordedAtMs: 1, leaf: '0xff' },
      { recordedAtMs: 2, leaf: '0x00' },
    ] as const;
    const twin = { recordedAtMs: 1, leaf: '0xfe' } as const;
    expect([late, early, twin].sort(compareLeaves)).toEqual([twin, early, late]);
  });
});

describe('a proof', () => {
  const entry = { ...ENTRY, recordedAtMs: 7 };
  const leaves = [...hashes(CHUNK_LEAVES), ...hashes(3), leafOf(entry), ...hashes(2)];
  const chunks = chunksOf(leaves);
  const root = rootOf(leaves);
  const chunkRoots = chunks.map(chunkRootOf);
  const proof = proofOf(entry, { epoch: 0, chunk: chunks[1] ?? [], chunkRoots });

  it('leads from the entry to the root of the log', () => {
    expect(rootOfProof(proof)).toBe(root);
    expect(checkProof(proof, root)).toBe(true);
  });

  it('of the only entry needs nothing else', () => {
    const chunk = [leafOf(entry)];
    const alone = proofOf(entry, { epoch: 0, chunk, chunkRoots: [chunkRootOf(chunk)] });
    expect([...alone.chunkProof, ...alone.rootsProof]).toEqual([]);
    expect(checkProof(alone, rootOf(chunk))).toBe(true);
  });

  it('leads elsewhere when the entry is another, or was replaced in the log', () => {
    expect(checkProof({ ...proof, entry: { ...entry, count: 2 } }, root)).toBe(false);
    const doctored = leaves.with(leaves.indexOf(leafOf(entry)), leafOf({ ...entry, count: 2 }));
    expect(checkProof(proof, rootOf(doctored))).toBe(false);
    expect(checkProof(proof, rootOf(leaves.filter((leaf) => leaf !== leafOf(entry))))).toBe(false);
  });

  it('is not made for an entry or a chunk that the log does not have', () => {
    const place = { epoch: 0, chunk: chunks[0] ?? [], chunkRoots };
    expect(() => proofOf(entry, place)).toThrow(/the chunk has no leaf/);
    const lost = { epoch: 0, chunk: chunks[1] ?? [], chunkRoots: chunkRoots.slice(0, 1) };
    expect(() => proofOf(entry, lost)).toThrow(/the log has no chunk with root/);
  });

  it('comes back from its file as it was', () => {
    expect(proofIn(proofJson(proof))).toEqual(proof);
    fc.assert(
      fc.property(entries, (drawn) => {
        const made: ActionProof = { epoch: 1, entry: drawn, chunkProof: [], rootsProof: [] };
        expect(proofIn(proofJson(made))).toEqual(made);
      }),
    );
  });

  it.each([
    ['the proof is not JSON', 'no'],
    ['the proof is not a JSON object', '7'],
    ['entry is not an object', '{}'],
    ['epoch is not a whole number from 0 on', JSON.stringify({ entry: {}, epoch: -1 })],
    [
      'entry.count is not a whole number from 0 on',
      proofJson(proof).replace('"count": 1', '"count": "1"'),
    ],
    ['entry.amount is not a decimal string', proofJson(proof).replace('"12345"', '12345')],
    [
      'entry.kind is not "action", "void", "hold" or "release"',
      proofJson(proof).replace('"action"', '"gift"'),
    ],
    ['entry.salt is not 32 bytes of lower-case hex', proofJson(proof).replace('5a5a', '5A')],
    [
      'chunkProof is not a list',
      proofJson(proof).replace('"chunkProof": [', '"chunkProof": 1, "x": ['),
    ],
  ])('that is no proof says so: %s', (message, json) => {
    expect(() => proofIn(json)).toThrow(message);
  });
});
