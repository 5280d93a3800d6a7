import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memberIdOf } from '../../testing/builders/members.ts';
import { BUDGET, RULES, TEST_ORGANISATION } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { dyingStore } from '../../testing/deaths.ts';
import type { ProcessOverrides } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import type { WebhookEventRecord, WebhookHome } from '../../ports/webhooks.ts';

/** The teller of all tests here tells of one story, which takes some forty transactions. */
const STORY_TIMEOUT_MS = 600_000;
const HOME: WebhookHome = {
  organisationId: TEST_ORGANISATION,
  environment: 'test',
  programId: null,
};
const ORDER = { item: 1, quantity: 1, maxPrice: 300n };
const refOf = (number: number): `0x${string}` => `0x${String(number).padStart(2, '0').repeat(32)}`;

let harness: Harness;

/** What happens on the chain, and when: points, a round, orders, and changes of terms. */
async function story(): Promise<void> {
  const { calls, program, done, byOperator, byMember } = harness;
  for (const member of [1, 2]) {
    await harness.join(member);
    await harness.earn(member, 0, 10);
  }
  // An account of nobody that the app knows.
  await harness.earn(3, 0, 10);
  await harness.settleAll();
  await harness.deposit(BUDGET);
  const item = { price: 300n, stock: 5, text: 'Tea' };
  await done(byOperator('itemAdd', calls.addItem(program, item)));
  for (const order of [1, 2]) {
    const call = calls.redeemItem(program, { ...ORDER, orderRef: refOf(order) });
    await done(byMember(1, 'redeem', call));
  }
  await done(byOperator('orderFulfil', calls.fulfilOrder(program, 1)));
  await done(byOperator('orderRefund', calls.refundOrder(program, 2)));
  await done(byOperator('itemPriceSet', calls.setItemPrice(program, 1, 200n)));
  await done(byOperator('itemPriceSet', calls.setItemPrice(program, 1, 400n)));
  await done(byOperator('itemStockAdd', calls.addItemStock(program, 1, 3)));
  await done(byOperator('itemWithdraw', calls.withdrawItem(program, 1)));
  await done(byOperator('itemWithdrawalCancel', calls.cancelItemWithdrawal(program, 1)));
  await harness.openRound(0);
  for (const member of [1, 2]) {
    await done(byMember(member, 'tender', calls.tenderPoints(program, 0, 4_000n)));
  }
  await done(byMember(2, 'untender', calls.untenderPoints(program, 0, 100n)));
  const worse = RULES.rules.map((rule) => ({ ...rule, perAction: 500n }));
  const announce = calls.announceChange(program, {
    target: 'RULES',
    terms: { ...RULES, rules: worse },
  });
  await done(byOperator('changeAnnounce', announce));
  await done(byMember(1, 'object', calls.objectToChange(program, 1, 2_000n)));
  await harness.closeRound(0);
  await harness.keep();
  await harness.moveTo((await harness.chain.clock.now()).nowMs + DAY_MS);
  await harness.keep();
}

beforeAll(async () => {
  harness = await startHarness();
  await story();
}, STORY_TIMEOUT_MS);
afterAll(() => harness.close());

/** Forgets all that was told, and has an endpoint listen. */
beforeEach(async () => {
  const { peopleDatabase: database, webhookEndpoints } = harness.store;
  for (const name of ['Events', 'Deliveries', 'Cursors', 'Counters', 'Endpoints']) {
    await database.collection(`webhook${name}`).deleteMany({});
  }
  await webhookEndpoints.insert({
    ...{ ...HOME, id: 'whe_1', url: 'https://shop.example', kinds: null, description: '' },
    ...{ state: 'ENABLED', secrets: [], createdAtMs: 0, lastTakenAtMs: null, failures: 0 },
    ...{ pausedUntilMs: 0, arrivals: 0 },
  });
});

/** Tells all that there is to tell. */
async function tellAll(overrides: ProcessOverrides = {}): Promise<void> {
  const program = await harness.readProgram();
  const { teller } = harness.process(overrides);
  const { blockNumber } = await harness.store.totals.asOf(program.chainId);
  while ((await teller.step(program, blockNumber)) > 0);
}

const all = (): Promise<WebhookEventRecord[]> =>
  harness.store.webhookEvents.listSince(HOME, { fromPosition: 0, limit: 1_000 });
