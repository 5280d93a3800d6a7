import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, type TestService } from '../../testing/service.ts';
import { bytes } from '../../testing/badTerms.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: { ...MUTATION_SETTINGS, orderDeadlineMs: 2 * DAY_MS } });
  await service.earn('mei', 100);
});
afterAll(() => service.close());

interface OrderPage {
  readonly edges: readonly { readonly node: object }[];
  readonly pageInfo: { readonly endCursor: string };
}

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const ITEM = 'item { number price stock available scheduledPrice withdrawnAt }';
const ORDER = 'order { number quantity points state } call { to }';

const added = once(async () => {
  const input = keyed({ price: '12.50', stock: 5, text: 'A cup 杯子' });
  const first = await service.act('itemAdd', input, `${ITEM}`);
  expect(first).toMatchObject({
    userErrors: [],
    transaction: { status: 'MINED' },
    item: { number: 1, price: '12.50', stock: 5, available: true, withdrawnAt: null },
  });
  expect(await service.act('itemAdd', input, ITEM)).toEqual(first);
  expect(await service.refused('itemAdd', { ...input, price: '1' })).toEqual([
    ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
  ]);
  const endless = await service.act('itemAdd', keyed({ price: '1', text: 'A sticker' }), ITEM);
  expect(endless).toMatchObject({ item: { number: 2, stock: null } });
});
const priced = once(async () => {
  await added();
  expect(await service.act('itemPriceSet', keyed({ item: 1, price: '10' }), ITEM)).toMatchObject({
    userErrors: [],
    item: { price: '10.00', scheduledPrice: null },
  });
  expect(await service.act('itemPriceSet', keyed({ item: 1, price: '11' }), ITEM)).toMatchObject({
    userErrors: [],
    item: { price: '10.00', scheduledPrice: '11.00' },
  });
});
const stocked = once(async () => {
  await added();
  expect(await service.act('itemStockAdd', keyed({ item: 1, added: 2 }), ITEM)).toMatchObject({
    userErrors: [],
    item: { stock: 7 },
  });
});
describe('an item', () => {
  it('is added once under a key', added);

  it('gets cheaper at once and dearer after the notice', priced);

  it('gets more pieces', stocked);

  it('is withdrawn after the notice, unless it is kept', async () => {
    await added();
    const withdrawing = await service.act('itemWithdraw', keyed({ item: 2 }), ITEM);
    expect(withdrawing.userErrors).toEqual([]);
    expect(withdrawing['item']).not.toMatchObject({ withdrawnAt: null });
    expect(await service.act('itemWithdrawalCancel', keyed({ item: 2 }), ITEM)).toMatchObject({
      userErrors: [],
      item: { withdrawnAt: null, available: true },
    });
    expect(await service.refused('itemWithdrawalCancel', keyed({ item: 2 }))).toEqual([
      ['item', 'NO_WITHDRAWAL_SCHEDULED'],
    ]);
  });

  it.each([
    ['itemAdd', { price: '0', text: 'x' }, ['price', 'OUT_OF_RANGE']],
    ['itemAdd', { price: '1', text: '' }, ['text', 'REQUIRED']],
    ['itemAdd', { price: '1', text: bytes(513) }, ['text', 'TOO_LONG']],
    ['itemAdd', { price: '1', text: 'x', stock: 2 ** 32 - 1 }, ['stock', 'OUT_OF_RANGE']],
    ['itemPriceSet', { item: 1, price: '0' }, ['price', 'OUT_OF_RANGE']],
    ['itemPriceSet', { item: 99, price: '1' }, ['item', 'NOT_FOUND']],
    ['itemPriceSet', { item: 2 ** 32, price: '1' }, ['item', 'OUT_OF_RANGE']],
    ['itemStockAdd', { item: 1, added: 0 }, ['added', 'OUT_OF_RANGE']],
    ['itemStockAdd', { item: 1, added: 2 ** 32 - 2 }, ['added', 'OUT_OF_RANGE']],
    ['itemStockAdd', { item: 99, added: 1 }, ['item', 'NOT_FOUND']],
    ['itemWithdraw', { item: 99 }, ['item', 'NOT_FOUND']],
    ['itemWithdrawalCancel', { item: 99 }, ['item', 'NOT_FOUND']],
    ['orderFulfil', { order: 99 }, ['order', 'NOT_FOUND']],
    ['orderRefund', { order: 99 }, ['order', 'NOT_FOUND']],
  ])('%s of %o is refused with the field', async (name, input, refused) => {
    await stocked();
    expect(await service.refused(name, keyed(input))).toEqual([refused]);
  });
});

const ordering = (more: object = {}): object =>
  keyed({ memberId: 'mei', item: 1, quantity: 2, maxPrice: '10', ...more });

