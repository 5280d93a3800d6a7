import { expect, it } from 'vitest';
import type { WriteState } from '../../../../shared/transactions/transactionState.ts';
import { isMade, madeBy } from './made.ts';

const ADDRESS = `0x${'aB'.repeat(20)}`;
const HASH = `0x${'0c'.repeat(32)}`;
const program = { address: ADDRESS, createdAt: { transactionHash: HASH } };
const write = (payload: unknown, hash: string | null): WriteState =>
  ({ payload, transaction: hash === null ? null : { hash } }) as WriteState;

it.each([
  ['by its address, in any capitals', write({ address: ADDRESS.toLowerCase() }, null), true],
  ['by its address, whatever the transaction', write({ address: HASH.slice(0, 42) }, HASH), false],
  ['by its transaction, where the answer was lost', write(null, HASH), true],
  ['not by another transaction', write(null, `0x${'0d'.repeat(32)}`), false],
  ['not by nothing', write({ address: null }, null), false],
])('is known %s', (_, by, is) => {
  expect(isMade(madeBy(by), program)).toBe(is);
});
