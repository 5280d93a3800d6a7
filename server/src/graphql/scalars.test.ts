import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPoints, parseAmount, parseDateTime } from './scalars.ts';

describe('Points', () => {
  it.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [1250n, '12.50'],
    [-5n, '-0.05'],
    [2n ** 96n - 1n, '792281625142643375935439503.35'],
  ])('shows %s base units as %s', (baseUnits, text) => {
    expect(formatPoints(baseUnits)).toBe(text);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(), (points) => {
        expect(BigInt(formatPoints(points).replace('.', ''))).toBe(points);
      }),
    );
  });
});

describe('Amount', () => {
  it('reads every exact whole number, as number and as text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        expect(parseAmount(amount)).toBe(amount);
        if (Math.abs(amount) < 8e15) expect(parseAmount(String(amount))).toBe(amount);
      }),
    );
  });

  it.each([
    0.1,
    Number.NaN,
    Infinity,
    2 ** 53,
    '',
    ' 1',
    '1 ',
    '0x10',
    '1e3',
    '1.0',
    '９',
    null,
    true,
    [],
    {},
  ])('refuses %j', (value) => {
    expect(() => parseAmount(value)).toThrow('Amount must be a whole number');
  });
});

describe('DateTime', () => {
  it('reads back every moment that it shows', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        expect(parseDateTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:30:00Z',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00Z',
    '20260101T000000Z',
    '+002026-01-01T00:00:00Z',
    'now',
    '',
    0,
    null,
  ])('refuses %j', (value) => {
    expect(() => parseDateTime(value)).toThrow('ISO 8601');
  });

  it('takes a leap day and an offset', () => {
    expect(parseDateTime('2028-02-29T08:00:00+08:00')).toBe(Date.UTC(2028, 1, 29));
  });
});
