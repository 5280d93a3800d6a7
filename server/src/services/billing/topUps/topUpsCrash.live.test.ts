import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TopUp } from '../../../domain/billing/topUp.ts';
import type { Program } from '../../../domain/program.ts';
import { DAY_MS, HOUR_MS } from '../../../testing/builders/time.ts';
import { dyingStore } from '../../../testing/deaths.ts';
import { startTopUpStage, TOKEN, type TopUpStage } from '../../../testing/payments/topUpStage.ts';
import type { StandInPayment } from '../../../testing/payments/standInCards.ts';

/** One service for all deaths, each of which has a top-up of its own. */
let stage: TopUpStage;
beforeAll(async () => {
  stage = await startTopUpStage();
});
beforeEach(async () => {
  stage.pass(DAY_MS);
  await stage.fill(100_000n * TOKEN);
});
afterAll(() => stage.close());

/** Every store that is written to between a payment and its credit. */
const MORTAL = {
  topUps: ['save', 'hint', 'noteCheckout', 'insert'],
  topUpLimits: ['reserve', 'release'],
  transactions: ['insert', 'retire'],
  paymentEvents: ['finish', 'postpone'],
  billingAccounts: ['save'],
} as const;
/** More writes than there are from a payment to its credit. */
const MOST_CALLS = 12;
const AMOUNT = 7n;

async function expectCreditedOnce(topUp: TopUp, program: Program, about: unknown): Promise<void> {
  const { state, debt } = await stage.read(topUp);
  const [sent, ...others] = await stage.store.transactions.listByRequestPrefix(`${topUp.id}#`);
  const reserve = await stage.money(program.buyback);
  expect({ about, state, debt, sent: sent?.status, others, reserve }).toEqual({
    ...{ about, state: 'CREDITED', debt: 0n, sent: 'final', others: [] },
    reserve: AMOUNT * TOKEN,
  });
}

/** What a process does until it dies, and the chain beside it. */
async function workUntilDeath(dying: ReturnType<TopUpStage['process']>): Promise<void> {
  for (let steps = 0; steps < 4; steps += 1) {
    await dying.worker?.step();
    await stage.driveChain();
    stage.pass(2_000);
  }
}

describe('a process that dies', () => {
  it('at any write between a payment and its credit leaves it to be credited once', async () => {
    let survived = 0;
    for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
      const program = await stage.newProgram();
      const { topUp, payment } = await stage.cleared(program, AMOUNT);
      await stage.tell('charge.succeeded', payment);
      const { store, died } = dyingStore(stage.store, calls, MORTAL);
      await workUntilDeath(stage.process(store));
      if (!died()) survived += 1;
      stage.pass(HOUR_MS);
      await stage.settle();
      await expectCreditedOnce(topUp, program, { calls });
    }
    expect(survived).toBeGreaterThan(0);
    expect(survived).toBeLessThan(MOST_CALLS);
  });

  it('at any write of the beginning leaves one page, and one top-up that can be paid', async () => {
    let survived = 0;
    for (let calls = 0; survived === 0; calls += 1) {
      const program = await stage.newProgram();
      const key = randomUUID();
      const { store, died } = dyingStore(stage.store, calls, MORTAL);
      const start = (of: ReturnType<TopUpStage['process']>) =>
        of.graphql.topUps.start(program, String(AMOUNT), key);
      const attempt = start(stage.process(store));
      await attempt.catch((error: unknown) => expect(String(error)).toContain('died'));
      if (!died()) survived += 1;
      const { topUp } = await start(stage.parts);
      const sessions = [...stage.standIn.state.sessions.values()];
      const pages = sessions.filter((one) => one.price?.metadata['dewpoint_top_up'] === topUp.id);
      expect(pages.map(({ id }) => id)).toEqual([topUp.checkoutId]);
      await stage.clear(stage.pay(topUp));
      await stage.settle();
      await expectCreditedOnce(topUp, program, { calls });
    }
  });

  it('makes no difference to others that do the same at the same time', async () => {
    const program = await stage.newProgram();
    const { topUp, payment } = await stage.cleared(program, AMOUNT);
    await stage.tell('charge.succeeded', payment);
    const others = Array.from({ length: 4 }, () => stage.process());
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await Promise.all(others.map((other) => stage.work(other)));
    }
    await stage.settle();
    await expectCreditedOnce(topUp, program, 'four at once');
  });
});

type Happening = 'available' | 'refund' | 'dispute' | 'won';
const TYPES: Readonly<Record<Happening, string>> = {
  available: 'charge.updated',
  refund: 'charge.refunded',
  dispute: 'charge.dispute.created',
  won: 'charge.dispute.closed',
};

function happen(what: Happening, payment: StandInPayment): void {
  if (what === 'available') payment.isAvailable = true;
  if (what === 'refund') payment.refunded += 100;
  if (what === 'dispute') payment.disputes.push('needs_response');
  if (what === 'won') payment.disputes.fill('won');
}

/** What a top-up came to, and what the reserve has of it. */
async function end(topUp: TopUp, program: Program): Promise<unknown> {
  const { state, reason, debt, creditedAtMs } = await stage.read(topUp);
  const reserve = await stage.money(program.buyback);
  return { state, reason, debt, isCredited: creditedAtMs !== null, reserve };
}

// Many histories, each told twice, message by message, of payments before and after their credit.
describe('messages of the provider', () => {
  it('about top-ups lead to the same end, each twice, in any order and late', async () => {
    const happening = fc.constantFrom<Happening>('available', 'refund', 'dispute', 'won');
    const histories = fc.array(happening, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        histories.chain((of) =>
          fc.record({
            of: fc.constant(of),
            isCredited: fc.boolean(),
            order: fc.shuffledSubarray(
              Array.from({ length: 2 * (of.length + 1) }, (_none, index) => index),
              { minLength: 2 * (of.length + 1) },
            ),
            pauses: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
          }),
        ),
        async ({ of, isCredited, order, pauses }) => {
          stage.pass(DAY_MS);
          const ends: unknown[] = [];
          for (const told of ['in order', 'shuffled']) {
            const program = await stage.newProgram();
            const topUp = await stage.start(program, AMOUNT);
            const payment = stage.pay(topUp);
            if (isCredited) {
              await stage.clear(payment);
              await stage.settle();
            }
            for (const what of of) happen(what, payment);
            const { id, customer } = payment;
            const about = { object: 'charge', id: `ch_${id}`, customer, payment_intent: id };
            // A dispute names its payment alone.
            const disputed = { object: 'dispute', id: `dp_${id}`, payment_intent: id };
            const page = { object: 'checkout.session', customer, payment_intent: id };
            const messages = [
              stage.standIn.event('checkout.session.completed', page),
              ...of.map((what) =>
                stage.standIn.event(TYPES[what], what === 'dispute' ? disputed : about),
              ),
            ];
            const twice = [...messages, ...messages];
            const way = told === 'shuffled' ? order : messages.map((_message, index) => index);
            for (const [step, index] of way.entries()) {
              const message = twice[index];
              if (message !== undefined) await stage.receive(message);
              if (told === 'shuffled' && pauses[step] === true) await stage.settle();
            }
            await stage.settle();
            ends.push(await end(topUp, program));
          }
          expect(ends[1]).toEqual(ends[0]);
          expect((await stage.store.paymentEvents.open()).count).toBe(0);
        },
      ),
      { numRuns: 6 },
    );
  });
});
