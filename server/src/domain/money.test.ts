import { expect, it } from 'vitest';
import { formatMoney, moneyUnits } from './money.ts';

it.each([
  [0n, 0, '0'],
  [7n, 0, '7'],
  [0n, 6, '0.000000'],
  [1_250_000n, 6, '1.250000'],
  [1n, 18, '0.000000000000000001'],
  [-5n, 2, '-0.05'],
])('%s base units of %s decimals read %s', (units, decimals, text) => {
  expect(formatMoney({ units, decimals })).toBe(text);
});

it.each([
  ['1.25', 6, 1_250_000n],
  ['1', 0, 1n],
  ['1.0', 0, 1n],
  ['0.0000010', 6, 1n],
  ['0.0000001', 6, null],
  ['1.5', 0, null],
  ['-1', 6, null],
  ['', 6, null],
  ['1e3', 6, null],
  ['.5', 6, null],
])('%j of a token with %s decimals is %s base units', (text, decimals, units) => {
  expect(moneyUnits(text, decimals)).toBe(units);
});
