import type { Hex } from '@dewpoint/contracts/statement.ts';
import { expect, it } from 'vitest';
import { pointsInterface, settleCalldata } from './pointsCalls.ts';

it('encodes a signed batch as ethers does', () => {
  for (const bytes of [0, 1, 31, 32, 33, 6_400]) {
    for (const signatureBytes of [65, 130, 0]) {
      const batch: Hex = `0x${'c5'.repeat(bytes)}`;
      const signature: Hex = `0x${'1b'.repeat(signatureBytes)}`;
      const expected = pointsInterface.encodeFunctionData('settle', [batch, signature]);
      expect(settleCalldata(batch, signature)).toBe(expected);
    }
  }
});
