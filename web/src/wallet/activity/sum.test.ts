import {
  linePointsRoundedDown,
  NO_COUNT_CAP,
  NO_END,
  NO_POINTS_CAP,
} from '@dewpoint/contracts/formula.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase, POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import { sumOf } from './sum.ts';

const points = (units: bigint): string => fromBase(units, POINT_DECIMALS);
const REVIEW = { perAction: '6.00', perMillionUnits: '0.00', maxCount: 3, maxPoints: null };

describe('the sum of a line', () => {
  it('says how many of the actions count', () => {
    expect(sumOf(REVIEW, 5, '0')).toMatchObject({
      counted: '3',
      isCountCapped: true,
      forActions: '18.00',
      forAmount: null,
      points: '18.00',
    });
  });

  it('is rounded down once, and cut where the rule ends', () => {
    const purchase = {
      ...REVIEW,
      perAction: '0.00',
      perMillionUnits: '1000.00',
      maxPoints: '3.00',
    };
    expect(sumOf(purchase, 1, '2519')).toMatchObject({ forAmount: '2.51', isPointsCapped: false });
    expect(sumOf(purchase, 1, '5200')).toMatchObject({ before: '5.20', points: '3.00' });
  });

  it('is what the contract computes', () => {
    const units = fc.bigInt(0n, 2n ** 30n);
    fc.assert(
      fc.property(units, units, fc.nat(40), fc.nat(50), units, fc.option(units), (...drawn) => {
        const [perAction, perUnit, maxCount, count, amount, most] = drawn;
        const rule = {
          ...{ id: 1, perAction, perUnit, untilEpoch: NO_END },
          maxCount: maxCount === 0 ? NO_COUNT_CAP : BigInt(maxCount),
          maxPoints: most ?? NO_POINTS_CAP,
        };
        const line = { ruleId: 1, count: BigInt(count), amount };
        const shown = sumOf(
          {
            perAction: points(perAction),
            perMillionUnits: points(perUnit),
            maxCount: maxCount === 0 ? null : maxCount,
            maxPoints: points(most ?? NO_POINTS_CAP),
          },
          count,
          amount.toString(),
        );
        expect(toBase(shown.points, POINT_DECIMALS)).toBe(linePointsRoundedDown(rule, line, 0));
      }),
    );
  });
});
