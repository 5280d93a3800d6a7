import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestSubscription,
  GRACE_PERIOD_MS,
  judgeAccount,
  LAST_LETTER_MS,
  letterDue,
  newAccount,
  recordingStopOf,
  standingOf,
  SUBSCRIPTION_STATES,
  type Subscription,
  type SubscriptionState,
} from './subscription.ts';

const plan = (state: SubscriptionState, more: Partial<Subscription> = {}): Subscription => ({
  ...{ id: 'sub_1', state, startedAtMs: 0, periodStartMs: 0, periodEndMs: 1, cancelsAtMs: null },
  ...more,
});
const NOW_MS = 1_000_000;
const seen = (state: SubscriptionState | null, hasRecorded = false) => ({
  subscription: state === null ? null : plan(state),
  hasRecorded,
});

describe('an account', () => {
  it.each<[SubscriptionState | null, boolean, string]>([
    [null, false, 'IDLE'],
    [null, true, 'GRACE'],
    ['INCOMPLETE', false, 'IDLE'],
    ['INCOMPLETE', true, 'GRACE'],
    ['TRIALING', true, 'PAID'],
    ['ACTIVE', true, 'PAID'],
    ['PAST_DUE', false, 'GRACE'],
    ['UNPAID', false, 'GRACE'],
    ['PAUSED', false, 'GRACE'],
    ['CANCELED', false, 'IDLE'],
    ['CANCELED', true, 'GRACE'],
  ])(
    'with a plan that is %s, and something recorded: %s, is %s',
    (state, hasRecorded, standing) => {
      const judged = judgeAccount(newAccount('org'), seen(state, hasRecorded), NOW_MS);
      expect(standingOf(judged, NOW_MS)).toBe(standing);
    },
  );

  it('keeps the start of its grace, whatever is seen later, until it has paid', () => {
    const begun = judgeAccount(newAccount('org'), seen('PAST_DUE'), NOW_MS);
    const later = judgeAccount(begun, seen('UNPAID'), NOW_MS + 5);
    const ended = judgeAccount(later, seen('CANCELED'), NOW_MS + 6);
    expect([later.graceSinceMs, ended.graceSinceMs]).toEqual([NOW_MS, NOW_MS]);
    const told = { ...ended, letters: ['BEGUN'] as const };
    const paid = judgeAccount(told, seen('ACTIVE'), NOW_MS + 7);
    expect(paid).toMatchObject({ graceSinceMs: null, letters: [] });
    expect(judgeAccount(paid, seen('PAST_DUE'), NOW_MS + 8).graceSinceMs).toBe(NOW_MS + 8);
  });

  it('stops at the end of the grace, to the millisecond, and says why', () => {
    const owing = judgeAccount(newAccount('org'), seen('PAST_DUE'), NOW_MS);
    const endMs = NOW_MS + GRACE_PERIOD_MS;
    expect(recordingStopOf(owing, endMs - 1)).toBeNull();
    expect(recordingStopOf(owing, endMs)).toEqual({ sinceMs: endMs, reason: 'UNPAID' });
    expect(standingOf(owing, endMs)).toBe('STOPPED');
    const none = judgeAccount(newAccount('org'), seen(null, true), NOW_MS);
    expect(recordingStopOf(none, endMs)).toEqual({ sinceMs: endMs, reason: 'NO_PLAN' });
  });

  it('has a letter due at the start of the grace and 3 days before its end, each once', () => {
    const begun = judgeAccount(newAccount('org'), seen('PAST_DUE'), NOW_MS);
    const lastMs = NOW_MS + GRACE_PERIOD_MS - LAST_LETTER_MS;
    expect(letterDue(newAccount('org'), NOW_MS)).toBeNull();
    expect(letterDue(begun, NOW_MS)).toBe('BEGUN');
    const told = { ...begun, letters: ['BEGUN'] as const };
    expect(letterDue(told, lastMs - 1)).toBeNull();
    expect(letterDue(told, lastMs)).toBe('ENDING');
    expect(letterDue({ ...told, letters: ['BEGUN', 'ENDING'] }, lastMs)).toBeNull();
    expect(letterDue(told, NOW_MS + GRACE_PERIOD_MS)).toBeNull();
  });
});

it('of several plans the one counts that lets the most go on, whatever their order', () => {
  const states = fc.constantFrom(...SUBSCRIPTION_STATES);
  const plans = fc.uniqueArray(
    fc.record({ id: fc.string({ minLength: 1 }), state: states, startedAtMs: fc.nat(9) }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(plans, (found) => {
      const all = found.map(({ state, ...more }) => plan(state, more));
      const best = bestSubscription(all);
      expect(bestSubscription(all.toReversed())).toEqual(best);
      const isAnyPaid = all.some(({ state }) => state === 'ACTIVE' || state === 'TRIALING');
      expect(best?.state === 'ACTIVE' || best?.state === 'TRIALING').toBe(isAnyPaid);
    }),
  );
  expect(bestSubscription([])).toBeNull();
});
