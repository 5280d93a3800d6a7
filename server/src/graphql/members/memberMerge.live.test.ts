import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS, TEST_ORGANISATION } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, until, type Answer, type TestService } from '../../testing/service.ts';

/** Dozens of transactions one after the other, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 300_000;
const TOKEN_UNITS = 1_000_000n;
const OUTSIDE = '0x000000000000000000000000000000000000c0Fe';
/** The first round is open on that day. */
const ROUND_MS = STARTS_AT_MS + 3 * DAY_MS + HOUR_MS;
/** First epoch of a merge on that day. */
const FROM_EPOCH = 4;
const MERGED_MS = STARTS_AT_MS + FROM_EPOCH * DAY_MS;

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'], settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

/** Asks one of the servers. */
async function askOn<T>(
  server: number,
  query: string,
  variables?: object,
  key?: string,
): Promise<T> {
  const response = await request(service.servers[server]?.url ?? '')
    .post('/graphql')
    .set('authorization', `Bearer ${key ?? service.mine.key}`)
    .send({ query, ...(variables !== undefined && { variables }) });
  const { data, errors } = response.body as Answer;
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data as T;
}
async function act(name: string, input: object): Promise<void> {
  const { userErrors } = await service.act(name, { idempotencyKey: service.key(), ...input });
  expect(userErrors).toEqual([]);
}
const MERGE = `mutation ($input: MemberMergeInput!) { memberMerge(input: $input) {
  fromEpoch startsAt fromAccount intoAccount ownWallet userErrors { field code } } }`;
const merge = async (
  fromMemberId: string,
  intoMemberId: string,
  { key = service.key(), server = 0 } = {},
): Promise<Record<string, unknown>> => {
  const input = { fromMemberId, intoMemberId, idempotencyKey: key };
  const { memberMerge } = await askOn<{ memberMerge: Record<string, unknown> }>(server, MERGE, {
    input,
  });
  return memberMerge;
};
const record = async (
  server: number,
  memberId: string,
  eventId: string,
  atMs: number,
): Promise<string | undefined> => {
  const action = { memberId, eventId, rule: 'visit', occurredAt: new Date(atMs).toISOString() };
  const { actionsRecord } = await askOn<{ actionsRecord: { results: { status: string }[] } }>(
    server,
    'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
    { input: { actions: [action] } },
  );
  return actionsRecord.results[0]?.status;
};
interface Seen {
  readonly account: string;
  readonly mergedInto: object | null;
  readonly balance: { readonly settled: string; readonly locked: string; readonly pending: string };
}
const see = async (memberId: string, server = 0): Promise<Seen> => {
  const { member } = await askOn<{ member: Seen }>(
    server,
    `{ member(memberId: "${memberId}") { account balance { settled locked pending }
      mergedInto { memberId fromEpoch startsAt } } }`,
  );
  return member;
};
const settledOf = async (memberId: string): Promise<string> =>
  (await see(memberId)).balance.settled;
const movedTo = (old: string, into: string): Promise<void> =>
  until(`the points are moved: ${into} for the one that goes on`, async () => {
    return (await settledOf('old')) === old && (await settledOf('new')) === into;
  });

const merged = once(async () => {
  await service.moveClockTo(ROUND_MS);
  await service.earn('old', 50);
  await service.earn('new', 10);
  await service.mint(40n * TOKEN_UNITS);
  await act('reserveDeposit', { amount: '10' });
  await act('itemAdd', { price: '5', stock: 20, text: 'A cup' });
  await act('itemRedeem', { memberId: 'old', item: 1, maxPrice: '5' });
  const buyback = { pricePerPoint: '0.4', budgetPerRound: '20', minTender: '1' };
  await act('changeAnnounce', { terms: { buyback } });
  await act('changeObject', { memberId: 'old', change: 1, amount: '1' });
  await act('roundTender', { memberId: 'old', round: 0, amount: '40' });
  expect(await record(1, 'old', 'unsettled', ROUND_MS)).toBe('RECORDED');
  return Promise.all(
    Array.from({ length: 50 }, (_, index) => merge('old', 'new', { key: 'k', server: index % 2 })),
  );
});

