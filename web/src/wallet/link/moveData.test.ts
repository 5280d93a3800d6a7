import { describe, expect, it } from 'vitest';
import { isSameMove, moveTypedData } from './moveData.ts';

const move = {
  ...{ chainId: 31_337, points: `0x${'ab'.repeat(20)}`, deadline: 1_795_000_000 },
  ...{ from: `0x${'01'.repeat(20)}`, to: `0x${'02'.repeat(20)}` },
};
const json = (
  change: (data: ReturnType<typeof moveTypedData>) => object = (data) => data,
): string => JSON.stringify(change(moveTypedData(move)));

describe('what a new wallet is asked to sign', () => {
  it('is taken however its numbers and addresses are written', () => {
    expect(isSameMove(json(), move)).toBe(true);
    const written = json((data) => ({
      ...data,
      domain: { ...data.domain, chainId: '31337', verifyingContract: `0x${'AB'.repeat(20)}` },
      message: { ...data.message, deadline: '1795000000' },
    }));
    expect(isSameMove(written, move)).toBe(true);
  });

  it.each([
    [
      'another receiver',
      json((data) => ({ ...data, message: { ...data.message, to: move.from } })),
    ],
    [
      'another contract',
      json((data) => ({ ...data, domain: { ...data.domain, verifyingContract: move.to } })),
    ],
    ['another chain', json((data) => ({ ...data, domain: { ...data.domain, chainId: 1 } }))],
    ['another time', json((data) => ({ ...data, message: { ...data.message, deadline: 1 } }))],
    ['another type', json((data) => ({ ...data, primaryType: 'Permit' }))],
    ['one more field', json((data) => ({ ...data, message: { ...data.message, value: 1 } }))],
    ['no data at all', 'null'],
    ['no JSON', '{'],
  ])('is refused with %s', (_what, text) => {
    expect(isSameMove(text, move)).toBe(false);
  });
});
