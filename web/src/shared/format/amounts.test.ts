import { describe, expect, it } from 'vitest';
import { fromBase, showMoney, showPoints, sumOfPoints, toBase } from './amounts.ts';

describe('amounts', () => {
  it('are exact beyond what a float holds', () => {
    expect(showPoints('9007199254740993.01')).toBe('9,007,199,254,740,993.01');
    expect(sumOfPoints(['9007199254740993.01', '0.02'])).toBe('9007199254740993.03');
    expect(fromBase(toBase('-0.05', 2), 2)).toBe('-0.05');
    expect(fromBase(7n, 0)).toBe('7');
  });

  it('show points with two decimals and money with as many as it has', () => {
    expect(showPoints('5')).toBe('5.00');
    expect(showMoney('3')).toBe('3.00');
    expect(showMoney('2.484624')).toBe('2.484624');
    expect(showMoney('1234.500000')).toBe('1,234.50');
  });

  it('refuse what is no amount', () => {
    for (const text of ['', '1.234', 'x', '1e3', '.5']) {
      expect(() => toBase(text, 2)).toThrow('is no amount');
    }
  });
});
