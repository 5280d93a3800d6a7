import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RETRIED_FOR_MS } from '../../domain/webhooks/delivery.ts';
import { withNewSecret } from '../../domain/webhooks/endpoint.ts';
import { createHookSender } from '../../outgoing/hookSender.ts';
import { startFoundation, type TestFoundation } from '../../testing/foundation.ts';
import { dyingStore, type MortalParts } from '../../testing/deaths.ts';
import { until } from '../../testing/service.ts';
import { openHookStage, type HookStage } from '../../testing/webhooks/hookStage.ts';
import { startReceiver, type Received, type Receiver } from '../../testing/webhooks/receiver.ts';
import { PLACES } from './endpointTurn.ts';

let stage: HookStage;
let receiver: Receiver;
let foundation: TestFoundation;
beforeAll(async () => {
  foundation = await startFoundation();
});
afterAll(() => foundation.close());
beforeEach(async () => {
  stage = openHookStage(foundation);
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await stage.close();
});

const subjectOf = ({ data }: Received): string => String(data['memberId']);
const sequenceOf = ({ data }: Received): number => Number(data['sequence']);
const TAKEN = { status: 200 };
const MINUTE_MS = 60_000;

it('sends an event signed by each secret that is good', async () => {
  const endpoint = await stage.endpoint(`${receiver.url}/hooks`);
  const added = { id: 'second', createdAtMs: 1 };
  const secrets = withNewSecret(endpoint.secrets, added, Date.now() + 10 * MINUTE_MS);
  await stage.foundation.store.webhookEndpoints.saveSecrets(
    endpoint.id,
    endpoint.secrets[0]?.id ?? '',
    secrets,
  );
  const changed = { ...endpoint, secrets };
  const [event] = await stage.tell([endpoint], ['mei']);
  stage.deliverer();
  const [first] = await receiver.got(1);
  expect(first?.headers['webhook-id']).toBe(event?.id);
  expect(first?.headers['content-type']).toBe('application/json');
  for (const secret of stage.secrets(changed)) {
    const headers = first?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(first?.body ?? '', headers)).toMatchObject({
      ...{ id: event?.id, type: 'order.placed' },
      data: { environment: 'test', memberId: 'mei', sequence: 1 },
    });
  }
  await stage.allAre(endpoint, 'DELIVERED');
  // The old one ends.
  stage.pass(11 * MINUTE_MS);
  await stage.tell([endpoint], ['mei']);
  const [, second] = await receiver.got(2);
  expect(String(second?.headers['webhook-signature']).split(' ')).toHaveLength(1);
});

