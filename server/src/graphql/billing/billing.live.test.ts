import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../core/globalId.ts';
import { newAccount } from '../../domain/billing/subscription.ts';
import { TEST_ORGANISATION } from '../../testing/builders/program.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import {
  standInVariables,
  startStripeStandIn,
  type StripeStandIn,
} from '../../testing/payments/stripeStandIn.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import { rootRequests } from '../../testing/sampleInput.ts';
import {
  startService,
  until,
  type Answer,
  type KeyedProgram,
  type TestService,
} from '../../testing/service.ts';

let service: TestService;
let standIn: StripeStandIn;
let live: KeyedProgram;
beforeAll(async () => {
  standIn = await startStripeStandIn();
  service = await startService({ hasLive: true, env: standInVariables(standIn.url) });
  if (service.live === null) throw new Error('there is no live program');
  ({ live } = service);
});
afterAll(async () => {
  await service.close();
  await standIn.close();
});

const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];
const record = (key: string, eventId: string): Promise<Answer> =>
  service.ask(
    key,
    `mutation { actionsRecord(input: { actions: [
      { memberId: "mia", eventId: "${eventId}", rule: "visit", occurredAt: "2026-01-01T00:00:00Z" }
    ] }) { results { status } } }`,
  );
const RECORDED = { data: { actionsRecord: { results: [{ status: 'RECORDED' }] } } };
const STOPPED = '{ program { recordingStopped { since reason } } }';

/** Saves what is known of the payments of the organisation, and waits until servers have seen it. */
async function account(graceSinceMs: number | null, isStopped: boolean): Promise<void> {
  const { billingAccounts } = service.foundation.store;
  const { version, account: known } = await billingAccounts.read(TEST_ORGANISATION);
  const changed = { ...newAccount(TEST_ORGANISATION), customerId: known.customerId, graceSinceMs };
  await billingAccounts.save({ ...changed, syncedAtMs: Date.now() }, version);
  await until('servers have seen it', async () => {
    const { data } = await service.ask(live.key, STOPPED);
    const { recordingStopped } = data?.['program'] as { recordingStopped: unknown };
    return (recordingStopped !== null) === isStopped;
  });
}

describe('an organisation that has not paid', () => {
  it('records nothing more live, and is told why; test goes on', async () => {
    expect(await record(live.key, 'before')).toMatchObject(RECORDED);
    const sinceMs = Date.now() - 20 * DAY_MS;
    await account(sinceMs, true);
    const refused = await record(live.key, 'after');
    expect(codeOf(refused)).toBe('RECORDING_STOPPED');
    expect(refused.errors?.[0]?.extensions).toMatchObject({ number: 'DW-9102' });
    expect(refused.errors?.[0]?.extensions).not.toHaveProperty('retryAfterMs');
    expect(await record(service.mine.key, 'after')).toMatchObject(RECORDED);
    expect((await service.ask(live.key, STOPPED)).data).toEqual({
      program: {
        recordingStopped: {
          since: new Date(sinceMs + 14 * DAY_MS).toISOString(),
          reason: 'NO_PLAN',
        },
      },
    });
  });

  it('tells its members, and nobody else', async () => {
    const opened = await service.ask(
      live.key,
      'mutation { memberSessionCreate(input: { memberId: "mia", idempotencyKey: "s" }) { token } }',
    );
    const { token } = opened.data?.['memberSessionCreate'] as { token: string };
    const seen = await service.ask(token, STOPPED);
    expect(seen).toMatchObject({ data: { program: { recordingStopped: { reason: 'NO_PLAN' } } } });
    const id = encodeGlobalId('Program', live.program.id);
    const query = `{ program(id: "${id}") { recordingStopped { since } } }`;
    expect(codeOf(await service.ask(null, query))).toBe('UNAUTHENTICATED');
  });

  it('has all else go on: what it recorded is settled, and no other call of the API is stopped', async () => {
    const collect = 'mutation { dropsCollect(input: { memberId: "mia" }) { drops { epoch } } }';
    expect(codeOf(await service.ask(live.key, collect))).toBeUndefined();
    const balance = '{ member(memberId: "mia") { balance { settled } } }';
    await until('it is settled', async () => {
      const { data } = await service.ask(live.key, balance);
      return JSON.stringify(data).includes('"2.00"');
    });
    // Claims, refunds of orders, withdrawals, exports of keys and everything that is to come.
    for (const { name, query, variables } of rootRequests({ memberId: 'mia', eventId: 'e' })) {
      if (name === 'Mutation.actionsRecord') continue;
      const response = await service.send(live.key, query, variables);
      expect([name, response.text.includes('RECORDING_STOPPED')]).toEqual([name, false]);
    }
    // Refused for want of a role, not of money.
    const csv = await request(service.url)
      .get('/exports/audit-log.csv')
      .set('authorization', `Bearer ${live.key}`);
    expect(csv.text).toContain('FORBIDDEN');
    const services = graphqlServicesOf(service.foundation.live ?? service.foundation);
    const owner = personOf('owner', { environment: 'live' });
    expect(await askAs(services, owner, '{ auditLog { edges { node { seq } } } }')).toMatchObject({
      data: { auditLog: { edges: expect.any(Array) as unknown[] } },
    });
  });

  it('goes on once it pays, when the provider says so', async () => {
    const { id } = standIn.state.createCustomer({
      name: 'Shop',
      metadata: { dewpoint_organisation: TEST_ORGANISATION },
    }) as { id: string };
    const subscription = standIn.state.subscribe(id, 'active');
    const view = standIn.state.subscriptionView(subscription);
    const event = standIn.event('customer.subscription.created', view);
    for (let times = 0; times < 3; times += 1) {
      expect((await standIn.deliver(service.url, event)).status).toBe(200);
    }
    await until('recording goes on', async () => {
      const answer = await record(live.key, 'after');
      return JSON.stringify(answer) === JSON.stringify(RECORDED);
    });
  });
});