describe('memberMerge', { timeout: SLOW_TIMEOUT_MS }, () => {
  it('is done once for 50 callers on two servers, and said by the member that was merged', async () => {
    const answers = await merged();
    const [old, into] = [await see('old'), await see('new', 1)];
    expect(answers[0]).toEqual({
      fromEpoch: FROM_EPOCH,
      startsAt: new Date(MERGED_MS).toISOString(),
      fromAccount: old.account,
      intoAccount: into.account,
      ownWallet: null,
      userErrors: [],
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { startsAt, fromEpoch } = answers[0] ?? {};
    expect(old.mergedInto).toEqual({ memberId: 'new', fromEpoch, startsAt });
    expect(into.mergedInto).toBeNull();
    // Until then, each has its own.
    expect([old.balance.settled, into.balance.settled]).toEqual(['54.00', '20.00']);
  });

  it('is in the audit log, with accounts in the place of ids', async () => {
    await merged();
    const filter = { sinceMs: null, untilMs: null, mutation: 'memberMerge' };
    const page = { below: null, limit: 1 };
    const [call] = await service.services.auditLog.list(TEST_ORGANISATION, filter, page);
    expect(call).toMatchObject({ programId: service.mine.program.id, actor: { kind: 'KEY' } });
    const { input, before } = call ?? {};
    expect(JSON.stringify([input, before])).not.toMatch(/"old|"new|\\"old|\\"new/);
    expect(String(before)).toContain((await see('old')).account);
  });

  it('is shown to a session of the member that was merged, and gives it nothing of the other one', async () => {
    await merged();
    const session = { memberId: 'old', idempotencyKey: service.key() };
    const { token } = await service.services.memberSessions.create(service.mine.program, session);
    const own = '{ viewer { member { memberId mergedInto { memberId fromEpoch } } } }';
    expect(await askOn(1, own, undefined, token)).toEqual({
      viewer: {
        member: { memberId: 'old', mergedInto: { memberId: 'new', fromEpoch: FROM_EPOCH } },
      },
    });
    await expect(
      askOn(1, '{ member(memberId: "new") { account } }', undefined, token),
    ).rejects.toThrow('FORBIDDEN');
  });

  it.each([
    ['old', 'new', 'fromMemberId ALREADY_MERGED'],
    ['new', 'old', 'intoMemberId ALREADY_MERGED'],
    ['new', 'new', 'intoMemberId INVALID_MERGE'],
    ['nobody', 'new', 'fromMemberId NOT_FOUND'],
    ['new', 'theirs', 'intoMemberId NOT_FOUND'],
    ['theirs', 'new', 'fromMemberId NOT_FOUND'],
  ])('of %s into %s is refused: %s', async (from, into, refusal) => {
    await merged();
    const occurredAt = new Date(STARTS_AT_MS + 3 * DAY_MS).toISOString();
    const action = { memberId: 'theirs', eventId: 'e', rule: 'visit', occurredAt };
    await askOn(
      0,
      'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
      { input: { actions: [action] } },
      service.theirs.key,
    );
    const { userErrors, fromEpoch } = await merge(from, into);
    const [field, code] = refusal.split(' ');
    expect([userErrors, fromEpoch]).toEqual([[{ field, code }], null]);
  });

  const begun = once(async () => {
    await merged();
    await service.moveClockTo(MERGED_MS + HOUR_MS);
    // 54 that were settled.
    await movedTo('0.00', '74.00');
  });
  it('moves settled points once its epoch has begun', begun);

  it('records under both ids for the one member, and for the old one what is of earlier epochs', async () => {
    await begun();
    const at = MERGED_MS + HOUR_MS;
    expect(await record(0, 'old', 'grace', MERGED_MS - 1)).toBe('RECORDED');
    expect(await record(1, 'old', 'now', at)).toBe('RECORDED');
    expect(await record(0, 'new', 'now', at)).toBe('DUPLICATE');
    expect(await record(0, 'new', 'other', at)).toBe('RECORDED');
    const [old, into] = await Promise.all(['old', 'new'].map((id) => see(id)));
    expect([old?.balance.pending, into?.balance.pending]).toEqual(['4.00', '4.00']);
    const found = `{ a: action(memberId: "old", eventId: "now") { memberId epoch }
      b: action(memberId: "new", eventId: "grace") { memberId epoch } }`;
    expect(await askOn(1, found)).toEqual({
      a: { memberId: 'new', epoch: FROM_EPOCH },
      b: { memberId: 'old', epoch: FROM_EPOCH - 1 },
    });
    const shown = `{ member(memberId: "old") { receipt(epoch: ${FROM_EPOCH - 1}) { account }
      history { edges { node { epoch } } } } }`;
    expect(await askOn(1, shown)).toEqual({
      member: {
        receipt: { account: old?.account },
        history: { edges: [{ node: { epoch: FROM_EPOCH - 1 } }] },
      },
    });
  });

  const followed = once(async () => {
    await begun();
    const collect = `mutation { a: dropsCollect(input: { memberId: "old" }) { userErrors { code } }
      b: dropsCollect(input: { memberId: "new" }) { userErrors { code } } }`;
    await askOn(0, collect);
    await until('what both earned is settled', async () => {
      const pending = await Promise.all(['old', 'new'].map((id) => see(id)));
      return pending.every(({ balance }) => balance.pending === '0.00');
    });
    // 60 visits at first, and four since: nothing is minted twice, and nothing is lost.
    const { issued } = await service.foundation.store.totals.supply(service.mine.program.id);
    expect(issued).toBe(12_800n);
    await movedTo('0.00', '82.00');
  });
  it('moves what is settled later', followed);

  const returned = once(async () => {
    await followed();
    const before = Number(await settledOf('new'));
    await act('orderRefund', { order: 1 });
    await movedTo('0.00', (before + 5).toFixed(2));
    await act('changeWithdraw', { change: 1 });
    // The keeper releases it by itself, or this does.
    await service.act('objectionRelease', {
      ...{ memberId: 'old', change: 1 },
      idempotencyKey: service.key(),
    });
    await movedTo('0.00', (before + 6).toFixed(2));
    await service.moveClockTo(STARTS_AT_MS + 6 * DAY_MS + HOUR_MS);
    // The reserve has money for a half of the 40 points.
    await movedTo('0.00', (before + 26).toFixed(2));
    expect((await see('old')).balance.locked).toBe('0.00');
  });
  it('moves what comes back from escrow: an order, an objection and a round', returned);

  it('leaves money of rounds to be sent by the id that tendered, and says where its points are', async () => {
    await returned();
    await act('moneySend', { memberId: 'old', to: OUTSIDE });
    const input = { memberId: 'old', item: 1, maxPrice: '5', idempotencyKey: service.key() };
    const { userErrors } = await service.act('itemRedeem', input);
    expect(userErrors).toMatchObject([
      {
        code: 'INSUFFICIENT_POINTS',
        message: expect.stringContaining('merged into "new"') as string,
      },
    ]);
  });

  it('is in the activity of both, which adds up to the balances', async () => {
    await returned();
    const sumOf = async (memberId: string): Promise<string> => {
      const { member } = await askOn<{
        member: { activity: { edges: { node: { kind: string; points: string | null } }[] } };
      }>(
        0,
        `{ member(memberId: "${memberId}") { activity(first: 100) { edges { node { kind points } } } } }`,
      );
      const signs: Record<string, number> = {
        ...{ SETTLED: 1, RETURNED: 1, RELEASED: 1, REFUNDED: 1, MERGED: 1 },
        ...{ TENDERED: -1, OBJECTED: -1, ORDERED: -1, MOVED: -1 },
      };
      return member.activity.edges
        .reduce((sum, { node }) => sum + (signs[node.kind] ?? 0) * Number(node.points ?? 0), 0)
        .toFixed(2);
    };
    expect([await sumOf('old'), await sumOf('new')]).toEqual([
      await settledOf('old'),
      await settledOf('new'),
    ]);
  });

  it('leaves the points of an own wallet in it', async () => {
    await returned();
    await service.earn('walleted', 5);
    const wallet = await service.openWallet();
    const { nowMs } = await service.foundation.chain.clock.now();
    const deadline = new Date(Math.floor(nowMs / 1_000) * 1_000 + DAY_MS).toISOString();
    const { accountMoveTypedData } = await askOn<{ accountMoveTypedData: { json: string } }>(
      0,
      `{ accountMoveTypedData(memberId: "walleted", to: "${wallet.address}", deadline: "${deadline}") { json } }`,
    );
    const signature = await wallet.sign(accountMoveTypedData.json);
    await act('accountMove', { memberId: 'walleted', to: wallet.address, deadline, signature });
    await until('the wallet is linked', async () => {
      const found = await service.services.members.find(service.mine.program, 'walleted');
      return (found?.links.length ?? 0) > 0;
    });
    const answer = await merge('walleted', 'new');
    expect(answer).toMatchObject({ ownWallet: wallet.address, userErrors: [] });
    const before = await settledOf('new');
    await service.moveClockTo(STARTS_AT_MS + (Number(answer['fromEpoch']) + 1) * DAY_MS);
    expect(await record(1, 'walleted', 'w', STARTS_AT_MS + 8 * DAY_MS)).toBe('RECORDED');
    await until(
      'it is earned by the other',
      async () => (await see('new')).balance.pending === '2.00',
    );
    expect([await settledOf('walleted'), await settledOf('new')]).toEqual(['10.00', before]);
  });
});
