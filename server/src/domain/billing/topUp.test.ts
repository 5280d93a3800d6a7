import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeTopUp,
  newTopUp,
  nextTopUpDayMs,
  topUpDay,
  TOP_UP_STATES,
  type TopUp,
  type TopUpPayment,
  type TopUpState,
} from './topUp.ts';

const NOW_MS = 1_800_000_000_000;
const topUp = (state: TopUpState, more: Partial<TopUp> = {}): TopUp => ({
  ...newTopUp(
    {
      ...{ id: 'top_1', organisationId: 'org_1', programId: 'prg_1', currency: 'eur' },
      ...{ amount: 5_000_000n, decimals: 6, charge: 500n },
    },
    NOW_MS - 1_000,
  ),
  ...{ state, checkoutId: 'cs_1' },
  ...more,
});
const credited = (): TopUp => topUp('CREDITED', { creditedAtMs: NOW_MS - 500 });
const paid = (more: Partial<TopUpPayment> = {}): TopUpPayment => ({
  ...{ checkout: 'COMPLETE', paymentId: 'pi_1', isPaid: true, isCanceled: false },
  ...{ received: 500n, currency: 'eur', isAvailable: true, availableAtMs: NOW_MS - 1 },
  ...{ refunded: 0n, isDisputed: false, disputed: 0n, settled: 0n },
  sentAttempt: null,
  ...more,
});
const unpaid = (more: Partial<TopUpPayment> = {}): TopUpPayment =>
  paid({ checkout: 'OPEN', paymentId: null, isPaid: false, received: 0n, currency: '', ...more });

describe('a top-up before it is sent', () => {
  it.each<[string, TopUpPayment, TopUpState]>([
    ['nobody has paid', unpaid(), 'STARTED'],
    ['the page closed', unpaid({ checkout: 'EXPIRED' }), 'EXPIRED'],
    ['the payment was given up', unpaid({ isCanceled: true }), 'CANCELLED'],
    ['the money is pending', paid({ isAvailable: false }), 'PAID'],
    ['its time has not come', paid({ availableAtMs: NOW_MS + 1 }), 'PAID'],
    ['nobody knows its time', paid({ availableAtMs: null }), 'PAID'],
    ['the money is here', paid(), 'CLEARED'],
    ['it is disputed', paid({ isDisputed: true }), 'DISPUTED'],
    ['it was disputed', paid({ isDisputed: true, disputed: 500n }), 'DISPUTED'],
    ['a hundredth went back', paid({ refunded: 1n }), 'REFUNDED'],
    ['less was paid', paid({ received: 499n }), 'CANCELLED'],
    ['another currency was paid', paid({ currency: 'usd' }), 'CANCELLED'],
  ])('when %s', (_what, seen, state) => {
    expect(judgeTopUp(topUp('STARTED'), seen, NOW_MS).state).toBe(state);
  });

  it('is looked at again as long as it goes on, and then no more', () => {
    expect(judgeTopUp(topUp('STARTED'), unpaid(), NOW_MS).dueAtMs).toBeGreaterThan(NOW_MS);
    expect(judgeTopUp(topUp('STARTED'), paid({ refunded: 1n }), NOW_MS).dueAtMs).toBeNull();
  });
});

describe('a top-up that is being sent', () => {
  it('is stopped by nothing', () => {
    const all = [paid({ isDisputed: true }), paid({ refunded: 500n }), unpaid()];
    for (const seen of all)
      expect(judgeTopUp(topUp('SENDING'), seen, NOW_MS).state).toBe('SENDING');
  });
});

describe('a credited top-up', () => {
  it.each<[Partial<TopUpPayment>, TopUpState, bigint]>([
    [{}, 'CREDITED', 0n],
    [{ isDisputed: true, disputed: 500n }, 'DISPUTED', 5_000_000n],
    [{ isDisputed: true, disputed: 120n }, 'DISPUTED', 1_200_000n],
    [{ isDisputed: true, disputed: 0n }, 'CREDITED', 0n],
    [{ refunded: 200n }, 'REFUNDED', 2_000_000n],
    [{ refunded: 500n, isDisputed: true, disputed: 500n }, 'DISPUTED', 5_000_000n],
    [{ refunded: 200n, isDisputed: true, disputed: 120n }, 'DISPUTED', 3_200_000n],
    [{ refunded: 9_999n }, 'REFUNDED', 5_000_000n],
    [{ refunded: 500n, settled: 500n }, 'REFUNDED', 0n],
    [{ refunded: 500n, settled: 200n }, 'REFUNDED', 3_000_000n],
    [{ refunded: 200n, settled: 900n }, 'REFUNDED', 0n],
  ])('of which the provider says %o is %s and owes %s', (more, state, debt) => {
    expect(judgeTopUp(credited(), paid(more), NOW_MS)).toMatchObject({ state, debt });
  });

  it('is told of anew when it is owed anew', () => {
    const told = { ...credited(), debt: 2_000_000n, toldAtMs: 1 };
    expect(judgeTopUp(told, paid({ refunded: 200n }), NOW_MS).toldAtMs).toBe(1);
    expect(judgeTopUp(told, paid({ refunded: 100n }), NOW_MS).toldAtMs).toBe(1);
    expect(judgeTopUp(told, paid({ refunded: 201n }), NOW_MS).toldAtMs).toBeNull();
    expect(judgeTopUp(told, paid(), NOW_MS).toldAtMs).toBeNull();
  });
});

const seenAny: fc.Arbitrary<TopUpPayment> = fc.record({
  checkout: fc.constantFrom('OPEN', 'COMPLETE', 'EXPIRED'),
  paymentId: fc.constantFrom(null, 'pi_1'),
  ...{ isPaid: fc.boolean(), isCanceled: fc.boolean(), isAvailable: fc.boolean() },
  received: fc.constantFrom(0n, 499n, 500n),
  currency: fc.constantFrom('eur', 'usd'),
  availableAtMs: fc.constantFrom(null, NOW_MS - 1, NOW_MS + 1),
  refunded: fc.constantFrom(0n, 1n, 500n),
  isDisputed: fc.boolean(),
  ...{ disputed: fc.constantFrom(0n, 120n, 500n), settled: fc.constantFrom(0n, 1n, 500n) },
  sentAttempt: fc.constantFrom(null, 0),
});

describe('whatever is said of a top-up', () => {
  it('to say it twice makes no difference', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TOP_UP_STATES), fc.boolean(), seenAny, (state, is, seen) => {
        const creditedAtMs = is || state === 'CREDITED' ? NOW_MS - 500 : null;
        const once = judgeTopUp(topUp(state, { creditedAtMs }), seen, NOW_MS);
        expect(judgeTopUp(once, seen, NOW_MS)).toEqual(once);
      }),
    );
  });

  it('what has ended without a credit is never sent, and owes nothing', () => {
    const ended = ['CANCELLED', 'DISPUTED', 'REFUNDED', 'EXPIRED'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...ended), fc.array(seenAny), (state, all) => {
        const end = all.reduce((now, seen) => judgeTopUp(now, seen, NOW_MS), topUp(state));
        expect(ended).toContain(end.state);
        expect(end.debt).toBe(0n);
      }),
    );
  });
});

it('days are those of UTC', () => {
  const midnight = Date.UTC(2026, 10, 30);
  expect(topUpDay(midnight)).toBe(topUpDay(midnight - 1) + 1);
  expect(nextTopUpDayMs(midnight - 1)).toBe(midnight);
});
