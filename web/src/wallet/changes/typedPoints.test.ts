import { describe, expect, it } from 'vitest';
import { typedPoints } from './typedPoints.ts';

describe('an amount that is typed', () => {
  it('is taken with a point or a comma, and exact', () => {
    expect(typedPoints(' 48,21 ')).toBe(4_821n);
    expect(typedPoints('5.')).toBe(500n);
    expect(typedPoints('90071992547409.93')).toBe(9_007_199_254_740_993n);
  });

  it.each(['', '0', '0.00', '-1', '1.234', '1,000.00', 'all'])('is none for %j', (text) => {
    expect(typedPoints(text)).toBeNull();
  });
});
