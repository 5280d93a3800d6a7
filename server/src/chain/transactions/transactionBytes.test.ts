import type { Hex } from '@dewpoint/contracts/statement.ts';
import { SigningKey, Transaction } from 'ethers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signedBytes, type TransactionFields } from './transactionBytes.ts';

const KEY = new SigningKey(`0x${'11'.repeat(32)}`);
const anyAmount = fc.bigInt({ min: 0n, max: 2n ** 96n });
const anyHex = (minLength: number, maxLength: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength, maxLength })
    .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`);

it('signs the bytes that ethers signs', () => {
  const anyTransaction = fc.record({
    chainId: fc.integer({ min: 1, max: 2 ** 40 }),
    nonce: fc.integer({ min: 0, max: 2 ** 40 }),
    tip: anyAmount,
    baseFee: anyAmount,
    gasLimit: fc.bigInt({ min: 0n, max: 2n ** 40n }),
    wei: anyAmount,
    to: anyHex(20, 20),
    data: anyHex(0, 300),
  });
  fc.assert(
    fc.property(anyTransaction, ({ tip, baseFee, ...rest }) => {
      const fields = { ...rest, maxPriorityFeePerGas: tip, maxFeePerGas: tip + baseFee };
      const { raw, hash } = signedBytes(fields, KEY);
      const transaction = Transaction.from({ type: 2, ...fields, value: fields.wei });
      transaction.signature = KEY.sign(transaction.unsignedHash);
      expect(raw).toBe(transaction.serialized);
      expect(hash).toBe(transaction.hash);
    }),
    { numRuns: 50 },
  );
});

it('writes the length of long data as RLP asks', () => {
  for (const bytes of [1, 55, 56, 255, 256, 70_000]) {
    const fields: TransactionFields = {
      chainId: 1,
      nonce: 0,
      maxPriorityFeePerGas: 1n,
      maxFeePerGas: 1n,
      gasLimit: 1n,
      wei: 0n,
      to: `0x${'ab'.repeat(20)}`,
      data: `0x${'7f'.repeat(bytes)}`,
    };
    const parsed = Transaction.from(signedBytes(fields, KEY).raw);
    expect(parsed.data).toBe(fields.data);
    expect(parsed.from).not.toBeNull();
  }
});
