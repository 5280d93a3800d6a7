import { describe, expect, test } from 'vitest';
import { problemOf, readAmount } from './amountText.ts';

describe('an amount that was typed', () => {
  test.each([
    ...([
      ['5', 500n],
      ['48.21', 4_821n],
      ['0,5', 50n],
      [' 7. ', 700n],
    ] as const),
  ])('"%s" is read', (text, amount) => expect(readAmount(text)).toBe(amount));

  test.each(['', 'x', '-1', '1.234', '1e3', '.5'])('"%s" is no amount', (text) =>
    expect(readAmount(text)).toBeNull(),
  );
});

describe('an amount of points', () => {
  const offer = (amount: bigint | null) =>
    problemOf(amount, { most: 4_821n, least: 500n, stays: (more) => more });
  const takeBack = (amount: bigint) =>
    problemOf(amount, { most: 1_000n, least: 500n, stays: (less) => 1_000n - less });

  test('can be offered from the least up to all there is', () => {
    expect([offer(500n), offer(4_821n)]).toEqual([null, null]);
    expect([offer(null), offer(0n), offer(4_822n), offer(499n)]).toEqual([
      ...['notANumber', 'nothing', 'tooMuch', 'tooLittle'],
    ]);
  });

  test('can be taken back whole, or so that the least stays', () => {
    expect([takeBack(1_000n), takeBack(500n)]).toEqual([null, null]);
    expect(takeBack(501n)).toBe('tooLittle');
  });
});
