import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUDGET } from '../../testing/builders/program.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

describe('a keeper that can not do one thing', () => {
  it('does what else is due', async () => {
    await harness.deposit(BUDGET);
    await harness.closeRound(0);
    const totals = {
      ...harness.store.totals,
      reserveChangedAt: () => Promise.reject(new Error('a row that nobody can read')),
    };
    await harness.keep(harness.process({ store: { ...harness.store, totals } }));
    const [settled] = await harness.store.rounds.findMany(harness.program.id, [0]);
    expect(settled?.result).not.toBeNull();
  });
});
