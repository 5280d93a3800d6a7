import { packBatch, packLines } from '@dewpoint/contracts/statement.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import { SKIP_REASONS } from '../../domain/events.ts';
import { toAddress } from '../rpc/addresses.ts';
import { pointsInterface } from '../transactions/pointsCalls.ts';
import type { RawEvent } from './eventParser.ts';
import { decodeEvent } from './pointsEvents.ts';

const encode = (name: string, values: unknown[]): RawEvent =>
  pointsInterface.encodeEventLog(name, values);
const anyAddress = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => toAddress(`0x${Buffer.from(bytes).toString('hex')}`));
const anyEpoch = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyLines = fc
  .array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 5 })
  .map((amounts) => packLines(amounts.map((amount, ruleId) => ({ ruleId, count: 7n, amount }))));

describe('events that are taken apart by hand', () => {
  it('read as what ethers encodes: BatchSettled', () => {
    const anyStatement = fc.record({ member: anyAddress, epoch: anyEpoch, lines: anyLines });
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 5 }), (statements) => {
        const raw = encode('BatchSettled', [packBatch(statements)]);
        expect(decodeEvent(raw)).toEqual({ kind: 'BatchSettled', statements });
      }),
    );
  });

  it('read as what ethers encodes: Skipped, for every reason', () => {
    SKIP_REASONS.forEach((reason, code) => {
      for (const index of [0, 1, 2 ** 16 - 1]) {
        expect(decodeEvent(encode('Skipped', [index, code]))).toEqual({
          kind: 'Skipped',
          index,
          reason,
        });
      }
    });
  });

  it('read as what ethers encodes: Transfer', () => {
    const anyAmount = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
    fc.assert(
      fc.property(anyAddress, anyAddress, anyAmount, (from, to, amount) => {
        const raw = encode('Transfer', [from, to, amount]);
        expect(decodeEvent(raw)).toEqual({ kind: 'Transfer', from, to, amount });
      }),
    );
  });

  it('are refused when a reason is one that nobody knows', () => {
    const raw = encode('Skipped', [0, SKIP_REASONS.length]);
    expect(() => decodeEvent(raw)).toThrow('unknown reason');
  });
});

it('keeps every word of a published rule set', () => {
  const rule = {
    id: 3,
    perAction: 2n ** 64n - 1n,
    perUnit: 5n,
    maxCount: 2n ** 32n - 1n,
    maxPoints: 2n ** 34n - 1n,
    untilEpoch: 2 ** 32 - 1,
    name: 'purchase',
    text: '每次购买 10 分',
  };
  const budgetPerEpoch = 2n ** 96n - 1n;
  const document = `0x${'d0'.repeat(32)}`;
  for (const documentHash of [document, NO_DOCUMENT]) {
    const raw = encode('RuleSetPublished', [2, 9, budgetPerEpoch, documentHash, [rule]]);
    expect(decodeEvent(raw)).toEqual({
      kind: 'RuleSetPublished',
      ruleSet: { version: 2, fromEpoch: 9, budgetPerEpoch, documentHash, rules: [rule] },
    });
  }
});

it('reads an anchor, also one of an epoch without entries', () => {
  for (const root of [`0x${'ab'.repeat(32)}`, `0x${'00'.repeat(32)}`]) {
    const raw = encode('Anchored', [7, root, 12]);
    expect(decodeEvent(raw)).toEqual({ kind: 'Anchored', epoch: 7, root, count: 12 });
  }
});

it('leaves out events that the service has no use for', () => {
  const owner = `0x${'1'.repeat(40)}`;
  expect(decodeEvent(encode('Approval', [owner, owner, 1n]))).toBeNull();
});
