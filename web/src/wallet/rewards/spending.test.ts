import { describe, expect, it } from 'vitest';
import { isAbove, missingFor, mostPieces, spendableOf, costOf } from './spending.ts';

const account = (name: string, settled: string, pending = '0.00', maturing = '0.00') => ({
  ...{ account: name, settled, pending, maturing },
});

describe('what a member can spend', () => {
  const accounts = [account('0xa', '48.21', '33.10', '19.90'), account('0xb', '7.00')];

  it('is what lies in the account that the service signs for, and neither what ripens nor what an earlier account has', () => {
    const custodial = { ownAccount: null, isCustodial: true } as const;
    expect(spendableOf({ account: '0xa', ...custodial, balance: { accounts } })).toEqual({
      ...{ here: '48.21', pending: '13.20', elsewhere: '7.00' },
    });
  });

  it('is what lies in the own wallet, once there is one', () => {
    const own = { ownAccount: '0xb', isCustodial: false } as const;
    expect(spendableOf({ account: '0xa', ...own, balance: { accounts } })).toEqual({
      ...{ here: '7.00', pending: '0.00', elsewhere: '48.21' },
    });
  });

  it('is nothing before the first point', () => {
    expect(spendableOf(null)).toEqual({ here: '0.00', pending: '0.00', elsewhere: '0.00' });
  });
});

describe('an order', () => {
  it.each([
    ['5.00', 20, '48.21', 9],
    ['5.00', 3, '48.21', 3],
    ['5.00', null, '48.21', 9],
    ['0.01', null, '9007199254740993.01', 99],
    ['5.00', 20, '4.99', 0],
    ['5.00', 0, '48.21', 0],
  ])(
    'at %s each, of %s that are left, with %s, is of %s pieces at most',
    (price, stock, has, most) => {
      expect(mostPieces(price, stock, has)).toBe(most);
    },
  );

  it('costs its price times its pieces, exactly', () => {
    expect(costOf('5.25', 3, '48.21')).toEqual({ sum: '15.75', stays: '32.46' });
    expect(costOf('0.07', 3, '9007199254740993.01').stays).toBe('9007199254740992.80');
  });

  it('says what is missing for one piece', () => {
    expect(missingFor('5.00', '4.99')).toBe('0.01');
    expect(missingFor('5.00', '5.00')).toBeNull();
  });

  it('asks again for more than was agreed to, and for nothing else', () => {
    expect(isAbove('6.00', '5.00')).toBe(true);
    expect(isAbove('10.00', '9.00')).toBe(true);
    expect(isAbove('5.00', '5.00')).toBe(false);
    expect(isAbove('4.50', '5.00')).toBe(false);
  });
});
