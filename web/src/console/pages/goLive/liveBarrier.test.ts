import { expect, it } from 'vitest';
import { liveBarrier } from './liveBarrier.ts';

const TEST = { environment: 'TEST', chainId: 31_337 } as const;
const both = { environments: [TEST, { environment: 'LIVE', chainId: 1 } as const] };
const withApp = { hasTwoFactor: true };

it('says what is in the way, what only others can change first', () => {
  expect(liveBarrier({ environments: [TEST] }, 'OWNER', withApp)).toBe('noChain');
  expect(liveBarrier({ environments: [TEST] }, 'VIEWER', { hasTwoFactor: false })).toBe('noChain');
  for (const role of ['MANAGER', 'FULFILLER', 'VIEWER'] as const) {
    expect(liveBarrier(both, role, withApp)).toBe('notOwner');
    expect(liveBarrier(both, role, { hasTwoFactor: false })).toBe('notOwner');
  }
  expect(liveBarrier(both, 'OWNER', { hasTwoFactor: false })).toBe('noTwoFactor');
  expect(liveBarrier(both, 'OWNER', withApp)).toBeNull();
});
