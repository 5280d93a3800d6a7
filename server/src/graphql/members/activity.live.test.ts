import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, until, type TestService } from '../../testing/service.ts';

const TOKEN_UNITS = 1_000_000n;
const OUTSIDE = '0x000000000000000000000000000000000000c0Fe';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

async function act(name: string, input: object): Promise<void> {
  const { userErrors } = await service.act(name, { idempotencyKey: service.key(), ...input });
  expect(userErrors).toEqual([]);
}
const read = async (query: string): Promise<Record<string, unknown>> => {
  const { data, errors } = await service.ask(service.mine.key, query);
  expect(errors).toBeUndefined();
  return (data as { member: Record<string, unknown> }).member;
};

interface Entry {
  readonly kind: string;
  readonly at: string;
  readonly points: string | null;
  readonly money: string | null;
}
interface Page {
  readonly edges: { readonly cursor: string; readonly node: Entry }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const page = async (args: string): Promise<Page> =>
  (
    await read(`{ member(memberId: "mei") { activity(${args}) {
    edges { cursor node { kind at points money epoch count roundNumber changeNumber orderNumber to
      rule { name } moment { blockNumber transactionHash } } }
    pageInfo { hasNextPage endCursor } } } }`)
  )['activity'] as Page;

/** Everything, read in pages. */
async function readAll(
  first: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ''; ;) {
    const { edges, pageInfo } = await page(`first: ${first}${after}`);
    entries.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return entries;
    after = `, after: "${pageInfo.endCursor ?? ''}"`;
    await between();
  }
}

/** Hundredths of points, or millionths of money. */
const units = (text: string | null): bigint => BigInt((text ?? '0').replace('.', ''));
const sum = (entries: readonly Entry[], kinds: readonly string[], of: 'points' | 'money'): bigint =>
  entries
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((all, entry) => all + units(entry[of]), 0n);

const story = once(async () => {
  await service.moveClockTo(STARTS_AT_MS + HOUR_MS);
  await service.earn('mei', 50);
  await service.mint(40n * TOKEN_UNITS);
  await act('reserveDeposit', { amount: '10' });
  await act('itemAdd', { price: '5', stock: 20, text: 'A cup' });
  for (let order = 1; order <= 3; order += 1) {
    await act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5' });
  }
  await act('orderFulfil', { order: 1 });
  await act('orderRefund', { order: 2 });
  const buyback = { pricePerPoint: '0.4', budgetPerRound: '20', minTender: '1' };
  await act('changeAnnounce', { terms: { buyback } });
  await act('changeObject', { memberId: 'mei', change: 1, amount: '1' });
  await act('changeWithdraw', { change: 1 });
  // A worker gives them back by itself, and may have been first.
  const release = { memberId: 'mei', change: 1, idempotencyKey: service.key() };
  const { userErrors } = await service.act('objectionRelease', release);
  expect(userErrors.every(({ code }) => code === 'NOTHING_TO_RELEASE')).toBe(true);
  await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS + HOUR_MS);
  await act('roundTender', { memberId: 'mei', round: 0, amount: '45' });
  await act('roundUntender', { memberId: 'mei', round: 0, amount: '5' });
  await service.moveClockTo(STARTS_AT_MS + 6 * DAY_MS + HOUR_MS);
  await until('the round is settled and its points are back', async () => {
    const { balance } = (await read('{ member(memberId: "mei") { balance { tendered } } }')) as {
      balance: { tendered: string };
    };
    return balance.tendered === '0.00';
  });
  await act('moneySend', { memberId: 'mei', to: OUTSIDE });
  // Still on its way: it is earned, and not settled.
  const occurredAt = new Date(STARTS_AT_MS + 6 * DAY_MS).toISOString();
  await service.ask(
    service.mine.key,
    'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
    { input: { actions: [{ memberId: 'mei', eventId: 'late', rule: 'review', occurredAt }] } },
  );
});

