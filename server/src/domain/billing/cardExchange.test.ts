import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeFor, tokenUnits, unitsRoundedDown, unitsRoundedUp } from './cardExchange.ts';

const decimals = fc.integer({ min: 0, max: 18 });
const hundredths = fc.bigInt({ min: 0n, max: 99_999_999n });

describe('a token is worth one unit of the currency', () => {
  it.each([
    [25_500_000n, 6, 2_550n],
    [1n, 0, 100n],
    [7n, 1, 70n],
    [7n, 2, 7n],
    [10_000n, 6, 1n],
    [10_001n, 6, null],
    [9_999n, 6, null],
  ] as const)('%s base units of %s decimals cost %s hundredths', (units, of, charge) => {
    expect(chargeFor(units, of)).toBe(charge);
  });

  it('so what is charged is worth exactly what is sent', () => {
    fc.assert(
      fc.property(decimals, hundredths, (of, paid) => {
        const units = unitsRoundedDown(paid, of);
        const charge = chargeFor(units, of);
        expect(charge).not.toBeNull();
        expect(charge ?? 0n).toBeLessThanOrEqual(paid);
        if (of >= 2) expect(charge).toBe(paid);
      }),
    );
  });

  it('and rounding never makes money', () => {
    fc.assert(
      fc.property(decimals, hundredths, (of, paid) => {
        const [down, up] = [unitsRoundedDown(paid, of), unitsRoundedUp(paid, of)];
        expect(down * 100n).toBeLessThanOrEqual(paid * tokenUnits(1n, of));
        expect(up * 100n).toBeGreaterThanOrEqual(paid * tokenUnits(1n, of));
        expect(up - down).toBeLessThanOrEqual(1n);
      }),
    );
  });
});
