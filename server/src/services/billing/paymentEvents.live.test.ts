import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BillingAccount } from '../../domain/billing/subscription.ts';
import type { Program } from '../../domain/program.ts';
import { DAY_MS, HOUR_MS } from '../../testing/builders/time.ts';
import { dyingStore } from '../../testing/deaths.ts';
import {
  ownerOf,
  startBillingStage,
  type BillingStage,
} from '../../testing/payments/billingStage.ts';
import { signatureOf, type SentEvent } from '../../testing/payments/stripeStandIn.ts';

let stage: BillingStage;
beforeAll(async () => {
  stage = await startBillingStage();
});
beforeEach(() => stage.standIn.fail(() => null));
afterAll(() => stage.close());

const accountOf = async ({ organisationId }: Program): Promise<BillingAccount> =>
  (await stage.store.billingAccounts.read(organisationId)).account;

/** A customer with a plan in this state, and the messages that tell of all that has been. */
async function history(
  states: readonly string[],
): Promise<{ readonly program: Program; readonly events: readonly SentEvent[] }> {
  const program = await stage.newProgram();
  const { organisationId } = program;
  await stage.graphql.billing.startCheckout(organisationId, `key-${organisationId}`);
  const customer = (await accountOf(program)).customerId ?? '';
  const subscription = stage.standIn.state.subscribe(customer, states[0] ?? 'active');
  const events = [stage.standIn.event('checkout.session.completed', { customer })];
  for (const status of states) {
    subscription.status = status;
    const view = stage.standIn.state.subscriptionView(subscription);
    const type = status === 'canceled' ? 'deleted' : 'updated';
    events.push(stage.standIn.event(`customer.subscription.${type}`, view));
    events.push(stage.standIn.event('invoice.updated', { object: 'invoice', customer }));
  }
  return { program, events };
}