describe('what happened to a member', () => {
  it('is told newest first, and adds up to the balance in every part', async () => {
    await story();
    const entries = await readAll(100);
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(
      new Set([
        ...['EARNED', 'SETTLED', 'TENDERED', 'BOUGHT', 'RETURNED', 'OBJECTED', 'RELEASED'],
        ...['ORDERED', 'FULFILLED', 'REFUNDED', 'MONEY_SENT'],
      ]),
    );
    const times = entries.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const { balance, money } = (await read(`{ member(memberId: "mei") {
      balance { settled tendered objected ordered pending } money { owed account } } }`)) as {
      balance: Record<string, string>;
      money: Record<string, string>;
    };
    const points = (...kinds: string[]): bigint => sum(entries, kinds, 'points');
    const sums = {
      settled:
        points('SETTLED', 'RETURNED', 'RELEASED', 'REFUNDED') -
        points('TENDERED', 'OBJECTED', 'ORDERED'),
      tendered: points('TENDERED') - points('RETURNED', 'BOUGHT'),
      objected: points('OBJECTED') - points('RELEASED'),
      ordered: points('ORDERED') - points('FULFILLED', 'REFUNDED'),
      pending: points('EARNED') - points('SETTLED'),
    };
    const balanceUnits = Object.entries(balance).map(([name, text]) => [name, units(text)]);
    expect(sums).toEqual(Object.fromEntries(balanceUnits));
    expect(sums.settled > 0n && sums.ordered > 0n && sums.pending > 0n).toBe(true);
    const bought = sum(entries, ['BOUGHT'], 'money');
    expect(bought).toBe(10n * TOKEN_UNITS);
    const sent = sum(entries, ['MONEY_SENT'], 'money');
    expect(bought - sent).toBe(units(money['owed'] ?? null) + units(money['account'] ?? null));
    const find = (kind: string): Entry | undefined => entries.find((entry) => entry.kind === kind);
    expect(find('ORDERED')).toMatchObject({ orderNumber: 3, points: '5.00' });
    expect(find('BOUGHT')).toMatchObject({ roundNumber: 0, points: '20.00' });
    expect(find('MONEY_SENT')).toMatchObject({ to: OUTSIDE, points: null });
    expect(find('EARNED')).toMatchObject({
      epoch: 6,
      count: 1,
      rule: { name: 'review' },
      moment: null,
    });
  });

  it('is read in pages that leave nothing out while new things happen', async () => {
    await story();
    const before = await readAll(100);
    let happened = 0;
    const paged = await readAll(4, async () => {
      if (happened > 1) return;
      happened += 1;
      await act('itemRedeem', { memberId: 'mei', item: 1, maxPrice: '5' });
    });
    expect(paged).toEqual(before);
    expect((await readAll(100)).length).toBe(before.length + happened);
    const all = await readAll(100);
    for (const first of [1, 3, 7]) expect(await readAll(first)).toEqual(all);
  });

  it('is told by kind', async () => {
    await story();
    const { edges } = await page('first: 50, kinds: [ORDERED, BOUGHT]');
    expect(new Set(edges.map(({ node }) => node.kind))).toEqual(new Set(['ORDERED', 'BOUGHT']));
    expect((await page('first: 50, kinds: []')).edges).toEqual([]);
  });

  it.each(['x', '1'])('has no cursor %j', async (after) => {
    const query = `{ member(memberId: "mei") { activity(after: "${after}") { edges { cursor } } } }`;
    await story();
    const { errors } = await service.ask(service.mine.key, query);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'MALFORMED', field: 'after' });
  });

  it('goes on after the member has moved to a wallet of its own', async () => {
    await story();
    const wallet = await service.openWallet();
    const deadline = new Date(STARTS_AT_MS + 7 * DAY_MS).toISOString();
    const { data } = await service.ask(
      service.mine.key,
      `{ accountMoveTypedData(memberId: "mei", to: "${wallet.address}", deadline: "${deadline}") { json } }`,
    );
    const { json } = (data as { accountMoveTypedData: { json: string } }).accountMoveTypedData;
    const signature = await wallet.sign(json);
    await act('accountMove', { memberId: 'mei', to: wallet.address, deadline, signature });
    const [newest] = (await page('first: 1, kinds: [MOVED]')).edges;
    expect(newest?.node).toMatchObject({ kind: 'MOVED', to: wallet.address });
    const call = await service.ask(
      service.mine.key,
      'mutation ($input: ItemRedeemInput!) { itemRedeem(input: $input) { call { to data } userErrors { code } } }',
      {
        input: { ownWallet: wallet.address, item: 1, maxPrice: '5', idempotencyKey: service.key() },
      },
    );
    const redeemed = call.data?.['itemRedeem'] as { call: ContractCall };
    await wallet.send(redeemed.call);
    const [after] = (await page('first: 1')).edges;
    expect(after?.node).toMatchObject({ kind: 'ORDERED' });
  });
});
