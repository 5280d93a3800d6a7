import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  filledRoundedUp,
  paidRoundedDown,
  payoutRoundedDown,
  returnedRoundedDown,
} from './roundMath.ts';
import { MAX_MONEY, rounds, sharesOf, sumOf } from './testing/randomRounds.ts';

describe('a round', () => {
  it('pays the price of what was tendered, rounded down, and never more than its budget', () => {
    // 14,285 * 7 / 100 = 999.95
    expect(payoutRoundedDown(14_285n, 1_000n, 7n)).toBe(999n);
    expect(payoutRoundedDown(14_286n, 1_000n, 7n)).toBe(1_000n);
    expect(payoutRoundedDown(20_000n, 1_000n, 7n)).toBe(1_000n);
    expect(payoutRoundedDown(20_000n, 0n, 7n)).toBe(0n);
  });

  it('buys what it pays for, rounded up', () => {
    // 999 * 100 / 7 = 14,271.4
    expect(filledRoundedUp(999n, 7n)).toBe(14_272n);
    expect(filledRoundedUp(700n, 7n)).toBe(10_000n);
    expect(filledRoundedUp(0n, 7n)).toBe(0n);
  });

  it('pays the whole budget where one base unit of points costs more than it', () => {
    // Counted in points first, this round would buy nothing and pay nothing.
    const budget = 999_999n;
    expect(payoutRoundedDown(500n, budget, 100n * (budget + 1n))).toBe(budget);
    expect(filledRoundedUp(budget, 100n * (budget + 1n))).toBe(1n);
  });

  it('never buys more than was tendered, and leaves nothing unspent that buys a base unit', () => {
    fc.assert(
      fc.property(rounds, ({ tendered, budget, pricePerPoint }) => {
        const payout = payoutRoundedDown(tendered, budget, pricePerPoint);
        const filled = filledRoundedUp(payout, pricePerPoint);
        expect(payout <= budget).toBe(true);
        expect(filled <= tendered).toBe(true);
        expect(payout === budget || tendered * pricePerPoint - payout * 100n < 100n).toBe(true);
      }),
    );
  });

  it('never pays anybody less on better terms', () => {
    const more = fc.oneof(fc.bigInt({ min: 0n, max: 3n }), fc.bigInt({ min: 0n, max: MAX_MONEY }));
    fc.assert(
      fc.property(rounds, more, more, (round, price, budget) => {
        const better = {
          ...round,
          pricePerPoint: round.pricePerPoint + price,
          budget: round.budget + budget,
        };
        const [before, after] = [sharesOf(round), sharesOf(better)];
        expect(after.payout >= before.payout).toBe(true);
        before.paid.forEach((paid, i) => expect((after.paid[i] ?? -1n) >= paid).toBe(true));
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