it('makes first attempts of a member in order, each after the answer to the one before', async () => {
  const endpoint = await stage.endpoint(receiver.url);
  const subjects = Array.from({ length: 40 }, (_none, index) => `member-${index % 4}`);
  const open = new Map<string, number>();
  receiver.answerBy(async (delivery) => {
    const subject = subjectOf(delivery);
    open.set(subject, (open.get(subject) ?? 0) + 1);
    expect(open.get(subject)).toBe(1);
    // Others of other members come meanwhile.
    await new Promise((resolve) => setTimeout(resolve, sequenceOf(delivery) % 3));
    open.set(subject, 0);
    return TAKEN;
  });
  await stage.tell([endpoint], subjects);
  stage.deliverer();
  await stage.allAre(endpoint, 'DELIVERED');
  for (const subject of new Set(subjects)) {
    const own = receiver.received.filter((delivery) => subjectOf(delivery) === subject);
    expect(own.map(sequenceOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  }
  expect(receiver.mostOpen('/')).toBeLessThanOrEqual(PLACES.most);
});

it('goes on without what failed, and sends that again later', async () => {
  const endpoint = await stage.endpoint(receiver.url);
  const [poison] = await stage.tell([endpoint], ['mei', 'mei', 'ana', 'mei']);
  let isHealed = false;
  receiver.answerBy(({ id }) =>
    id === poison?.id && !isHealed ? { status: 500, body: 'no' } : TAKEN,
  );
  stage.deliverer();
  await receiver.got(4);
  await until('it is kept for later', async () => {
    const { state } = await stage.delivery(endpoint, { id: poison?.id ?? '' });
    return state === 'RETRYING';
  });
  expect(receiver.received.filter((one) => subjectOf(one) === 'mei').map(sequenceOf)).toEqual([
    1, 2, 3,
  ]);
  const failed = await stage.delivery(endpoint, { id: poison?.id ?? '' });
  expect(failed).toMatchObject({
    failed: 1,
    attempts: [{ status: 500, failure: null, answer: 'no' }],
  });
  isHealed = true;
  stage.pass(10_000);
  await stage.allAre(endpoint, 'DELIVERED');
  const ids = receiver.received.filter(({ id }) => id === poison?.id);
  expect(ids).toHaveLength(2);
  expect(ids[0]?.body).toBe(ids[1]?.body);
});

describe('an endpoint', () => {
  it('that answers 410 is disabled, and its owner gets a letter', async () => {
    const endpoint = await stage.endpoint(`${receiver.url}/gone`);
    receiver.answerBy(() => ({ status: 410 }));
    await stage.tell([endpoint], ['mei', 'mei', 'mei']);
    stage.deliverer();
    await stage.allAre(endpoint, 'DEAD');
    expect(await stage.find(endpoint)).toMatchObject({ state: 'DISABLED' });
    stage.pass(10_000);
    await until('the letter is sent', () => Promise.resolve(stage.letters.length > 0));
    expect(stage.letters.map(({ to }) => to)).toEqual(['owner@shop.example']);
    expect(stage.letters[0]?.text).toContain('410');
    expect(stage.letters[0]?.text).not.toContain('/gone');
  });

  it('that takes nothing for a day is given up, and its owner gets a letter', async () => {
    const endpoint = await stage.endpoint(receiver.url);
    receiver.answerBy(() => ({ status: 503 }));
    const [event = { id: '' }] = await stage.tell([endpoint], ['mei']);
    stage.deliverer();
    await until('it is given up', async () => {
      const found = await stage.find(endpoint);
      if (found?.state === 'DEAD') return true;
      // The clock is moved on to whatever is next.
      const { state, dueAtMs } = await stage.delivery(endpoint, event);
      const nextMs = Math.max(dueAtMs, found?.pausedUntilMs ?? 0);
      const aheadMs = nextMs - stage.foundation.wallNowMs();
      if (state === 'RETRYING' && aheadMs > 0) stage.pass(aheadMs);
      return false;
    });
    await stage.allAre(endpoint, 'DEAD');
    const page = { state: null, after: null, limit: 1 };
    const { webhookDeliveries } = stage.foundation.store;
    const [delivery] = await webhookDeliveries.page(endpoint.id, page);
    const [first, last] = [delivery?.attempts[0]?.atMs, delivery?.attempts.at(-1)?.atMs];
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(RETRIED_FOR_MS - MINUTE_MS);
    expect(delivery?.attempts.length).toBeGreaterThan(8);
    stage.pass(10_000);
    await until('the letter is sent', () => Promise.resolve(stage.letters.length > 0));
    expect(stage.letters[0]?.text).toContain('24 hours');
    expect(stage.outcomes['dead']).toBe(1);
    // Nothing more is sent.
    const sent = receiver.received.length;
    await stage.foundation.store.webhookEndpoints.wake([endpoint.id], 0);
    await until('another one is served', async () => {
      const other = await stage.endpoint(`${receiver.url}/other`);
      receiver.answerBy(() => TAKEN);
      await stage.tell([other], ['ana']);
      await stage.allAre(other, 'DELIVERED');
      return true;
    });
    expect(receiver.received.filter(({ path }) => path === '/')).toHaveLength(sent);
  });
});

describe('another process', () => {
  const MORTAL: MortalParts = {
    webhookEndpoints: 'all',
    webhookDeliveries: 'all',
    webhookEvents: 'all',
    leases: 'all',
  };
  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 12])(
    'takes over from one that dies after %i calls to the database, and loses nothing',
    async (calls) => {
      const endpoint = await stage.endpoint(receiver.url);
      const events = await stage.tell([endpoint], ['mei', 'ana', 'mei']);
      const { store, died } = dyingStore(stage.foundation.store, calls, MORTAL);
      stage.deliverer({ holder: 'first', leaseTtlMs: 300 }, store);
      await until('it is dead', () => Promise.resolve(died()));
      stage.deliverer({ holder: 'second' });
      await stage.allAre(endpoint, 'DELIVERED');
      expect(new Set(receiver.received.map(({ id }) => id))).toEqual(
        new Set(events.map(({ id }) => id)),
      );
      // The first delivery of each is in order, whatever comes twice.
      const firsts = receiver.received.filter(
        ({ id }, index, all) => all.findIndex((one) => one.id === id) === index,
      );
      const ofMei = firsts.filter((one) => subjectOf(one) === 'mei');
      expect(ofMei.map(sequenceOf)).toEqual([1, 2]);
    },
  );
});

it('a crowd is served while a tenth of it hangs for ever, which holds little', async () => {
  const [all, hanging] = [100, 10];
  const endpoints = await Promise.all(
    Array.from({ length: all }, (_none, index) => stage.endpoint(`${receiver.url}/${index}`)),
  );
  const hangs = (path: string): boolean => Number(path.slice(1)) < hanging;
  receiver.answerBy(({ path }) => (hangs(path) ? 'HANG' : TAKEN));
  // Those that hang have the most to do, and the oldest.
  const bad = endpoints.slice(0, hanging);
  await stage.tell(
    bad,
    Array.from({ length: 50 }, (_none, index) => `m${index}`),
  );
  const subjects = ['a', 'b', 'a', 'c', 'a'];
  await stage.tell(endpoints, subjects);
  const hookSender = createHookSender({ isLocal: true, timeoutMs: 600_000 });
  stage.deliverer({ hookSender });
  const good = endpoints.slice(hanging);
  await receiver.got(good.length * subjects.length, ({ path }) => !hangs(path));
  for (const endpoint of good) await stage.allAre(endpoint, 'DELIVERED');
  for (let index = hanging; index < all; index += 1) {
    const own = receiver.received.filter(({ path }) => path === `/${index}`);
    expect(own.filter((one) => subjectOf(one) === 'a').map(sequenceOf)).toEqual([1, 2, 3]);
    expect(own).toHaveLength(subjects.length);
  }
  for (let index = 0; index < hanging; index += 1) {
    expect(receiver.mostOpen(`/${index}`)).toBe(PLACES.least);
  }
  await receiver.close();
  receiver = await startReceiver();
});
