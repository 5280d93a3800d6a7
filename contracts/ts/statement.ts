/**
 * The packed form of statements: the same bytes are in calldata, under the recorder's signature, in events and in the
 * database. Pure, with no I/O and no library, so that every layer may use it.
 */
import type { Line } from './formula.ts';

/** 0x-prefixed, lower-case hexadecimal bytes. */
export type Hex = `0x${string}`;
/** 20 bytes; EIP-55 checksummed wherever it is shown or stored. */
export type Address = `0x${string}`;

/** One member's statement for one epoch, as a batch carries it. */
export interface PackedStatement {
  readonly member: Address;
  readonly epoch: number;
  /** Packed lines, see {@link packLines}. */
  readonly lines: Hex;
}

/** The packed form of no lines at all. */
export const EMPTY_LINES: Hex = '0x';
/** Rule id (1), count (4), amount (8). */
export const LINE_BYTES = 13;
/** A batch gives the number of lines of a statement one byte. */
export const MAX_LINES = 255;

const LINE_DIGITS = LINE_BYTES * 2;
const MEMBER_DIGITS = 40;
const HEAD_DIGITS = MEMBER_DIGITS + 8 + 2;
const MAX_RULE_ID = 255;
const MAX_EPOCH = 2 ** 32 - 1;
const MAX_COUNT = 2n ** 32n - 1n;
const MAX_AMOUNT = 2n ** 64n - 1n;
const HEX_BYTES = /^0x(?:[0-9a-f]{2})*$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/**
 * Packs lines, 13 bytes each, big-endian: rule id (1), count (4), amount (8).
 *
 * @param lines At most {@link MAX_LINES}, rule ids strictly ascending.
 * @throws RangeError naming the field that is out of its range.
 * @example packLines([{ ruleId: 1, count: 2n, amount: 500n }]) // '0x010000000200000000000001f4'
 */
export function packLines(lines: readonly Line[]): Hex {
  if (lines.length > MAX_LINES) {
    throw new RangeError(`lines: ${lines.length} are more than ${MAX_LINES}`);
  }
  let packed: Hex = EMPTY_LINES;
  let previousId = -1;
  for (const { ruleId, count, amount } of lines) {
    if (!Number.isInteger(ruleId) || ruleId < 0 || ruleId > MAX_RULE_ID) {
      throw new RangeError(`ruleId: ${ruleId} is not an integer from 0 to ${MAX_RULE_ID}`);
    }
    if (ruleId <= previousId) {
      throw new RangeError(`ruleId: ${ruleId} after ${previousId} is not ascending`);
    }
    if (count < 0n || count > MAX_COUNT) {
      throw new RangeError(`count: ${count} is not from 0 to ${MAX_COUNT}`);
    }
    if (amount < 0n || amount > MAX_AMOUNT) {
      throw new RangeError(`amount: ${amount} is not from 0 to ${MAX_AMOUNT}`);
    }
    packed += ruleId.toString(16).padStart(2, '0');
    packed += count.toString(16).padStart(8, '0');
    packed += amount.toString(16).padStart(16, '0');
    previousId = ruleId;
  }
  return packed;
}

/**
 * Reads packed lines back. Accepts ids in any order: what a chain or a database holds must be readable to be judged.
 *
 * @throws RangeError when it is not lower-case hex of whole lines.
 */
export function unpackLines(packed: Hex): Line[] {
  if (!HEX_BYTES.test(packed) || (packed.length - 2) % LINE_DIGITS !== 0) {
    throw new RangeError(`lines: not lower-case hex of ${LINE_BYTES} bytes a line`);
  }
  const lines: Line[] = [];
  for (let at = 2; at < packed.length; at += LINE_DIGITS) {
    lines.push({
      ruleId: parseInt(packed.slice(at, at + 2), 16),
      count: BigInt(parseInt(packed.slice(at + 2, at + 10), 16)),
      amount: BigInt(`0x${packed.slice(at + 10, at + LINE_DIGITS)}`),
    });
  }
  return lines;
}

/**
 * Packs a batch for `settle`: per statement member (20 bytes), epoch (4), number of lines (1), lines.
 *
 * @throws RangeError naming the field that is out of its range or malformed.
 */
export function packBatch(statements: readonly PackedStatement[]): Hex {
  let batch: Hex = '0x';
  for (const { member, epoch, lines } of statements) {
    if (!ADDRESS.test(member)) throw new RangeError(`member: ${member} is not an address`);
    if (!Number.isInteger(epoch) || epoch < 0 || epoch > MAX_EPOCH) {
      throw new RangeError(`epoch: ${epoch} is not an integer from 0 to ${MAX_EPOCH}`);
    }
    const count = (lines.length - 2) / LINE_DIGITS;
    if (!Number.isInteger(count) || count > MAX_LINES || !HEX_BYTES.test(lines)) {
      throw new RangeError(`lines: not lower-case hex of at most ${MAX_LINES} whole lines`);
    }
    batch += member.slice(2).toLowerCase();
    batch += epoch.toString(16).padStart(8, '0');
    batch += count.toString(16).padStart(2, '0');
    batch += lines.slice(2);
  }
  return batch;
}

/**
 * Reads a batch back. Members come back in lower case, since checksumming them needs a hash function.
 *
 * @throws RangeError naming the byte at which the batch breaks off.
 */
export function unpackBatch(batch: Hex): PackedStatement[] {
  if (!HEX_BYTES.test(batch)) throw new RangeError('batch: not lower-case hex bytes');
  const statements: PackedStatement[] = [];
  let at = 2;
  while (at < batch.length) {
    const linesAt = at + HEAD_DIGITS;
    const count = parseInt(batch.slice(linesAt - 2, linesAt), 16);
    const end = linesAt + count * LINE_DIGITS;
    if (linesAt > batch.length || end > batch.length) {
      throw new RangeError(`batch: breaks off in the statement at byte ${(at - 2) / 2}`);
    }
    statements.push({
      member: `0x${batch.slice(at, at + MEMBER_DIGITS)}`,
      epoch: parseInt(batch.slice(at + MEMBER_DIGITS, linesAt - 2), 16),
      lines: `0x${batch.slice(linesAt, end)}`,
    });
    at = end;
  }
  return statements;
}
