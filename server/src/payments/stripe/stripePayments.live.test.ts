import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Payments } from '../../ports/payments.ts';
import {
  contractFaults,
  operationOf,
  type SeenRequest,
} from '../../testing/payments/requestContract.ts';
import {
  startStripeStandIn,
  STAND_IN_SECRETS,
  type Fault,
  type StripeStandIn,
} from '../../testing/payments/stripeStandIn.ts';
import {
  startStripeMock,
  stripeMockBinary,
  type StripeMock,
} from '../../testing/payments/stripeMock.ts';
import { createStripePayments } from './stripePayments.ts';

const MINUTE_MS = 60_000;
/** A whole minute, within the last month. */
const NOW_MS = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
/** Long enough for a machine that does everything at once, and waited for only by requests that hang. */
const TIMEOUT_MS = 2_000;
const BUILD_MS = 400_000;

const paymentsAt = (apiBase: string): Payments =>
  createStripePayments({
    secretKey: STAND_IN_SECRETS.secretKey,
    webhookSecrets: ['whsec_an_older_one', STAND_IN_SECRETS.webhookSecret],
    ...{ pricePlan: 'price_plan', priceActions: 'price_actions', meter: 'mtr_actions' },
    ...{ apiBase, timeoutMs: TIMEOUT_MS, topUps: null },
  });

const usage = (identifier: string, customerId = 'cus_1') => ({
  ...{ customerId, identifier, count: 12, atMs: NOW_MS },
});

const TOP_UP = {
  ...{ id: 'top_1', organisationId: 'org_1', programId: 'prg_1', charge: 2_050n, currency: 'eur' },
  title: 'Reserve of Shop: 20.500000 LD',
};

/** Makes every request that the service can make. */
async function askEverything(payments: Payments): Promise<void> {
  const made = await payments.createCustomer({ organisationId: 'org_1', name: 'Shop' }, 'key-1');
  const { id: customerId } = made;
  await payments.findCustomer(customerId);
  const page = { successUrl: 'https://shop.example/done', cancelUrl: 'https://shop.example/' };
  const checkout = { customerId, organisationId: 'org_1', ...page };
  const first = await payments.startCheckout(checkout, 'key-2');
  const second = await payments.startCheckout(checkout, 'key-3');
  await payments.endOlderCheckouts(customerId, { ...second, createdAtMs: second.createdAtMs + 1 });
  expect(first.url).toMatch(/^https:/);
  await payments.openPortal({ customerId, returnUrl: page.cancelUrl }, 'key-4');
  const topUp = await payments.startTopUp({ ...TOP_UP, ...page, customerId }, 'key-5');
  expect(topUp.url).toMatch(/^https:/);
  await payments.topUpPayment(topUp.id);
  await payments.disputedOf('pi_1');
  await payments.subscriptions(customerId);
  await payments.invoices(customerId, 3);
  await payments.sendUsage(usage('dw_prg_1_2', customerId));
  await payments.usageWithin(customerId, NOW_MS, NOW_MS + MINUTE_MS);
}

let standIn: StripeStandIn;
let payments: Payments;
beforeAll(async () => {
  standIn = await startStripeStandIn();
  payments = paymentsAt(standIn.url);
});
beforeEach(() => standIn.fail(() => null));
afterAll(() => standIn.close());

