import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inputTypeOf } from '../../testing/sampleInput.ts';
import { KEY_SCOPES } from '../../domain/organisations/scopes.ts';
import { MAX_ENDPOINTS } from '../../domain/webhooks/endpoint.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import { startService, type TestService, until } from '../../testing/service.ts';
import { startReceiver, type Received, type Receiver } from '../../testing/webhooks/receiver.ts';

let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  // What is asked and what is sent are two processes.
  service = await startService({ roles: ['api', 'worker'] });
  receiver = await startReceiver();
});
afterAll(async () => {
  await service.close();
  await receiver.close();
});

type Payload = Record<string, unknown> & {
  readonly userErrors: readonly { readonly field: string | null; readonly code: string }[];
};

async function call(name: string, input: object, selection = ''): Promise<Payload> {
  const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
    ${selection} userErrors { field code } } }`;
  const keyed = { idempotencyKey: service.key(), ...input };
  const { data, errors } = await service.ask(service.mine.key, query, { input: keyed });
  expect(errors).toBeUndefined();
  return data?.[name] as Payload;
}

const MADE = 'secret endpoint { id url kinds state failures secretsEndAt program { name } }';
interface Made {
  readonly secret: string;
  readonly id: string;
}
async function create(path: string, more: object = {}): Promise<Made> {
  const input = { url: `${receiver.url}/${path}`, ...more };
  const { secret, endpoint, userErrors } = await call('webhookEndpointCreate', input, MADE);
  expect(userErrors).toEqual([]);
  return { secret: String(secret), id: (endpoint as { id: string }).id };
}
const at =
  (path: string, type?: string) =>
  (delivery: Received): boolean =>
    delivery.path === `/${path}` && (type === undefined || delivery.type === type);

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null; readonly answer: string }[];
}
async function deliveriesOf(id: string, args = ''): Promise<Delivery[]> {
  const query = `{ webhookDeliveries(endpointId: "${id}", first: 20${args}) { edges { node {
    id eventId type state nextAttemptAt createdAt attempts { at status failure durationMs answer } } } } }`;
  const { data, errors } = await service.ask(service.mine.key, query);
  expect(errors).toBeUndefined();
  const { edges } = data?.['webhookDeliveries'] as { edges: { node: Delivery }[] };
  return edges.map(({ node }) => node);
}

beforeEach(async () => {
  const { data } = await service.ask(service.mine.key, '{ webhookEndpoints { id } }');
  for (const { id } of data?.['webhookEndpoints'] as { id: string }[]) {
    await call('webhookEndpointDelete', { id });
  }
});

describe('an app', () => {
  it('is told, signed, of what its members did and of what is to change', async () => {
    const { secret } = await create('told');
    await service.earn('mei', 3);
    const better = { buyback: { pricePerPoint: '0.05', budgetPerRound: '0', minTender: '1' } };
    await service.act('changeAnnounce', { terms: better, idempotencyKey: service.key() });
    const [settled] = await receiver.got(1, at('told', 'points.settled'));
    const headers = settled?.headers as Record<string, string>;
    const member = await service.services.members.find(service.mine.program, 'mei');
    expect(new Webhook(secret).verify(settled?.body ?? '', headers)).toMatchObject({
      id: headers['webhook-id'],
      type: 'points.settled',
      data: {
        ...{ environment: 'test', memberId: 'mei', sequence: 1, points: '6.00', total: '6.00' },
        ...{ account: member?.account, epoch: 0, block: expect.any(Number) as number },
        transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/) as string,
      },
    });
    const [announced] = await receiver.got(1, at('told', 'change.announced'));
    expect(announced?.data).toMatchObject({ memberId: null, target: 'BUYBACK' });
    const { data } = await service.ask(service.mine.key, '{ program { id } }');
    expect(announced?.data['programId']).toBe((data?.['program'] as { id: string }).id);
    expect(receiver.received.filter(({ path }) => path === '/told')).toHaveLength(
      new Set(receiver.received.filter(at('told')).map(({ id }) => id)).size,
    );
  });

  it('is told of the kinds that it names, and not while its endpoint is disabled', async () => {
    await create('some', { kinds: ['ITEM_ADDED', 'ITEM_PRICE_CUT'] });
    const off = await create('off');
    const update = { id: off.id, isEnabled: false };
    await call('webhookEndpointUpdate', update);
    await service.earn('ana', 1);
    const added = { price: '2', text: 'A cup', idempotencyKey: service.key() };
    await service.act('itemAdd', added);
    const [first] = await receiver.got(1, at('some'));
    expect(first).toMatchObject({ type: 'item.added', data: { price: '2.00', text: 'A cup' } });
    expect(receiver.received.filter(at('off'))).toEqual([]);
    const test = await call('webhookTest', { id: off.id });
    expect(test.userErrors).toEqual([{ field: 'id', code: 'ENDPOINT_NOT_ENABLED' }]);
    // What it missed is sent when it asks for it, and once.
    await call('webhookEndpointUpdate', { id: off.id, isEnabled: true });
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const again = { endpointId: off.id, since };
    const { resent } = await call('webhookResendSince', again, 'resent nextSince');
    expect(resent).toBeGreaterThanOrEqual(2);
    const missed = await receiver.got(Number(resent), at('off'));
    expect(missed.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['points.settled', 'item.added']),
    );
    await until('all are taken', async () => {
      const all = await deliveriesOf(off.id);
      return all.every(({ state }) => state === 'DELIVERED');
    });
    expect((await call('webhookResendSince', again, 'resent'))['resent']).toBe(0);
    expect(receiver.received.filter(at('some')).map(({ type }) => type)).toEqual(['item.added']);
  });

  it('sees in the log what became of a test, and has it sent again', async () => {
    const { id } = await create('log', { kinds: ['CHANGE_DIED'] });
    let status = 503;
    receiver.answerBy((delivery) =>
      at('log')(delivery) ? { status, body: `said ${status}` } : { status: 200 },
    );
    const { delivery } = await call('webhookTest', { id }, 'delivery { id state type }');
    const { id: deliveryId } = delivery as Delivery;
    await until('it failed', async () => (await deliveriesOf(id))[0]?.state === 'RETRYING');
    expect(await deliveriesOf(id)).toMatchObject([
      { id: deliveryId, type: 'webhook.test', attempts: [{ status: 503, answer: 'said 503' }] },
    ]);
    expect(await deliveriesOf(id, ', state: DELIVERED')).toEqual([]);
    status = 204;
    await call('webhookResend', { deliveryId });
    await until('it is taken', async () => (await deliveriesOf(id))[0]?.state === 'DELIVERED');
    const [first, second] = receiver.received.filter(at('log'));
    expect([second?.id, second?.body]).toEqual([first?.id, first?.body]);
    receiver.answerBy(() => ({ status: 200 }));
  });

  it('changes over from one secret to the next', async () => {
    const { id, secret } = await create('secrets', { kinds: ['CHANGE_DIED'] });
    const input = { id, oldGoodForHours: 1, idempotencyKey: service.key() };
    const rotated = await call('webhookSecretRotate', input, MADE);
    expect(rotated['secret']).not.toBe(secret);
    expect(rotated['endpoint']).toMatchObject({ secretsEndAt: [expect.any(String)] });
    expect((await call('webhookSecretRotate', input, MADE))['secret']).toBe(rotated['secret']);
    await call('webhookTest', { id });
    const [told] = await receiver.got(1, at('secrets'));
    for (const one of [secret, String(rotated['secret'])]) {
      expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const headers = told?.headers as Record<string, string>;
      expect(new Webhook(one).verify(told?.body ?? '', headers)).toMatchObject({
        type: 'webhook.test',
      });
    }
    const shown = await service.ask(service.mine.key, '{ webhookEndpoints { id url kinds } }');
    expect(JSON.stringify(shown)).not.toContain('whsec');
  });
});

describe('what can not be', () => {
  it.each([
    [{ url: 'http://shop.example' }, 'url', 'URL_NOT_ALLOWED'],
    [{ url: 'https://10.0.0.1:8443' }, 'url', 'URL_NOT_ALLOWED'],
    [{ url: 'nowhere' }, 'url', 'MALFORMED'],
    [{ kinds: [] }, 'kinds', 'REQUIRED'],
    [{ description: 'a'.repeat(257) }, 'description', 'TOO_LONG'],
  ])('is refused: %j', async (more, field, code) => {
    const input = { url: `${receiver.url}/bad`, ...more };
    const { userErrors } = await call('webhookEndpointCreate', input);
    expect(userErrors).toEqual([{ field, code }]);
  });

  it('is a seventeenth endpoint', async () => {
    for (let made = 0; made < MAX_ENDPOINTS; made += 1) {
      await create(`many-${made}`, { kinds: ['CHANGE_DIED'] });
    }
    const { userErrors } = await call('webhookEndpointCreate', { url: receiver.url });
    expect(userErrors).toEqual([{ field: null, code: 'TOO_MANY_ENDPOINTS' }]);
  });

  it('is a key without the scope, or a person who may not', async () => {
    const { apiKeys } = service.services;
    const { organisationId, environment, id: programId } = service.mine.program;
    const others = KEY_SCOPES.filter((scope) => scope !== 'webhooks:write');
    const owner = { organisationId, environment, programId };
    const { key } = await apiKeys.create(owner, 'others', others);
    const { errors } = await service.ask(key, '{ webhookEndpoints { id } }');
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const services = graphqlServicesOf(service.foundation);
    for (const [role, code] of [
      ...([['owner'], ['manager'], ['fulfiller', 'FORBIDDEN'], ['viewer', 'FORBIDDEN']] as const),
    ]) {
      const answer = await askAs(services, personOf(role), '{ webhookEndpoints { id } }');
      expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    }
  });
});

/** What the guide tells a receiver to do. */
function stateOf(deliveries: readonly Received[]): Record<string, unknown> {
  const done = new Set<string>();
  const totals: Record<string, { sequence: number; total: unknown }> = {};
  let placed = 0;
  for (const { id, type, data } of deliveries) {
    if (done.has(id)) continue;
    done.add(id);
    if (type === 'order.placed') placed += 1;
    if (type !== 'points.settled') continue;
    const name = `${String(data['memberId'])} ${String(data['epoch'])}`;
    const sequence = Number(data['sequence']);
    if ((totals[name]?.sequence ?? 0) > sequence) continue;
    totals[name] = { sequence, total: data['total'] };
  }
  return { totals, placed };
}

it('a receiver ends with the same state whatever comes twice, in another order, or late', async () => {
  await create('any-order');
  const item = { price: '1', text: 'Tea', idempotencyKey: service.key() };
  const { data } = await service.ask(
    service.mine.key,
    '{ program { items { edges { node { number } } } } }',
  );
  const before = (data?.['program'] as { items: { edges: unknown[] } }).items.edges.length;
  await service.act('itemAdd', item);
  for (let visits = 1; visits <= 3; visits += 1) await service.earn('kai', visits);
  for (let order = 0; order < 2; order += 1) {
    const redeem = { memberId: 'kai', item: before + 1, maxPrice: '1' };
    await service.act('itemRedeem', { ...redeem, idempotencyKey: service.key() });
  }
  await receiver.got(2, at('any-order', 'order.placed'));
  await until('the newest total is told', () =>
    Promise.resolve(
      receiver.received
        .filter(at('any-order', 'points.settled'))
        .some(({ data: told }) => told['total'] === '12.00'),
    ),
  );
  const came = receiver.received.filter(at('any-order'));
  const whole = stateOf(came);
  expect(whole).toMatchObject({ placed: 2, totals: { 'kai 0': { total: '12.00' } } });
  const twice = [...came, ...came];
  fc.assert(
    fc.property(fc.shuffledSubarray(twice, { minLength: twice.length }), (permuted) => {
      expect(stateOf(permuted)).toEqual(whole);
    }),
  );
  expect(stateOf(came.toReversed())).toEqual(whole);
});
