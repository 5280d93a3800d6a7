import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startWithoutKeeper } from '../../testing/parallel/parallelStage.ts';
import { finalAnswer, once, startService, type TestService } from '../../testing/service.ts';

/** A worker that refunds by itself what is overdue would be first. */
let service: TestService;
let stopWorking = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  service = await startService({
    roles: ['api', 'worker'],
    settings: { ...MUTATION_SETTINGS, orderDeadlineMs: 2 * DAY_MS },
  });
  await service.servers[1]?.close();
  stopWorking = startWithoutKeeper(service);
});
afterAll(async () => {
  await stopWorking();
  await service.close();
});

const REFUND = `mutation ($input: OrderRefundInput!) { orderRefund(input: $input) {
  order { number state } transaction { id status } toSign { id } userErrors { field code } } }`;

interface Refunded {
  readonly transaction: { readonly id: string; readonly status: string } | null;
  readonly order: object | null;
  readonly toSign: object | null;
  readonly userErrors: readonly object[];
}

async function refundBy(memberId: string, order: number, key = service.key()): Promise<Refunded> {
  const input = { memberId, idempotencyKey: service.key() };
  const { token } = await service.services.memberSessions.create(service.mine.program, input);
  const asked = { input: { order, idempotencyKey: key } };
  const { data, errors } = await finalAnswer(() => service.ask(token, REFUND, asked));
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { orderRefund: Refunded }).orderRefund;
}

const stateOf = async (order: number): Promise<string | undefined> =>
  (await service.services.catalogue.findOrder(service.mine.program, order))?.state;
const settledOf = async (memberId: string): Promise<bigint> => {
  const { members } = service.services;
  const member = await members.find(service.mine.program, memberId);
  if (member === null) throw new Error(`there is no member ${memberId}`);
  return (await members.balance(service.mine.program, member)).settled;
};

/** Order 1 is Mei's, order 2 Li's; each is of 20 of 100 points. */
const ordered = once(async () => {
  for (const memberId of ['mei', 'li']) await service.earn(memberId, 10);
  const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
  await service.act('itemAdd', keyed({ price: '10', stock: 5, text: 'A cup' }));
  for (const memberId of ['mei', 'li']) {
    const order = { memberId, item: 1, quantity: 2, maxPrice: '10' };
    await service.act('itemRedeem', keyed(order));
  }
});
const refusal = (code: string): object => ({
  ...{ transaction: null, order: null, toSign: null },
  userErrors: [{ field: 'order', code }],
});

describe('a session of a member', () => {
  it('does not get points of its order back before the deadline', async () => {
    await ordered();
    expect(await refundBy('mei', 1)).toEqual(refusal('DEADLINE_NOT_REACHED'));
    expect(await stateOf(1)).toBe('OPEN');
  });

  const overdue = once(async () => {
    await ordered();
    await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS + HOUR_MS);
  });

  it('finds no order of another member, as it finds none that is not there', async () => {
    await overdue();
    expect(await refundBy('mei', 2)).toEqual(refusal('NOT_FOUND'));
    expect(await refundBy('mei', 99)).toEqual(refusal('NOT_FOUND'));
    expect(await stateOf(2)).toBe('OPEN');
  });

  it('gets the points of its overdue order back, once under a key, and the order counts as overdue', async () => {
    await overdue();
    const before = await settledOf('mei');
    const key = service.key();
    const [one, other] = await Promise.all([refundBy('mei', 1, key), refundBy('mei', 1, key)]);
    expect(one).toMatchObject({
      ...{ userErrors: [], toSign: null, transaction: { status: 'MINED' } },
      order: { number: 1, state: 'OVERDUE' },
    });
    expect(other).toEqual(one);
    expect(await refundBy('mei', 1, key)).toEqual(one);
    expect((await settledOf('mei')) - before).toBe(2_000n);
    expect((await refundBy('mei', 1)).userErrors).toEqual([
      { field: 'order', code: 'ORDER_NOT_OPEN' },
    ]);
  });
});
