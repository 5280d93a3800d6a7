import { describe, expect, test } from 'vitest';
import { estimateOf, numbersOf } from './estimate.ts';
import type { FullRound } from './queries.ts';

const ROUND = { offered: 1_000n, budget: 3_000_000n, price: 100_000n, least: 500n };

describe('the estimate of a round', () => {
  test('buys everything while there is money for it', () => {
    expect(estimateOf(ROUND, 0n, 500n)).toMatchObject({
      ...{ offered: 1_500n, mine: 500n, bought: 500n, returned: 0n, paid: 500_000n },
      ofTen: 1_000n,
    });
  });

  test('gives everybody the same share when more is offered than the money buys', () => {
    const estimate = estimateOf(ROUND, 0n, 4_821n);
    expect(estimate.most).toBe(3_000n);
    expect(estimate.paid).toBe(2_484_624n);
    expect(estimate.bought).toBe(2_485n);
    expect(estimate.returned).toBe(2_336n);
    expect(estimate.ofTen).toBe(515n);
  });

  test('counts what the member offers already once', () => {
    expect(estimateOf({ ...ROUND, offered: 5_821n }, 4_821n, 0n)).toEqual(
      estimateOf(ROUND, 0n, 4_821n),
    );
  });

  test('buys nothing without money, and everything comes back', () => {
    expect(estimateOf({ ...ROUND, budget: 0n }, 0n, 500n)).toMatchObject({
      ...{ bought: 0n, paid: 0n, returned: 500n, most: 0n },
    });
  });

  test('is nothing when nothing is offered', () => {
    expect(estimateOf({ ...ROUND, offered: 500n }, 500n, -500n).mine).toBe(0n);
  });
});

describe('the numbers of a round', () => {
  const round: FullRound = {
    ...{ number: 2, opensAt: '', closesAt: '', tendered: '10.00', holders: 1 },
    state: 'OPEN',
    cover: { available: '2.2', budget: '3', covered: false },
    terms: { pricePerPoint: '0.1', budgetPerRound: '3', minTender: '5.00' },
    result: null,
  };

  test('take the money that is there, not the money that was planned', () => {
    expect(numbersOf(round, 6)).toEqual({ ...ROUND, budget: 2_200_000n });
  });

  test('are unknown while the terms are', () => {
    expect(numbersOf({ ...round, terms: null }, 6)).toBeNull();
  });
});
