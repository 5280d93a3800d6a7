import { expect, it } from 'vitest';
import {
  newTopUp,
  type TopUp,
  type TopUpPayment,
  type TopUpState,
} from '../../../domain/billing/topUp.ts';
import type { TopUpStore } from '../../../ports/stores/billing/topUps.ts';
import { INVENTED_PROGRAM } from '../../../testing/builders/program.ts';
import { createDebtLetters } from './debtLetters.ts';
import { createTopUpFollower } from './followTopUps.ts';
import type { Treasury } from './treasury.ts';

const NOW_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const topUp = (id: string, state: TopUpState, more: Partial<TopUp> = {}): TopUp => ({
  ...newTopUp(
    {
      ...{ id, organisationId: 'org_1', programId: 'prg_1', currency: 'eur' },
      ...{ amount: 5_000_000n, decimals: 6, charge: 500n },
    },
    NOW_MS - 1_000,
  ),
  ...{ state, checkoutId: id, paymentId: 'pi_1', dueAtMs: 1 },
  ...more,
});
const PAID: Omit<TopUpPayment, 'disputed'> = {
  ...{ checkout: 'COMPLETE', paymentId: 'pi_1', isPaid: true, isCanceled: false },
  ...{ received: 500n, currency: 'eur', isAvailable: true, availableAtMs: NOW_MS - 1 },
  ...{ refunded: 0n, isDisputed: false, settled: 0n, sentAttempt: null },
};

/** Top-ups that are followed, by a provider and a treasury that do as they are told. */
function followed(
  all: readonly TopUp[],
  does: {
    ready?: () => void;
    answers?: readonly Partial<typeof PAID>[];
    programDailyLimit?: bigint;
  } = {},
) {
  const rows = new Map(all.map((one) => [one.id, { topUp: one, version: 1 }]));
  const asked: string[] = [];
  const errors: object[] = [];
  const answers = [...(does.answers ?? [])];
  const topUps = {
    save: (saved: TopUp, version: number) => {
      if (rows.get(saved.id)?.version !== version) return Promise.resolve(false);
      rows.set(saved.id, { topUp: saved, version: version + 1 });
      return Promise.resolve(true);
    },
    listDue: (states: readonly TopUpState[]) =>
      Promise.resolve(
        [...rows.values()].filter(
          ({ topUp: { state, dueAtMs } }) =>
            states.includes(state) && dueAtMs !== null && dueAtMs <= NOW_MS,
        ),
      ),
    hasDebt: () => Promise.resolve(false),
  } as unknown as TopUpStore;
  const treasury = {
    ready: () => {
      does.ready?.();
      return Promise.resolve({ gasLimit: 1n });
    },
    send: () => Promise.resolve({ transactionId: 'tx', is: 'UNDER_WAY' }),
  } as unknown as Treasury;
  const { follow } = createTopUpFollower({
    ...{ topUps, treasury, wallNowMs: () => NOW_MS },
    topUpLimits: { reserve: () => Promise.resolve(null), release: () => Promise.resolve() },
    programs: { find: () => Promise.resolve(INVENTED_PROGRAM) },
    payments: {
      topUpPayment: (id) => {
        asked.push(id);
        return Promise.resolve({ ...PAID, ...answers.shift() });
      },
      disputedOf: () => Promise.resolve(500n),
      noteTopUpSent: () => Promise.resolve(),
    },
    limits: { programDailyLimit: does.programDailyLimit ?? 300n, dailyLimit: 500n },
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (about: object) => void errors.push(about),
    },
  });
  const read = (id: string): TopUp | undefined => rows.get(id)?.topUp;
  return { follow, read, asked, errors };
}

it('credited top-ups are asked about before those that are still to be sent', async () => {
  const { follow, asked } = followed([
    topUp('top_1', 'CLEARED'),
    topUp('top_2', 'CREDITED', { creditedAtMs: NOW_MS - 1 }),
  ]);
  await follow();
  expect(asked[0]).toBe('top_2');
});

it('a payment that is disputed while all is made ready is not sent', async () => {
  const answers = [{}, { isDisputed: true }];
  const { follow, read, asked } = followed([topUp('top_1', 'CLEARED')], { answers });
  await follow();
  expect(asked).toHaveLength(2);
  expect(read('top_1')).toMatchObject({ state: 'DISPUTED', gasLimit: null });
});

it('one whose beginning fails for good is tried again in an hour', async () => {
  const ready = (): never => {
    throw new Error('for good');
  };
  const { follow, read } = followed([topUp('top_1', 'CLEARED')], { ready });
  await expect(follow()).rejects.toThrow('for good');
  expect(read('top_1')).toMatchObject({ state: 'CLEARED', dueAtMs: NOW_MS + HOUR_MS });
});

it('one above a limit that was lowered waits for a person', async () => {
  const { follow, read, errors } = followed([topUp('top_1', 'CLEARED')], { programDailyLimit: 4n });
  await follow();
  expect(read('top_1')).toMatchObject({ state: 'CLEARED', reason: 'ABOVE_LIMIT' });
  expect(errors).toMatchObject([{ topUp: 'top_1', reason: 'ABOVE_LIMIT' }]);
});

it('a debt of an organisation without owners is not told, and said to be so', async () => {
  const errors: object[] = [];
  const saved: TopUp[] = [];
  const owed = topUp('top_1', 'DISPUTED', { debt: 1n });
  const letters = createDebtLetters({
    topUps: {
      listUntold: () => Promise.resolve([{ topUp: owed, version: 1 }]),
      save: (one) => Promise.resolve(saved.push(one) > 0),
    },
    ownerLetters: { mayWrite: () => true, write: () => Promise.resolve(false) },
    billingUrl: () => 'https://points.example',
    logger: { error: (about: object) => void errors.push(about) },
    wallNowMs: () => NOW_MS,
  });
  await letters.send();
  expect(saved).toEqual([]);
  expect(errors).toMatchObject([{ topUp: 'top_1' }]);
});
