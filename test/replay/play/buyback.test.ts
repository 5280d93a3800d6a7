import { expect, it } from 'vitest';
import { halfOf } from './buyback.ts';

it.each([
  ['20.01', '10.00'],
  ['20', '10.00'],
  ['2.5', '1.25'],
  ['1.99', null],
  ['0.00', null],
])('half of %s points is %s', (points, half) => {
  expect(halfOf(points)).toBe(half);
});
