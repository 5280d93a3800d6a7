import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../testing/builders/program.ts';
import { goodProgram } from '../testing/badPrograms.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../testing/builders/time.ts';
import { once, startService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

async function act(name: string, input: object): Promise<void> {
  const { userErrors } = await service.act(name, { idempotencyKey: service.key(), ...input });
  expect(userErrors).toEqual([]);
}
const read = async (query: string, key: string | null = service.mine.key): Promise<unknown> => {
  const { data, errors } = await service.ask(key, query);
  expect(errors).toBeUndefined();
  return data;
};
const RECORD = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status message } } }`;
const record = (...actions: object[]): Promise<unknown> => {
  const occurredAt = new Date(STARTS_AT_MS + HOUR_MS).toISOString();
  return service.ask(service.mine.key, RECORD, {
    input: { actions: actions.map((action) => ({ rule: 'visit', occurredAt, ...action })) },
  });
};

const story = once(async () => {
  await service.moveClockTo(STARTS_AT_MS + 2 * HOUR_MS);
  await service.earn('mei', 50);
  await service.earn('lan', 10);
  await act('itemAdd', { price: '5', stock: 3, text: 'A cup' });
  await act('itemRedeem', { memberId: 'mei', item: 1, quantity: 2, maxPrice: '5' });
});

describe('a complaint', () => {
  it('is answered by one action: what became of it, why, and in which transaction', async () => {
    await story();
    // 1,000 points an epoch are minted at most, and 120 are.
    await record(
      { memberId: 'big', eventId: 'b1', count: 600, actor: 'Ann', reason: 'a gift' },
      { memberId: 'big', eventId: 'b2', rule: 'review', maturesAt: '2026-01-05T00:00:00Z' },
    );
    await service.ask(
      service.mine.key,
      'mutation { dropsCollect(input: { memberId: "big" }) { userErrors { code } } }',
    );
    const seen = async (): Promise<Record<string, unknown>> => {
      const answer = await read(`{ action(memberId: "big", eventId: "b1") {
        state heldBack points actor reason epoch rule { name } why
        settled { blockNumber transactionHash at }
        statement { points minted maturing heldBack askedAt } } }`);
      return (answer as { action: Record<string, unknown> }).action;
    };
    await expect.poll(async () => (await seen())['heldBack']).toBe('BUDGET');
    const action = await seen();
    expect(action).toMatchObject({
      state: 'PENDING',
      points: '1200.00',
      actor: 'Ann',
      reason: 'a gift',
      epoch: 0,
      rule: { name: 'visit' },
      settled: { at: expect.any(String) as string },
      statement: { points: '1200.00', minted: '880.00', maturing: '1.00', heldBack: 'BUDGET' },
    });
    expect(action['why']).toContain('budget');

    const answer = await read(`{ member(memberId: "big") {
      drops { points maturing heldBack askedAt parts { rule { name } ruleSetVersion count points maturing maturesAt } }
      history(first: 5, fromEpoch: 0) { edges { node { state points minted heldBack settled { transactionHash } actions { edges { node { eventId } } } } } }
    } }`);
    const { member } = answer as { member: { drops: { askedAt: string | null }[] } };
    expect(member).toMatchObject({
      drops: [
        {
          points: '320.00',
          maturing: '1.00',
          heldBack: 'BUDGET',
          parts: [
            { rule: { name: 'visit' }, count: 600, points: '320.00', maturesAt: null },
            {
              rule: { name: 'review' },
              count: 1,
              maturing: '1.00',
              maturesAt: '2026-01-05T00:00:00.000Z',
            },
          ],
        },
      ],
      history: {
        edges: [
          {
            node: {
              state: 'PENDING',
              points: '1200.00',
              minted: '880.00',
              heldBack: 'BUDGET',
              actions: { edges: [{ node: { eventId: 'b1' } }] },
            },
          },
          { node: { state: 'MATURING', actions: { edges: [{ node: { eventId: 'b2' } }] } } },
        ],
      },
    });
    expect(member.drops[0]?.askedAt).not.toBeNull();
    expect(
      await read('{ member(memberId: "big") { history(fromEpoch: 1) { edges { cursor } } } }'),
    ).toEqual({
      member: { history: { edges: [] } },
    });
  });

  it('finds actions by member and state, and what was rejected', async () => {
    await story();
    await record(
      { memberId: 'sun', eventId: 's1' },
      { memberId: 'sun', eventId: 's2', rule: 'no' },
    );
    const list = (args: string): Promise<unknown> =>
      read(
        `{ program { actions(${args}) { edges { node { memberId eventId state } } pageInfo { hasNextPage } } } }`,
      );
    expect(await list('memberId: "big", state: MATURING')).toEqual({
      program: {
        actions: {
          edges: [{ node: { memberId: 'big', eventId: 'b2', state: 'MATURING' } }],
          pageInfo: { hasNextPage: false },
        },
      },
    });
    expect(await list('memberId: "nobody"')).toMatchObject({ program: { actions: { edges: [] } } });
    expect(
      await read(
        '{ program { rejectedActions { code count samples { memberId eventId field } } } }',
      ),
    ).toEqual({
      program: {
        rejectedActions: [
          {
            code: 'UNKNOWN_RULE',
            count: 1,
            samples: [{ memberId: 'sun', eventId: 's2', field: 'rule' }],
          },
        ],
      },
    });
  });
});

describe('an order', () => {
  it('names its member, and carries a note to it', async () => {
    await story();
    const SET = `mutation ($input: OrderNoteSetInput!) { orderNoteSet(input: $input) {
      order { number note member { memberId } } userErrors { field code } } }`;
    const set = async (input: object): Promise<unknown> =>
      (await service.ask(service.mine.key, SET, { input })).data?.['orderNoteSet'];
    const note = 'Voucher 4711\nat the counter 取货';
    const input = { order: 1, note, idempotencyKey: 'note-1' };
    const noted = { order: { number: 1, note, member: { memberId: 'mei' } }, userErrors: [] };
    const answers = await Promise.all(Array.from({ length: 50 }, () => set(input)));
    expect(answers).toEqual(answers.map(() => noted));
    expect(
      await read('{ member(memberId: "mei") { orders { edges { node { note } } } } }'),
    ).toEqual({
      member: { orders: { edges: [{ node: { note } }] } },
    });
    expect(await set({ ...input, note: 'other' })).toEqual({
      order: null,
      userErrors: [{ field: 'idempotencyKey', code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
    const refused = async (more: object): Promise<unknown> =>
      ((await set({ ...input, idempotencyKey: service.key(), ...more })) as { userErrors: unknown })
        .userErrors;
    expect(await refused({ order: 9 })).toEqual([{ field: 'order', code: 'NOT_FOUND' }]);
    expect(await refused({ note: 'x'.repeat(2_001) })).toEqual([
      { field: 'note', code: 'TOO_LONG' },
    ]);
    expect(await refused({ note: 'a\u0000b' })).toEqual([{ field: 'note', code: 'MALFORMED' }]);
    expect(await refused({ note: '' })).toEqual([]);
    expect(await read('{ program { order(number: 1) { note } } }')).toEqual({
      program: { order: { note: null } },
    });
  });
});

describe('members', () => {
  interface Listed {
    readonly edges: { readonly node: { readonly memberId: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const list = async (args: string): Promise<Listed> => {
    const answer = await read(`{ program { members(${args}) {
      edges { node { memberId settled lastActivityAt } } pageInfo { hasNextPage endCursor } } } }`);
    return (answer as { program: { members: Listed } }).program.members;
  };
  const idsOf = ({ edges }: Listed): string[] => edges.map(({ node }) => node.memberId);

  it('are listed by activity or id, and found by the beginning of an id or by an account', async () => {
    await story();
    await record(...['m-1', 'm-2', 'm-3', 'M-4'].map((memberId) => ({ memberId, eventId: '1' })));
    await service.moveClockTo(STARTS_AT_MS + DAY_MS + HOUR_MS);
    const occurredAt = new Date(STARTS_AT_MS + DAY_MS).toISOString();
    await record({ memberId: 'm-2', eventId: '2', occurredAt });
    await expect.poll(async () => idsOf(await list('first: 1'))[0]).toBe('m-2');
    const everyone: string[] = [];
    for (let after = '', more = true; more;) {
      const page = await list(`first: 2${after === '' ? '' : `, after: "${after}"`}`);
      everyone.push(...idsOf(page));
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    expect(new Set(everyone).size).toBe(everyone.length);
    expect(everyone).toEqual(expect.arrayContaining(['mei', 'lan', 'm-1', 'm-2', 'm-3', 'M-4']));
    expect(idsOf(await list('order: MEMBER_ID, first: 3'))).toEqual([
      'M-4',
      ...(everyone.includes('big') ? ['big', 'lan'] : ['lan', 'm-1']),
    ]);
    expect(idsOf(await list('search: "m-"'))).toEqual(['m-1', 'm-2', 'm-3']);
    const first = await list('search: "m-", first: 2');
    expect(
      idsOf(await list(`search: "m-", first: 2, after: "${first.pageInfo.endCursor}"`)),
    ).toEqual(['m-3']);
    const answer = await read('{ member(memberId: "mei") { account } }');
    const { account } = (answer as { member: { account: string } }).member;
    const [found] = (await list(`search: "${account.toLowerCase()}"`)).edges;
    expect(found?.node).toMatchObject({
      memberId: 'mei',
      settled: '90.00',
      lastActivityAt: expect.stringContaining('2026-01-01T') as string,
    });
    expect(idsOf(await list('search: "nothing"'))).toEqual([]);
  });
});

describe('a program', () => {
  it('shows everyone its creation, its holders and its limits, and its operator the account', async () => {
    await story();
    const { program } = service.mine;
    const publicFields = `{ program(address: "${program.address}") {
      createdAt { at blockNumber transactionHash } holders
      limits { graceSeconds aheadSeconds voidMarginSeconds actionsPerMemberAndEpoch paidCalls paidCallsSeconds } } }`;
    const before = await read(publicFields, null);
    expect(before).toMatchObject({
      program: {
        createdAt: {
          at: new Date(program.createdAtMs).toISOString(),
          blockNumber: program.createdAtBlock,
          transactionHash: program.createdBy,
        },
        limits: {
          graceSeconds: 21_600,
          aheadSeconds: 300,
          voidMarginSeconds: 120,
          actionsPerMemberAndEpoch: 10_000,
          paidCalls: 60,
          paidCallsSeconds: 3_600,
        },
      },
    });
    const account = await read('{ program { operatorAccount { address money gas } } }');
    expect(account).toMatchObject({
      program: { operatorAccount: { address: service.foundation.operator, gas: '0' } },
    });
  });

  it('counts those who hold and those who have tendered, as they come and go', async () => {
    await story();
    const counts = async (): Promise<unknown> =>
      ((await read('{ program { holders round(number: 0) { holders } } }')) as { program: unknown })
        .program;
    await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS + 60_000);
    // What the budget of the first day held back, and what was never collected, comes in by itself.
    await service.settled(service.mine.program);
    const { holders } = (await counts()) as { holders: number };
    await service.earn('newcomer', 5);
    expect(await counts()).toEqual({ holders: holders + 1, round: { holders: 0 } });
    await act('roundTender', { memberId: 'newcomer', round: 0, amount: '10' });
    await act('roundTender', { memberId: 'mei', round: 0, amount: '1' });
    await act('roundTender', { memberId: 'mei', round: 0, amount: '2' });
    expect(await counts()).toEqual({ holders, round: { holders: 2 } });
    await act('roundUntender', { memberId: 'newcomer', round: 0, amount: '10' });
    expect(await counts()).toEqual({ holders: holders + 1, round: { holders: 1 } });
  });

  it('is created on paper first', async () => {
    const { nowMs } = await service.foundation.chain.clock.now();
    const CREATE = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
      address program { address } transaction { status } userErrors { field code } } }`;
    // The epoch of its start has to be the current one.
    const startsAt = new Date(nowMs - (nowMs % HOUR_MS)).toISOString();
    const token = service.mine.program.settlementToken.address;
    const input = { ...goodProgram(token), startsAt, idempotencyKey: 'on-paper' };
    const create = async (more: object): Promise<Record<string, unknown>> =>
      (await service.ask(service.mine.key, CREATE, { input: { ...input, ...more } })).data?.[
        'programCreate'
      ] as Record<string, unknown>;
    const tried = await create({ dryRun: true });
    expect(tried).toMatchObject({ program: null, transaction: null, userErrors: [] });
    expect((await create({ dryRun: true, noticeSeconds: 1 }))['userErrors']).toEqual([
      { field: 'noticeSeconds', code: 'OUT_OF_RANGE' },
    ]);
    const created = await create({});
    expect(created['address']).toBe(tried['address']);
  });
});
