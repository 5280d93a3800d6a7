import { describe, expect, it } from 'vitest';
import { countedSupply, objectionsNeeded } from './objections.ts';

describe('the supply that a threshold is of', () => {
  it.each([
    ['is that of one notice period before', 1_000n, 600n, 600n],
    ['is a quarter of that at the announcement at least, rounded up', 1_001n, 0n, 251n],
    ['is never more than there is at the announcement', 1_000n, 5_000n, 1_000n],
  ])('%s', (_what, supply, before, counted) => {
    expect(countedSupply(supply, before)).toBe(counted);
  });
});

describe('what strikes a change down', () => {
  const settings = { objectionThresholdBps: 1_000, objectionCap: 50_000n };
  it.each([
    ['a share of the supply that counts, rounded up', 10_001n, 99_999n, 1_001n],
    ['a share of the supply now, where that is less', 99_999n, 10_001n, 1_001n],
    ['the cap, however many points there are', 10n ** 9n, 10n ** 9n, 50_000n],
    ['one point at least', 10n, 10n, 100n],
  ])('is %s', (_what, counted, supply, needed) => {
    expect(objectionsNeeded(settings, { countedSupply: counted }, supply)).toBe(needed);
  });
});
