import { describe, expect, it } from 'vitest';
import type { BuybackNow } from './queries.ts';
import { lacksOf, reservePartsOf } from './reserveParts.ts';
import { amountToType, readAmountTyped } from './typedMoney.ts';

type Money = Parameters<typeof reservePartsOf>[0];

const round = (number: number, state: string, available: string): BuybackNow['nextRound'] =>
  ({
    ...{ number, state, opensAt: '2026-12-01T00:00:00Z', closesAt: '2026-12-04T00:00:00Z' },
    cover: { available, budget: '3.000000', covered: available === '3.000000' },
    ...{ expected: { filled: '10.00', payout: '1.000000' }, result: null },
  }) as unknown as BuybackNow['nextRound'];

const money = (
  reserve: Pick<BuybackNow['reserve'], 'total' | 'owed' | 'withdrawable'>,
  currentRound: Money['currentRound'],
  nextRound: Money['nextRound'],
  backed = false,
): Money =>
  ({
    ...{ currentRound, nextRound },
    reserve: { ...reserve, stale: false },
    settings: { backed, settlementToken: { address: '0x', symbol: 'LD', decimals: 6 } },
  }) as unknown as Money;

const shown = (of: Money): string[] =>
  reservePartsOf(of).map(({ name, amount, share }) => `${name} ${amountToType(amount)} ${share}`);

describe('the parts of a reserve', () => {
  it('are what is owed, the open and the next round, and what is free', () => {
    const reserve = { total: '8.500000', owed: '0.500000', withdrawable: '2.000000' };
    const of = money(reserve, round(1, 'OPEN', '3.000000'), round(2, 'UPCOMING', '3.000000'));
    expect(shown(of)).toEqual(['owed 0.50 58', 'open 3.00 352', 'next 3.00 352', 'free 2.00 235']);
    expect(lacksOf(of)).toEqual([]);
  });

  it('have what a closed round will pay, and say what the next one lacks', () => {
    const reserve = { total: '2.200000', owed: '0.000000', withdrawable: '0.000000' };
    const of = money(reserve, round(1, 'CLOSED', '2.200000'), round(2, 'UPCOMING', '1.200000'));
    expect(shown(of)).toEqual(['owed 0.00 0', 'due 1.00 454', 'next 1.20 545', 'free 0.00 0']);
    expect(lacksOf(of)).toEqual([
      {
        ...{ round: 2, amount: '1.800000', budget: '3.000000', isOpen: false },
        until: '2026-12-01T00:00:00Z',
      },
    ]);
  });

  it('say of an open round that what it lacks can come until it closes', () => {
    const reserve = { total: '2.000000', owed: '0.000000', withdrawable: '0.000000' };
    const of = money(reserve, round(1, 'OPEN', '2.000000'), round(2, 'UPCOMING', '0.000000'));
    expect(lacksOf(of).map(({ until, isOpen }) => [until, isOpen])).toEqual([
      ['2026-12-04T00:00:00Z', true],
      ['2026-12-01T00:00:00Z', false],
    ]);
  });

  it('are of all points where the program is fully backed', () => {
    const reserve = { total: '90.000000', owed: '0.000000', withdrawable: '30.000000' };
    const of = money(reserve, null, round(0, 'UPCOMING', '3.000000'), true);
    expect(shown(of)).toEqual(['owed 0.00 0', 'points 60.00 666', 'free 30.00 333']);
  });

  it('are all nothing while nothing is there', () => {
    const reserve = { total: '0.000000', owed: '0.000000', withdrawable: '0.000000' };
    const of = money(reserve, null, round(0, 'UPCOMING', '0.000000'));
    expect(shown(of)).toEqual(['owed 0.00 0', 'next 0.00 0', 'free 0.00 0']);
  });
});

describe('typed money', () => {
  it('is exact, with as many decimals as there are', () => {
    expect(readAmountTyped('1,234.5', 6)).toBe('1234.500000');
    expect(readAmountTyped('0。25', 2)).toBe('0.25');
    for (const text of ['', '-1', '1e3', '0.001', 'x', '1.', '1,5', '0,125', '1.000,5']) {
      expect(readAmountTyped(text, 2)).toBeNull();
    }
  });

  it('is written without zeros at its end', () => {
    expect(['3.000000', '0.100000', '2.484624', '7'].map(amountToType)).toEqual([
      ...['3.00', '0.10', '2.484624', '7'],
    ]);
  });
});