describe('the route of the provider', () => {
  it('takes what is signed, and nothing else', async () => {
    const event = standIn.event('invoice.paid', { object: 'invoice', customer: 'cus_unknown' });
    const forged = await standIn.deliver(service.url, event, 'whsec_of_another_one');
    expect([forged.status, forged.text.includes('INVALID_WEBHOOK')]).toEqual([400, true]);
    const { status } = await request(service.url).post('/webhooks/stripe').send({ id: 'evt_1' });
    expect(status).toBe(400);
    const large = { id: event.id, body: `${event.body}${' '.repeat(600_000)}` };
    expect((await standIn.deliver(service.url, large)).status).toBe(413);
    expect((await standIn.deliver(service.url, event)).status).toBe(200);
    expect((await request(service.url).get('/webhooks/stripe')).status).toBe(404);
  });
});

describe('a service without payments', () => {
  it('says so, sells nothing and bills nobody', async () => {
    const services = graphqlServicesOf(service.foundation);
    const owner = personOf('owner');
    expect(
      await askAs(
        services,
        owner,
        '{ billing { enabled reason standing plan { state } invoices { id } } }',
      ),
    ).toEqual({
      data: {
        billing: {
          enabled: false,
          reason: expect.stringContaining('STRIPE_SECRET_KEY is not set') as string,
          ...{ standing: 'IDLE', plan: expect.anything() as unknown, invoices: [] },
        },
      },
    });
    for (const name of ['billingCheckoutStart', 'billingPortalOpen']) {
      const call = `mutation { ${name}(input: { idempotencyKey: "k" }) { url userErrors { code } } }`;
      expect((await askAs(services, owner, call)).data).toEqual({
        [name]: { url: null, userErrors: [{ code: 'PAYMENTS_OFF' }] },
      });
    }
  });

  it('lets owners alone buy, and all who may read the organisation see', async () => {
    const services = graphqlServicesOf(service.foundation);
    const call = 'mutation { billingCheckoutStart(input: { idempotencyKey: "k" }) { url } }';
    for (const role of ['manager', 'fulfiller', 'viewer'] as const) {
      expect(codeOf(await askAs(services, personOf(role), call))).toBe('FORBIDDEN');
    }
    const query = '{ billing { standing days { day actions free } } }';
    expect(codeOf(await askAs(services, personOf('fulfiller'), query))).toBe('FORBIDDEN');
    expect(codeOf(await askAs(services, personOf('viewer'), query))).toBeUndefined();
    const wrong = '{ billing { days(last: 93) { day } } }';
    expect(codeOf(await askAs(services, personOf('viewer'), wrong))).toBe('OUT_OF_RANGE');
  });
});
