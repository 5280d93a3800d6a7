import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, type TestService } from '../../testing/service.ts';

const TOKEN_UNITS = 1_000_000n;

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

async function act(name: string, input: object): Promise<void> {
  const { userErrors } = await service.act(name, { idempotencyKey: service.key(), ...input });
  expect(userErrors).toEqual([]);
}
const read = async (query: string): Promise<unknown> => {
  const { data, errors } = await service.ask(service.mine.key, query);
  expect(errors).toBeUndefined();
  return data;
};

const MEMBER = `{ member(memberId: "mei") {
  balance { settled locked tendered objected ordered }
  share(round: 0) { amount locked estimatedPaid estimatedReturned paid returned round { state } }
  shares { edges { node { amount } } pageInfo { hasNextPage } }
  objections { edges { node { changeNumber amount locked change { state objections } } } }
  orders { edges { node { number quantity points state refundable item { text stock } } } asOfBlock }
} }`;

describe('a member', () => {
  const seen = once(async () => {
    await service.earn('mei', 50);
    await service.mint(40n * TOKEN_UNITS);
    await act('reserveDeposit', { amount: '10' });
    await act('itemAdd', { price: '5', stock: 3, text: 'A cup' });
    await act('itemRedeem', { memberId: 'mei', item: 1, quantity: 2, maxPrice: '5' });
    const buyback = { pricePerPoint: '0.4', budgetPerRound: '20', minTender: '1' };
    await act('changeAnnounce', { terms: { buyback } });
    await act('changeObject', { memberId: 'mei', change: 1, amount: '1' });
    await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS + 60_000);
    await act('roundTender', { memberId: 'mei', round: 0, amount: '40' });

    expect(await read(MEMBER)).toEqual({
      member: {
        balance: {
          settled: '49.00',
          locked: '51.00',
          tendered: '40.00',
          objected: '1.00',
          ordered: '10.00',
        },
        share: {
          amount: '40.00',
          locked: '40.00',
          // The reserve has money for a half of them.
          estimatedPaid: '10.000000',
          estimatedReturned: '20.00',
          paid: null,
          returned: null,
          round: { state: 'OPEN' },
        },
        shares: { edges: [{ node: { amount: '40.00' } }], pageInfo: { hasNextPage: false } },
        objections: {
          edges: [
            {
              node: {
                changeNumber: 1,
                amount: '1.00',
                locked: '1.00',
                change: { state: 'PENDING', objections: '1.00' },
              },
            },
          ],
        },
        orders: {
          edges: [
            {
              node: {
                number: 1,
                quantity: 2,
                points: '10.00',
                state: 'OPEN',
                refundable: false,
                item: { text: 'A cup', stock: 1 },
              },
            },
          ],
          asOfBlock: expect.any(Number) as number,
        },
      },
    });
  });
  it('sees what is in escrow, where, and what it would come to', seen);

  it('stands behind public facts that name nobody', async () => {
    await seen();
    const query = `{ program {
      pendingChange { number hurtsHolders proposedBuyback { pricePerPoint } objectionsNeeded }
      currentRound { number tendered expected { filled payout } cover { available covered } }
      orderCounts { open } orders(state: OPEN) { edges { node { number } } }
    } }`;
    expect(await read(query)).toEqual({
      program: {
        pendingChange: {
          number: 1,
          hurtsHolders: true,
          proposedBuyback: { pricePerPoint: '0.400000' },
          // A tenth of a quarter: all points are younger than a notice period.
          objectionsNeeded: '1.25',
        },
        currentRound: {
          number: 0,
          tendered: '40.00',
          expected: { filled: '20.00', payout: '10.000000' },
          cover: { available: '10.000000', covered: false },
        },
        orderCounts: { open: 1 },
        orders: { edges: [{ node: { number: 1 } }] },
      },
    });
  });

  it('is found among the orders of a program by its name', async () => {
    await seen();
    await service.earn('li', 20);
    await act('itemRedeem', { memberId: 'li', item: 1, quantity: 1, maxPrice: '5' });
    const ordersOf = (list: string): string =>
      `orders(${list}) { edges { node { number member { memberId } } } pageInfo { endCursor } }`;
    const query = `{ program {
      mei: ${ordersOf('memberId: "mei", state: OPEN, order: DEADLINE')}
      li: ${ordersOf('memberId: "li"')}
      fulfilled: ${ordersOf('memberId: "li", state: FULFILLED')}
      unknown: ${ordersOf('memberId: "an unknown one"')}
    } }`;
    const only = (number: number, memberId: string): object => ({
      edges: [{ node: { number, member: { memberId } } }],
      pageInfo: { endCursor: expect.any(String) as string },
    });
    const nothing = { edges: [], pageInfo: { endCursor: null } };
    const found = (await read(query)) as {
      readonly program: { readonly li: { readonly pageInfo: { readonly endCursor: string } } };
    };
    expect(found).toEqual({
      program: {
        ...{ mei: only(1, 'mei'), li: only(2, 'li') },
        ...{ fulfilled: nothing, unknown: nothing },
      },
    });
    const { endCursor } = found.program.li.pageInfo;
    const { errors } = await service.ask(
      service.mine.key,
      `{ program { orders(after: "${endCursor}") { asOfBlock } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'MALFORMED', field: 'after' });
  });

  it.each(['0.0x12', 'x', '1'])('is told that %j is no cursor of its shares', async (after) => {
    await seen();
    const { errors } = await service.ask(
      service.mine.key,
      `{ member(memberId: "mei") { shares(after: "${after}") { asOfBlock } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'MALFORMED', field: 'after' });
  });
});
