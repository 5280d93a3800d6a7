import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from './formula.ts';
import {
  EMPTY_LINES,
  MAX_LINES,
  packBatch,
  packLines,
  unpackBatch,
  unpackLines,
  type Hex,
  type PackedStatement,
} from './statement.ts';

const anyLines: fc.Arbitrary<Line[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: MAX_LINES })
  .chain((ids) =>
    fc.tuple(
      ...ids
        .toSorted((a, b) => a - b)
        .map((ruleId) =>
          fc.record({
            ruleId: fc.constant(ruleId),
            count: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
            amount: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
          }),
        ),
    ),
  );
const anyStatement = fc.record({
  member: fc
    .bigInt({ min: 0n, max: 2n ** 160n - 1n })
    .map((n): Hex => `0x${n.toString(16).padStart(40, '0')}`),
  epoch: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  lines: anyLines.map(packLines),
});

describe('packLines', () => {
  it('lays a line out as rule id, count and amount, big-endian', () => {
    expect(packLines([{ ruleId: 255, count: 1n, amount: 2n ** 64n - 1n }])).toBe(
      '0xff00000001ffffffffffffffff',
    );
    expect(packLines([])).toBe(EMPTY_LINES);
  });

  it('loses nothing of any lines', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        expect(unpackLines(packLines(lines))).toEqual(lines);
      }),
    );
  });

  it.each([
    ['ruleId', { ruleId: 256, count: 0n, amount: 0n }],
    ['ruleId', { ruleId: -1, count: 0n, amount: 0n }],
    ['ruleId', { ruleId: 1.5, count: 0n, amount: 0n }],
    ['count', { ruleId: 1, count: 2n ** 32n, amount: 0n }],
    ['count', { ruleId: 1, count: -1n, amount: 0n }],
    ['amount', { ruleId: 1, count: 0n, amount: 2n ** 64n }],
    ['amount', { ruleId: 1, count: 0n, amount: -1n }],
  ])('names %s when it is out of its range', (field, line) => {
    expect(() => packLines([line])).toThrow(new RegExp(`^${field}: `));
  });

  it('refuses ids that do not ascend', () => {
    const line = { ruleId: 3, count: 1n, amount: 1n };
    expect(() => packLines([line, line])).toThrow('ruleId: 3 after 3 is not ascending');
  });
});

describe('unpackLines', () => {
  it('refuses what is not whole lines of lower-case hex', () => {
    expect(() => unpackLines('0x01')).toThrow(RangeError);
    expect(() => unpackLines(`0x${'FF'.repeat(13)}`)).toThrow(RangeError);
    expect(() => unpackLines(`0x${'zz'.repeat(13)}`)).toThrow(RangeError);
  });
});

describe('packBatch', () => {
  it('loses nothing of any batch', () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 20 }), (statements) => {
        expect(unpackBatch(packBatch(statements))).toEqual(statements);
      }),
    );
  });

  const member: Hex = `0x${'1'.repeat(40)}`;
  it.each<[string, PackedStatement]>([
    ['member', { member: '0x12', epoch: 0, lines: EMPTY_LINES }],
    ['epoch', { member, epoch: 2 ** 32, lines: EMPTY_LINES }],
    ['lines', { member, epoch: 0, lines: '0x01' }],
    ['lines', { member, epoch: 0, lines: `0x${'01'.repeat(13 * 256)}` }],
  ])('names %s when it is malformed', (field, statement) => {
    expect(() => packBatch([statement])).toThrow(new RegExp(`^${field}: `));
  });
});

describe('unpackBatch', () => {
  it('names the byte of the statement in which a batch breaks off', () => {
    const member: Hex = `0x${'a'.repeat(40)}`;
    const lines = packLines([{ ruleId: 1, count: 1n, amount: 1n }]);
    const batch = packBatch([
      { member, epoch: 1, lines },
      { member, epoch: 2, lines },
    ]);
    expect(() => unpackBatch(batch.slice(0, -2) as Hex)).toThrow('byte 38');
    expect(() => unpackBatch(batch.slice(0, 20) as Hex)).toThrow('byte 0');
  });
});
