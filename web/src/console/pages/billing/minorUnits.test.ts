import { expect, it } from 'vitest';
import { showTotal } from './minorUnits.ts';

it.each([
  ['123456', 'EUR', 'en', '€1,234.56'],
  ['7', 'USD', 'en', '$0.07'],
  ['-250', 'USD', 'en', '-$2.50'],
  ['5000', 'JPY', 'en', '¥5,000'],
  // More than a float can hold.
  ['900719925474099301', 'USD', 'en', '$9,007,199,254,740,993.01'],
  ['1999', 'CNY', 'zh-CN', '¥19.99'],
])('shows %s of %s in %s as %s', (minorUnits, currency, tag, shown) => {
  expect(showTotal(minorUnits, currency, tag)).toBe(shown);
});