describe('requests to Stripe', () => {
  it('are those that the OpenAPI file of Stripe describes', async () => {
    await askEverything(payments);
    const operations = new Set(standIn.requests.map(operationOf));
    expect([...operations].sort()).toEqual([
      ...['GetBillingMetersId', 'GetBillingMetersIdEventSummaries', 'GetCheckoutSessions'],
      ...['GetCheckoutSessionsSession', 'GetCustomersCustomer', 'GetDisputes', 'GetInvoices'],
      ...['GetSubscriptions', 'PostBillingMeterEvents'],
      ...['PostBillingPortalSessions', 'PostCheckoutSessions', 'PostCheckoutSessionsSessionExpire'],
      'PostCustomers',
    ]);
    expect(standIn.requests.flatMap(contractFaults)).toEqual([]);
  });

  it('would be found out if they were others', () => {
    const [sent] = standIn.requests.filter(({ path }) => path.endsWith('/meter_events'));
    const seen = sent as SeenRequest;
    expect(contractFaults({ ...seen, body: { ...seen.body, amount: '1' } })).toHaveLength(1);
    expect(contractFaults({ ...seen, body: { ...seen.body, timestamp: 'now' } })).toHaveLength(1);
    const { payload: _, ...rest } = seen.body;
    expect(contractFaults({ ...seen, body: rest })).toHaveLength(1);
    expect(contractFaults({ ...seen, path: '/v1/meter_events' })).toHaveLength(1);
  });

  it('make a customer once under one key, and end the older checkouts alone', async () => {
    const make = () => payments.createCustomer({ organisationId: 'org_2', name: 'Two' }, 'two');
    const [one, again] = [await make(), await make()];
    expect(again).toEqual(one);
    expect(await payments.findCustomer(one.id)).toEqual({ id: one.id, organisationId: 'org_2' });
    expect(await payments.findCustomer('cus_unknown')).toBeNull();
    const page = { successUrl: 'https://shop.example/', cancelUrl: 'https://shop.example/' };
    const begin = (key: string) =>
      payments.startCheckout({ customerId: one.id, organisationId: 'org_2', ...page }, key);
    const [older, newer] = [await begin('older'), await begin('newer')];
    await payments.endOlderCheckouts(one.id, newer);
    await payments.endOlderCheckouts(one.id, older);
    expect(standIn.state.sessions.get(older.id)?.status).toBe('expired');
    expect(standIn.state.sessions.get(newer.id)?.status).toBe('open');
  });

  it('about a top-up make one page under one key, which no checkout of a plan ends', async () => {
    const { id: customerId } = await payments.createCustomer(
      { organisationId: 'org_5', name: 'Five' },
      'five',
    );
    const page = { successUrl: 'https://shop.example/', cancelUrl: 'https://shop.example/' };
    const begin = () => payments.startTopUp({ ...TOP_UP, ...page, customerId }, 'top-up');
    const [one, again] = [await begin(), await begin()];
    expect(again).toEqual(one);
    const plan = { customerId, organisationId: 'org_5', ...page };
    const opened = await payments.startCheckout(plan, 'plan');
    await payments.endOlderCheckouts(customerId, { ...opened, createdAtMs: Number.MAX_VALUE });
    expect(standIn.state.sessions.get(one.id)?.status).toBe('open');
    const before = { checkout: 'OPEN', paymentId: null, isPaid: false, received: 0n };
    expect(await payments.topUpPayment(one.id)).toMatchObject(before);

    const payment = standIn.state.pay(one.id, 60);
    const paid = { checkout: 'COMPLETE', paymentId: payment.id, isPaid: true, received: 2_050n };
    expect(await payments.topUpPayment(one.id)).toMatchObject({
      ...{ ...paid, currency: 'eur', isAvailable: false, refunded: 0n, isDisputed: false },
      availableAtMs: payment.availableOn * 1_000,
    });
    expect(await payments.disputedOf(payment.id)).toBeNull();
    payment.disputes.push('won', 'lost');
    Object.assign(payment, { isAvailable: true, refunded: 50, disputedAmount: 700 });
    payment.metadata['dewpoint_debt'] = '120';
    expect(await payments.topUpPayment(one.id)).toMatchObject({
      ...{ isAvailable: true, refunded: 50n, isDisputed: true, settled: 120n, sentAttempt: null },
    });
    expect(await payments.disputedOf(payment.id)).toBe(700n);
    payment.disputes.fill('won');
    expect(await payments.disputedOf(payment.id)).toBe(0n);
    await payments.noteTopUpSent(payment.id, 3);
    expect(await payments.topUpPayment(one.id)).toMatchObject({ settled: 120n, sentAttempt: 3 });
    Object.assign(payment.metadata, { dewpoint_debt: 'all', dewpoint_sent: 'yes' });
    const unreadable = { settled: 0n, sentAttempt: Number.MAX_SAFE_INTEGER };
    expect(await payments.topUpPayment(one.id)).toMatchObject(unreadable);
  });

  it('count a usage once, however often it is sent', async () => {
    const { id } = await payments.createCustomer({ organisationId: 'org_3', name: '3' }, 'three');
    for (let times = 0; times < 3; times += 1) await payments.sendUsage(usage('dw_once', id));
    expect(await payments.usageWithin(id, NOW_MS, NOW_MS + MINUTE_MS)).toBe(12n);
    expect(await payments.usageWithin(id, NOW_MS - MINUTE_MS, NOW_MS)).toBe(0n);
  });

  it.each<Fault>(['DIE_BEFORE', 'DIE_AFTER', 'HANG', 'LIE'])(
    'of which nobody knows after %s say so',
    async (fault) => {
      standIn.fail(({ path }) => (path.endsWith('/meter_events') ? fault : null));
      await expect(payments.sendUsage(usage(`dw_${fault}`))).rejects.toMatchObject({
        name: 'PaymentsError',
        kind: 'AWAY',
      });
      standIn.fail(() => null);
      await payments.sendUsage(usage(`dw_${fault}`));
      expect(standIn.state.countedUnder(`dw_${fault}`)).toBe(12);
    },
  );

  it('that are refused say so, with a code and nothing that was sent', async () => {
    const old = { ...usage('dw_old'), atMs: NOW_MS - 36 * 86_400_000 };
    const refused = await payments.sendUsage(old).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'REFUSED', code: 'timestamp_too_far' });
    expect(String(refused)).not.toContain('dw_old');
  });

  it('read what the meter could not count', async () => {
    const { id } = standIn.meterRefusal([{ identifier: 'dw_1', code: 'archived_meter' }]);
    expect(await payments.meterRefusals(id)).toEqual([
      { identifier: 'dw_1', code: 'archived_meter' },
    ]);
  });
});

// Building it takes a minute, the first time.
describe('requests to the mock of Stripe itself', { timeout: BUILD_MS }, () => {
  let mock: StripeMock | null = null;
  afterAll(() => mock?.stop());

  it('are taken, every one of them', async (context) => {
    const found = await stripeMockBinary();
    if ('why' in found) return context.skip(found.why);
    mock = await startStripeMock(found.path);
    await askEverything(paymentsAt(mock.url));
  });
});