describe('an order', () => {
  const ordered = once(async () => {
    await priced();
    await stocked();
    const input = ordering();
    const first = await service.act('itemRedeem', input, ORDER);
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      call: null,
      order: { number: 1, quantity: 2, points: '20.00', state: 'OPEN' },
    });
    expect(await service.act('itemRedeem', input, ORDER)).toEqual(first);
    expect(await service.refused('itemRedeem', { ...input, quantity: 1 })).toEqual([
      ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
    ]);
  });
  it('is made once under a key, with the points in escrow', ordered);

  it.each([
    [{ maxPrice: '9.99' }, ['maxPrice', 'PRICE_TOO_HIGH']],
    [{ maxPrice: '0' }, ['maxPrice', 'OUT_OF_RANGE']],
    [{ quantity: 6 }, ['quantity', 'OUT_OF_STOCK']],
    [{ quantity: 0 }, ['quantity', 'OUT_OF_RANGE']],
    [{ item: 99 }, ['item', 'NOT_FOUND']],
    [{ item: 2, quantity: 1_000 }, ['quantity', 'INSUFFICIENT_POINTS']],
    [{ memberId: 'nobody' }, ['memberId', 'NOT_FOUND']],
  ])('of %o is refused with the field', async (more, refused) => {
    await ordered();
    expect(await service.refused('itemRedeem', ordering(more))).toEqual([refused]);
  });

  const closed = once(async () => {
    await ordered();
    await service.act('itemRedeem', ordering({ quantity: 1 }));
    const fulfilled = await service.act(
      'orderFulfil',
      keyed({ order: 1 }),
      'order { number state }',
    );
    expect(fulfilled).toMatchObject({ userErrors: [], order: { number: 1, state: 'FULFILLED' } });
    const refunded = await service.act(
      'orderRefund',
      keyed({ order: 2 }),
      'order { number state }',
    );
    expect(refunded).toMatchObject({ userErrors: [], order: { number: 2, state: 'REFUSED' } });
    for (const name of ['orderFulfil', 'orderRefund']) {
      expect(await service.refused(name, keyed({ order: 1 }))).toEqual([
        ['order', 'ORDER_NOT_OPEN'],
      ]);
    }
    const { catalogue } = service.services;
    const { program } = service.mine;
    const counts = { open: 0, fulfilled: 1, refused: 1, overdue: 0 };
    expect(await catalogue.orderCountsOf(program, 1)).toMatchObject(counts);
    expect(await catalogue.orderCountsOf(program, 2)).toMatchObject({ fulfilled: 0, refused: 0 });
    // The first list goes from the newest to the oldest, the other one the other way round.
    const lists = `{ program {
      newest: orders(first: 1) { edges { node { number item { orderCounts { fulfilled } } } } pageInfo { endCursor } }
      due: orders(first: 1, order: DEADLINE) { edges { node { number } } pageInfo { endCursor } } } }`;
    const { data, errors } = await service.ask(service.mine.key, lists);
    expect(errors).toBeUndefined();
    const { newest, due } = (data as unknown as { program: Record<string, OrderPage> }).program;
    expect(newest?.edges[0]?.node).toEqual({ number: 2, item: { orderCounts: { fulfilled: 1 } } });
    expect(due?.edges[0]?.node).toEqual({ number: 1 });
    const next = (after: string | undefined) =>
      service.ask(
        service.mine.key,
        `{ program { orders(first: 1, order: DEADLINE, after: "${after}") { edges { node { number } } } } }`,
      );
    expect((await next(due?.pageInfo.endCursor)).data).toMatchObject({
      program: { orders: { edges: [{ node: { number: 2 } }] } },
    });
    expect((await next(newest?.pageInfo.endCursor)).errors?.[0]).toMatchObject({
      extensions: { code: 'MALFORMED' },
    });
  });
  it('is fulfilled or refused by the operator, once', closed);

  it('is not fulfilled any more after its deadline', async () => {
    await closed();
    await service.act('itemRedeem', ordering({ quantity: 1 }));
    await service.moveClockTo(STARTS_AT_MS + 2 * DAY_MS + HOUR_MS);
    const [refused] = await service.refused('orderFulfil', keyed({ order: 3 }));
    // A worker refunds what is overdue by itself, and may have been first.
    expect([
      ['order', 'DEADLINE_PASSED'],
      ['order', 'ORDER_NOT_OPEN'],
    ]).toContainEqual(refused);
    const { userErrors } = await service.act('orderRefund', keyed({ order: 3 }));
    expect(userErrors.filter(({ code }) => code !== 'ORDER_NOT_OPEN')).toEqual([]);
    // Where the worker was first, its refund may be on chain and not be read yet.
    const { catalogue } = service.services;
    await expect
      .poll(() => catalogue.findOrder(service.mine.program, 3))
      .toMatchObject({ state: 'OVERDUE' });
  });
});
