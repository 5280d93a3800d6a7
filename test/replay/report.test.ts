import { expect, it } from 'vitest';
import { formatPoints } from './report.ts';

it('shows base units as points with two decimals', () => {
  expect(formatPoints(400081895)).toBe('4,000,818.95');
  expect(formatPoints('5')).toBe('0.05');
  expect(formatPoints('12345678901234567890')).toBe('123,456,789,012,345,678.90');
});
