import { expect, it } from 'vitest';
import { ratioOf, thousandthsOf } from './shares.ts';

it('are rounded down, and never more than the whole', () => {
  expect(thousandthsOf('1.00', '3.00')).toBe(333);
  expect(thousandthsOf('9007199254740993.01', '9007199254740993.02')).toBe(999);
  expect(thousandthsOf('5.00', '3.00')).toBe(1_000);
  expect(thousandthsOf('5.00', '0.00')).toBe(0);
});

it('say how much of the worth of points is there', () => {
  expect(ratioOf('2.999999', '3.00')).toBe('99');
  expect(ratioOf('9.000000', '3.000000')).toBe('300');
  expect(ratioOf('1.00', '0.000000')).toBeNull();
});