// Many histories, each told twice, message by message.
describe('messages of the provider', { timeout: 300_000 }, () => {
  it('lead to the same state, each twice, in any order and late', async () => {
    const state = fc.constantFrom('active', 'past_due', 'unpaid', 'canceled', 'trialing', 'paused');
    const states = fc.array(state, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        states.chain((of) =>
          fc.record({
            states: fc.constant(of),
            order: fc.shuffledSubarray(
              Array.from({ length: 2 * (1 + 2 * of.length) }, (_none, index) => index),
              { minLength: 2 * (1 + 2 * of.length) },
            ),
            pauses: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
          }),
        ),
        async ({ states: of, order, pauses }) => {
          const plain = await history(of);
          for (const event of plain.events) await stage.receive(event);
          await stage.settle();
          const shuffled = await history(of);
          const twice = [...shuffled.events, ...shuffled.events];
          for (const [step, index] of order.entries()) {
            const event = twice[index];
            if (event !== undefined) await stage.receive(event);
            if (pauses[step] === true) await stage.settle();
          }
          await stage.settle();
          const bare = async (program: Program): Promise<unknown> => {
            const { subscription, graceSinceMs, letters } = await accountOf(program);
            return { state: subscription?.state, graceSinceMs, letters };
          };
          expect(await bare(shuffled.program)).toEqual(await bare(plain.program));
          expect((await stage.store.paymentEvents.open()).count).toBe(0);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('of objects that are unknown, or of other services, change nothing', async () => {
    const before = await stage.store.billingAccounts.listInGrace(0, 100);
    const { state } = stage.standIn;
    const foreign = state.createCustomer({ name: 'Foreign' }) as { id: string };
    const unknown = [
      stage.standIn.event('customer.subscription.updated', { customer: 'cus_unknown' }),
      stage.standIn.event('customer.subscription.updated', { customer: foreign.id }),
      stage.standIn.event('a.type.of.the.future', { some: 'thing' }),
      stage.standIn.event('customer.updated', { object: 'customer', id: 'not an id \u0000' }),
    ];
    for (const event of unknown) await stage.receive(event);
    await stage.settle();
    expect((await stage.store.paymentEvents.open()).count).toBe(0);
    expect(await stage.store.billingAccounts.listInGrace(0, 100)).toEqual(before);
  });

  it('that are forged, changed, old or no messages are refused, and nothing is kept', async () => {
    const { body } = stage.standIn.event('invoice.paid', { object: 'invoice', customer: 'cus_1' });
    const good = signatureOf(body);
    const forged: readonly (readonly [string, string])[] = [
      [body, signatureOf(body, 'whsec_of_somebody_else')],
      [body.replace('cus_1', 'cus_2'), good],
      [body, good.replace(/t=\d+/, 't=1700000000')],
      [body, ''],
      ['', good],
      ['not json', signatureOf('not json')],
      ['{}', signatureOf('{}')],
      ['null', signatureOf('null')],
    ];
    for (const [bytes, signature] of forged) {
      await expect(
        stage.paymentEvents?.receive(Buffer.from(bytes), signature),
      ).rejects.toMatchObject({ refusals: [{ code: 'INVALID_WEBHOOK' }] });
    }
    expect((await stage.store.paymentEvents.open()).count).toBe(0);
  });

  it('are kept while the provider gives no answer, and worked off when it does', async () => {
    const { program, events } = await history(['active']);
    stage.standIn.fail(() => 'DIE_BEFORE');
    for (const event of events) await stage.receive(event);
    await stage.settle();
    expect((await stage.store.paymentEvents.open()).count).toBe(events.length);
    expect((await accountOf(program)).subscription).toBeNull();
    stage.standIn.fail(() => null);
    stage.pass(HOUR_MS);
    await stage.settle();
    expect((await stage.store.paymentEvents.open()).count).toBe(0);
    expect((await accountOf(program)).subscription?.state).toBe('ACTIVE');
  });

  it('find the organisation of a customer that a process made and died', async () => {
    const program = await stage.newProgram();
    const { organisationId } = program;
    const { store } = dyingStore(stage.store, 0, { billingAccounts: ['save'] });
    const dying = stage.process(store).graphql.billing;
    await expect(dying.startCheckout(organisationId, 'dies')).rejects.toThrow('died');
    expect((await accountOf(program)).customerId).toBeNull();
    await stage.graphql.billing.startCheckout(organisationId, 'dies');
    const { customerId } = await accountOf(program);
    const all = [...stage.standIn.state.customers.values()];
    const made = all.filter(({ metadata }) => Object.values(metadata).includes(organisationId));
    expect(made.map(({ id }) => id)).toEqual([customerId]);
  });
});

/** Subjects of the letters about an organisation, all of them to its owner. */
const lettersOf = (organisationId: string): string[] => {
  const about = stage.letters.filter(({ to }) => to.includes(organisationId));
  expect(new Set(about.map(({ to }) => to))).toEqual(new Set([ownerOf(organisationId)]));
  return about.map(({ subject }) => subject);
};

describe('an organisation that does not pay', () => {
  it('has two weeks with two letters to its owners, then records no more, and goes on once it pays', async () => {
    const program = await stage.newProgram();
    const { organisationId } = program;
    const customer = await stage.buyPlan(program);
    const [subscription] = [...stage.standIn.state.subscriptions.values()].filter(
      (one) => one.customer === customer,
    );
    if (subscription === undefined) throw new Error('there is no plan');
    const tell = async (status: string): Promise<void> => {
      subscription.status = status;
      const view = stage.standIn.state.subscriptionView(subscription);
      await stage.receive(stage.standIn.event('customer.subscription.updated', view));
      await stage.settle();
    };
    const view = () => stage.graphql.billing.view(organisationId);
    const stop = () => stage.recordingStops.of(program);

    await tell('past_due');
    const graceUntilMs = stage.nowMs() + 14 * DAY_MS;
    expect(await view()).toMatchObject({ standing: 'GRACE', graceUntilMs, recordingStop: null });
    expect(lettersOf(organisationId)).toEqual(['Shop: live recording is not paid for']);
    await tell('unpaid');
    stage.pass(11 * DAY_MS);
    await stage.settle();
    await stage.settle();
    expect(lettersOf(organisationId)).toHaveLength(2);
    expect(lettersOf(organisationId)[1]).toContain('stops in 3 days');
    stage.pass(3 * DAY_MS - 1);
    expect(await stop()).toBeNull();
    stage.pass(10_000);
    expect(await stop()).toEqual({ sinceMs: graceUntilMs, reason: 'UNPAID' });
    expect(await stage.recordingStops.of({ ...program, environment: 'test' })).toBeNull();
    expect((await stage.gauges())?.stoppedOrganisations).toBeGreaterThan(0);

    await tell('active');
    stage.pass(10_000);
    expect(await stop()).toBeNull();
    expect(await view()).toMatchObject({ standing: 'PAID', graceUntilMs: null });
    expect(lettersOf(organisationId)).toHaveLength(2);
  });

  it('and never had a plan has the same two weeks from its first live action', async () => {
    const program = await stage.newProgram();
    expect((await stage.graphql.billing.view(program.organisationId)).standing).toBe('IDLE');
    await stage.record(program, 1);
    stage.pass(2 * HOUR_MS);
    await stage.settle();
    expect((await stage.graphql.billing.view(program.organisationId)).standing).toBe('GRACE');
    stage.pass(14 * DAY_MS);
    expect(await stage.recordingStops.of(program)).toMatchObject({ reason: 'NO_PLAN' });
    await stage.buyPlan(program);
    stage.pass(10_000);
    expect(await stage.recordingStops.of(program)).toBeNull();
  });

  it('and whose owner can not be reached keeps no letter from another one', async () => {
    const [bad, good] = [await stage.newProgram('org_unreachable'), await stage.newProgram()];
    for (const program of [bad, good]) await stage.record(program, 1);
    stage.pass(2 * HOUR_MS);
    await stage.settle();
    await stage.settle();
    expect(lettersOf(good.organisationId)).toHaveLength(1);
    expect((await accountOf(bad)).letters).toEqual([]);
  });

  it('is found out within the hour when no message ever comes', async () => {
    const program = await stage.newProgram();
    const customer = await stage.buyPlan(program);
    for (const one of stage.standIn.state.subscriptions.values()) {
      if (one.customer === customer) one.status = 'past_due';
    }
    stage.pass(HOUR_MS + 1);
    await stage.settle();
    expect((await stage.graphql.billing.view(program.organisationId)).standing).toBe('GRACE');
  });

  it('can buy one plan, and no second one', async () => {
    const program = await stage.newProgram();
    await stage.buyPlan(program);
    await expect(
      stage.graphql.billing.startCheckout(program.organisationId, 'second'),
    ).rejects.toMatchObject({ refusals: [{ code: 'ALREADY_SUBSCRIBED' }] });
    expect(await stage.graphql.billing.openPortal(program.organisationId, 'portal')).toMatch(
      /^https:/,
    );
    expect(await stage.graphql.billing.invoices(program.organisationId, 5)).toMatchObject([
      { state: 'PAID', currency: 'EUR', totalMinorUnits: 4_900n },
    ]);
  });
});
