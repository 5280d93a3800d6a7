import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bumpedFees, firstFees, gasLimitOf } from './transaction.ts';

const anyFee = fc.bigInt({ min: 0n, max: 10n ** 12n });
const anyFees = fc
  .tuple(anyFee, anyFee)
  .map(([tip, base]) => ({ maxFeePerGas: tip + base, maxPriorityFeePerGas: tip }));

describe('fees', () => {
  it('never exceed the ceiling, and never promise more tip than fee', () => {
    fc.assert(
      fc.property(anyFees, anyFees, anyFee, (last, market, ceiling) => {
        for (const fees of [firstFees(market, ceiling), bumpedFees(last, market, ceiling)]) {
          if (fees === null) continue;
          expect(fees.maxFeePerGas <= ceiling).toBe(true);
          expect(fees.maxPriorityFeePerGas <= fees.maxFeePerGas).toBe(true);
        }
      }),
    );
  });

  it('of a replacement are both at least 12.5 % higher, or there is none', () => {
    fc.assert(
      fc.property(anyFees, anyFees, (last, market) => {
        const fees = bumpedFees(last, market, 10n ** 15n);
        expect((fees?.maxFeePerGas ?? 0n) * 1_000n >= last.maxFeePerGas * 1_125n).toBe(true);
        const tip = fees?.maxPriorityFeePerGas ?? 0n;
        expect(tip * 1_000n >= last.maxPriorityFeePerGas * 1_125n).toBe(true);
      }),
    );
    const last = { maxFeePerGas: 100n, maxPriorityFeePerGas: 1n };
    expect(bumpedFees(last, last, 112n)).toBeNull();
    expect(bumpedFees(last, last, 113n)).toEqual({ maxFeePerGas: 113n, maxPriorityFeePerGas: 2n });
  });
});

describe('the gas limit', () => {
  it('leaves room for statements that become dearer while they wait', () => {
    const limit = gasLimitOf(1_400_000n, 100, 60_000_000n);
    expect(limit).toBeGreaterThanOrEqual(1_400_000n + 100n * 23_000n);
  });

  it('is never above what a block takes, and there is none for what no block takes', () => {
    expect(gasLimitOf(900n, 1, 1_000n)).toBe(1_000n);
    expect(gasLimitOf(1_001n, 1, 1_000n)).toBeNull();
  });
});
