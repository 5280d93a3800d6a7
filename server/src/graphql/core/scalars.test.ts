import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPoints,
  parseAddress,
  parseAmount,
  parseDateTime,
  parseHex,
  parseMoney,
  parsePoints,
  parseUInt,
} from './scalars.ts';

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

describe('what callers write', () => {
  it.each([
    ['12.50', 1250n],
    ['12.5', 1250n],
    ['0', 0n],
    ['792281625142643375935439503.35', 2n ** 96n - 1n],
  ])('reads %j as points', (text, baseUnits) => {
    expect(parsePoints(text)).toBe(baseUnits);
  });

  it.each(['1.234', '-1', '', '.5', '1.', '1e3', ' 1', 1, 1.5, null])(
    'refuses %j as points',
    (value) => {
      expect(() => parsePoints(value)).toThrow('Points must be a decimal string');
    },
  );

  it.each(['-1', '', '1,5', '1e3', 1, null])('refuses %j as money', (value) => {
    expect(() => parseMoney(value)).toThrow('Money must be a decimal string');
  });

  it.each([-1, 0.5, 2 ** 53, '1', null])('refuses %j as a whole number', (value) => {
    expect(() => parseUInt(value)).toThrow('UInt must be a whole number');
  });

  it.each(['0x12', `0x${'g'.repeat(40)}`, '1'.repeat(42), 1, null])(
    'refuses %j as an address',
    (value) => {
      expect(() => parseAddress(value)).toThrow('Address must be 0x and 40 hex digits');
    },
  );

  it.each(['0x1', '12', '0xgg', 1, null])('refuses %j as bytes', (value) => {
    expect(() => parseHex(value)).toThrow('Hex must be 0x and pairs of hex digits');
  });

  it('gives bytes back in lower case, as it shows them', () => {
    expect(parseHex('0xAB')).toBe('0xab');
  });
});