const deliveries = async (): Promise<{ eventId: string; position: number }[]> =>
  harness.store.webhookDeliveries.page('whe_1', { state: null, after: null, limit: 1_000 });
/** What is compared: all but when it was stored, or a state was looked at. */
const bare = (events: readonly WebhookEventRecord[]): unknown[] =>
  events.map(({ position: _, atMs, ...event }) => ({
    ...event,
    atMs: event.kind === 'reserve.low' ? null : atMs,
  }));
const kindsOf = (events: readonly WebhookEventRecord[], subject: string): string[] =>
  events.filter((event) => event.subject === subject).map(({ kind }) => kind);

describe('the teller', { timeout: STORY_TIMEOUT_MS }, () => {
  it('tells of everything once, in the order in which it happened to each', async () => {
    await tellAll();
    const events = await all();
    expect(kindsOf(events, memberIdOf(1))).toEqual([
      ...['points.settled', 'order.placed', 'order.placed', 'order.fulfilled', 'order.refunded'],
      ...['tender.placed', 'objection.placed', 'tender.settled', 'tender.returned'],
    ]);
    expect(kindsOf(events, memberIdOf(2))).toEqual([
      ...['points.settled', 'tender.placed', 'tender.withdrawn', 'tender.settled'],
      'tender.returned',
    ]);
    // Of no member: only its account is known.
    const [own] = events.filter(({ subject }) => subject === harness.account(3));
    expect(own).toMatchObject({ kind: 'points.settled', memberId: null, sequence: 1 });
    const ofProgram = kindsOf(events, 'program');
    expect(new Set(ofProgram)).toEqual(
      new Set([
        ...['rules.published', 'buyback_terms.published', 'epoch.closed'],
        ...['reserve.deposited', 'item.added', 'item.price_cut', 'item.price_rise_scheduled'],
        ...['item.stock_added', 'item.withdrawal_scheduled', 'item.withdrawal_cancelled'],
        ...['change.announced', 'change.threshold_reached', 'change.struck_down'],
        ...['round.opened', 'round.closed', 'round.settled'],
        ...['buyback_terms.in_force', 'reserve.low', 'operator.changed', 'recorder.rotated'],
      ]),
    );
    expect(ofProgram.filter((kind) => kind === 'round.opened')).toHaveLength(1);
    for (const subject of new Set(events.map((event) => event.subject))) {
      const own = events.filter((event) => event.subject === subject);
      expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_event, index) => index + 1));
    }
    const sold = events.filter(({ kind }) => kind === 'tender.settled');
    expect(sold.find(({ subject }) => subject === memberIdOf(1))?.data).toEqual({
      ...{ round: 0, points: '40.00', money: '10.126582', bought: '20.26', returned: '19.74' },
    });
    const [placed] = events.filter(({ kind }) => kind === 'order.placed');
    expect(placed).toMatchObject({
      ...{ memberId: memberIdOf(1), account: harness.account(1) },
      data: { order: 1, item: 1, quantity: 1, points: '3.00', orderRef: refOf(1) },
    });
    expect(placed?.place?.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    // Each has its delivery.
    const told = await deliveries();
    expect(new Set(told.map(({ eventId }) => eventId))).toEqual(
      new Set(events.map(({ id }) => id)),
    );
    await tellAll();
    expect(await all()).toEqual(events);
  });

  it('tells the same after a death at any call to the database', async () => {
    await tellAll();
    const whole = bare(await all());
    const stores = ['webhookEvents', 'webhookDeliveries', 'webhookCursors', 'webhookEndpoints'];
    const mortal = Object.fromEntries(stores.map((name) => [name, 'all' as const]));
    const { peopleDatabase: database } = harness.store;
    for (const name of ['Events', 'Deliveries', 'Cursors', 'Counters']) {
      await database.collection(`webhook${name}`).deleteMany({});
    }
    for (let calls = 1; ; calls += 1) {
      const { store, died } = dyingStore(harness.store, calls, mortal);
      await tellAll({ store }).catch((error: unknown) => expect(String(error)).toContain('died'));
      if (!died()) break;
      // Those that died have told ever more, and nothing else.
      const sofar = bare(await all());
      expect(sofar).toEqual(whole.slice(0, sofar.length));
    }
    expect(bare(await all())).toEqual(whole);
    expect(await deliveries()).toHaveLength(whole.length);
  });

  it('gives no number twice when the last one was not counted', async () => {
    await tellAll();
    const whole = bare(await all());
    const { peopleDatabase: database } = harness.store;
    await database.collection('webhookCounters').deleteMany({});
    await database.collection('webhookCursors').deleteMany({});
    const last = await database
      .collection('webhookEvents')
      .find({})
      .sort({ position: -1 })
      .limit(5)
      .toArray();
    const ids = last.map(({ _id }) => _id);
    await database.collection('webhookEvents').deleteMany({ _id: { $in: ids } });
    await tellAll();
    expect(bare(await all())).toEqual(whole);
  });

  it('begins with what comes after nobody listened', async () => {
    const { webhookEndpoints } = harness.store;
    await webhookEndpoints.remove(HOME, 'whe_1');
    await tellAll();
    await webhookEndpoints.insert({
      ...{ ...HOME, id: 'whe_2', url: 'https://shop.example', kinds: null, description: '' },
      ...{ state: 'ENABLED', secrets: [], createdAtMs: 0, lastTakenAtMs: null, failures: 0 },
      ...{ pausedUntilMs: 0, arrivals: 0 },
    });
    await tellAll();
    // A state is none that was: it is low now.
    const told = (await all()).map(({ kind }) => kind);
    expect(told.filter((kind) => kind !== 'reserve.low')).toEqual([]);
  });

  it('tells nothing of what is not final', async () => {
    const program = await harness.readProgram();
    const { blockNumber } = await harness.store.totals.asOf(program.chainId);
    const policy = { confirmations: 32 };
    const { teller } = harness.process({ policy: policy as never });
    while ((await teller.step(program, blockNumber)) > 0);
    const events = await all();
    expect(events.length).toBeGreaterThan(0);
    for (const { place } of events) {
      expect(place?.blockNumber ?? 0).toBeLessThanOrEqual(blockNumber - 32);
    }
    const { peopleDatabase: database } = harness.store;
    const cursor = await database.collection('webhookCursors').findOne({});
    expect(cursor?.['clockMs']).toBeLessThan((await harness.chain.clock.now()).nowMs);
  });

  it('tells what a chain has in the place of blocks that it lost, and nothing twice', async () => {
    await tellAll();
    const events = await all();
    const { chainId } = harness.program;
    const middle = events.find(({ kind }) => kind === 'order.placed')?.place?.blockNumber ?? 0;
    await harness.store.webhookCursors.rewind(chainId, middle - 1);
    await tellAll();
    expect(await all()).toEqual(events);
  });

  it('tells that a member was merged and erased, and has its id nowhere after that', async () => {
    const { store, program } = harness;
    await tellAll();
    for (const member of [11, 12]) await harness.join(member);
    const [from, into] = [memberIdOf(11), memberIdOf(12)];
    await store.members.announceMerge(program.id, from, { memberId: into, by: 'test' }, 0);
    const merge = { by: 'test', fromEpoch: 9, atMs: Date.now() };
    await store.members.beginMerge(program.id, from, merge);
    await tellAll();
    const merged = (await all()).filter(({ kind }) => kind === 'member.merged');
    expect(merged).toMatchObject([
      { subject: from, memberId: from, data: { intoAccount: harness.account(12), fromEpoch: 9 } },
    ]);
    const eraser = harness.process().memberEraser;
    await eraser.erase(program, { memberId: memberIdOf(1), idempotencyKey: 'erase' });
    await tellAll();
    const own = (await all()).filter(({ account }) => account === harness.account(1));
    expect(own.at(-1)).toMatchObject({ kind: 'member.erased', sequence: own.length });
    expect(own.map(({ memberId }) => memberId)).toEqual(own.map(() => null));
    expect(JSON.stringify(own.map(({ data }) => data))).not.toContain(memberIdOf(1));
  });

  it('starts at the program’s creation', async () => {
    await tellAll();
    const [first] = await all();
    expect(first?.kind).toBe('operator.changed');
    expect(first?.atMs).toBeLessThanOrEqual(STARTS_AT_MS + DAY_MS);
  });
});
