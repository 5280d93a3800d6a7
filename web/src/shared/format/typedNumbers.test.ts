import { describe, expect, it } from 'vitest';
import { bareNumber } from './typedNumbers.ts';

describe('bareNumber', () => {
  it('takes thousands signs and spaces out', () => {
    expect(bareNumber(' 1,234,567.50 ')).toBe('1234567.50');
    expect(bareNumber('12，345。5')).toBe('12345.5');
    expect(bareNumber('12')).toBe('12');
    expect(bareNumber(' ')).toBe('');
  });

  it.each([
    '1,5',
    '1,50',
    '0,125',
    '1234,567',
    '1,2345',
    '12,34,567',
    '1.000,50',
    ',5',
    '5,',
    '1,234,5',
  ])('leaves the comma of "%s", of which nothing is read', (text) => {
    expect(bareNumber(text)).toContain(',');
  });
});
