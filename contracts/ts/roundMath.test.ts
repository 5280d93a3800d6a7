import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filledRoundedDown,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from './roundMath.ts';
import { rounds, sharesOf, sumOf } from './testing/randomRounds.ts';

describe('a round', () => {
  it('buys what its budget buys, rounded down, and never more than was tendered', () => {
    // 1,000 * 100 / 7 = 14,285.7
    expect(filledRoundedDown(20_000n, 1_000n, 7n)).toBe(14_285n);
    expect(filledRoundedDown(14_285n, 1_000n, 7n)).toBe(14_285n);
    expect(filledRoundedDown(14_284n, 1_000n, 7n)).toBe(14_284n);
    expect(filledRoundedDown(20_000n, 0n, 7n)).toBe(0n);
  });

  it('pays the price of what it bought, rounded down', () => {
    // 14,285 * 7 / 100 = 999.95
    expect(payoutRoundedDown(14_285n, 7n)).toBe(999n);
    expect(payoutRoundedDown(0n, 7n)).toBe(0n);
  });

  it('never pays more than its budget', () => {
    fc.assert(
      fc.property(rounds, ({ tendered, budget, pricePerPoint }) => {
        const filled = filledRoundedDown(tendered, budget, pricePerPoint);
        expect(filled <= tendered).toBe(true);
        expect(payoutRoundedDown(filled, pricePerPoint) <= budget).toBe(true);
        const affordsOneMore = (filled + 1n) * pricePerPoint <= budget * 100n;
        expect(filled === tendered || !affordsOneMore).toBe(true);
      }),
    );
  });
});

describe('shares', () => {
  it('round down, both', () => {
    expect(paidRoundedDown(10_000n, 1_001n, 30_000n)).toBe(333n);
    expect(returnedRoundedDown(10_000n, 30_000n, 9_100n)).toBe(6_966n);
  });

  it('never exceed what there is in all, and leave less than one base unit a holder', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const { filled, payout, paid, returned } = sharesOf(round);
        const money = payout - sumOf(paid);
        const points = round.tendered - filled - sumOf(returned);
        const holders = BigInt(round.amounts.length);
        expect(0n <= money && money < holders).toBe(true);
        expect(0n <= points && points < holders).toBe(true);
      }),
    );
  });

  it('never grow when a holder splits a tender', () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 0, max: 100 }), (round, percent) => {
        const { filled, payout } = sharesOf(round);
        const { tendered } = round;
        const [whole = 0n] = round.amounts;
        const parts = [(whole * BigInt(percent)) / 100n];
        parts.push(whole - (parts[0] ?? 0n));
        const paid = parts.map((part) => paidRoundedDown(part, payout, tendered));
        const returned = parts.map((part) => returnedRoundedDown(part, tendered, filled));
        expect(sumOf(paid) <= paidRoundedDown(whole, payout, tendered)).toBe(true);
        expect(sumOf(returned) <= returnedRoundedDown(whole, tendered, filled)).toBe(true);
      }),
    );
  });
});
