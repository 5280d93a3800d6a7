import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../testing/builders/time.ts';
import { type Answer, once, startService, type TestService } from '../testing/service.ts';
import { accessIsolation } from '../testing/isolation/accessIsolation.ts';
import { mutationIsolation, fillTheirs } from '../testing/isolation/mutationIsolation.ts';
import { organisationIsolation } from '../testing/isolation/organisationIsolation.ts';
import { peopleIsolation } from '../testing/isolation/peopleIsolation.ts';
import { webhookIsolation } from '../testing/webhooks/webhookIsolation.ts';
import { encodeGlobalId } from './core/globalId.ts';
import { schema } from './schema.ts';

const ACTION = {
  memberId: 'shared',
  eventId: 'event-1',
  rule: 'visit',
  occurredAt: '2026-01-01T12:00:00Z',
};
const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) { results { status epoch } userErrors { code } }
}`;

let service: TestService;
/** Global ids of what belongs to the other program. */
let foreignIds: string[];
let theirTransactionId: string;

beforeAll(async () => {
  service = await startService();
  await service.moveClockTo(STARTS_AT_MS + 13 * HOUR_MS);
  const { theirs } = service;
  const maturesAt = '2026-01-05T00:00:00Z';
  await service.ask(theirs.key, RECORD, {
    input: { actions: [ACTION, { ...ACTION, memberId: 'theirs', eventId: 'event-2', maturesAt }] },
  });
  const member = await service.services.members.find(theirs.program, 'theirs');
  foreignIds = [
    encodeGlobalId('Program', theirs.program.id),
    encodeGlobalId('RuleSet', `${theirs.program.id}:0`),
    encodeGlobalId('Member', member?.id ?? ''),
  ];
  ({ transactionId: theirTransactionId } = await fillTheirs(service, askTheirs));
});
afterAll(() => service.close());

const mine = (query: string, variables?: object): Promise<Answer> =>
  service.ask(service.mine.key, query, variables);
const askTheirs = (query: string, variables?: object): Promise<Answer> =>
  service.ask(service.theirs.key, query, variables);

const refusesTheirs = async (name: string): Promise<void> => {
  const actions = '[{ memberId: "theirs", eventId: "event-2" }]';
  const { data } = await mine(
    `mutation { ${name}(input: { actions: ${actions} }) { results { status code } } }`,
  );
  expect(data).toEqual({ [name]: { results: [{ status: 'REJECTED', code: 'UNKNOWN_ACTION' }] } });
};
/** One test for each root field; a root field without one fails below. */
const ISOLATION: Readonly<Record<string, () => Promise<void>>> = {
  ...mutationIsolation({
    service: () => service,
    mine,
    theirs: askTheirs,
    theirTransactionId: () => theirTransactionId,
  }),
  ...accessIsolation({ service: () => service, mine, theirs: askTheirs }),
  ...webhookIsolation({ service: () => service, mine, theirs: askTheirs }),
  ...peopleIsolation(mine),
  ...organisationIsolation(mine),
  'Query.program': async () => {
    expect(await mine('{ program { name address } }')).toEqual({
      data: { program: { name: 'Mine', address: service.mine.program.address } },
    });
    const id = encodeGlobalId('Program', service.theirs.program.id);
    expect((await mine(`{ program(id: "${id}") { name } }`)).data).toEqual({
      program: { name: 'Theirs' },
    });
    for (const field of [
      'settlement { open }',
      'orders { asOfBlock }',
      'order(number: 1) { id }',
      'actions { edges { cursor } }',
      'rejectedActions { code }',
      'members { edges { cursor } }',
      'operatorAccount { address }',
      'origins',
      'recordingStopped { since }',
    ]) {
      const { data, errors } = await mine(`{ program(id: "${id}") { ${field} } }`);
      expect(Object.values(data?.['program'] ?? {}).filter((value) => value !== null)).toEqual([]);
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
  },
  'Query.member': async () => {
    const query = '{ member(memberId: "theirs") { account } }';
    expect(await mine(query)).toEqual({ data: { member: null } });
    expect((await askTheirs(query)).data).not.toEqual({ member: null });
  },
  'Query.action': async () => {
    const query = '{ action(memberId: "theirs", eventId: "event-2") { state } }';
    expect(await mine(query)).toEqual({ data: { action: null } });
    expect((await askTheirs(query)).data).toEqual({ action: { state: 'MATURING' } });
    const actions = '{ program { actions(memberId: "theirs") { edges { node { eventId } } } } }';
    expect((await mine(actions)).data).toEqual({ program: { actions: { edges: [] } } });
  },
  'Query.node': async () => {
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    for (const id of foreignIds) {
      expect(await mine(query, { id })).toEqual({ data: { node: null } });
      expect(await askTheirs(query, { id })).toEqual({ data: { node: { id } } });
    }
  },
  'Query.nodes': async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const nothing = foreignIds.map(() => null);
    expect(await mine(query, { ids: foreignIds })).toEqual({ data: { nodes: nothing } });
  },
  'Mutation.actionsRecord': async () => {
    const answer = await mine(RECORD, { input: { actions: [ACTION] } });
    expect(answer.data).toEqual({
      actionsRecord: { results: [{ status: 'RECORDED', epoch: 0 }], userErrors: [] },
    });
    const accounts = await Promise.all(
      [mine, askTheirs].map((ask) => ask('{ member(memberId: "shared") { account } }')),
    );
    expect(accounts[0]?.data).not.toEqual(accounts[1]?.data);
  },
  'Mutation.actionsVoid': () => refusesTheirs('actionsVoid'),
  'Mutation.actionsHold': () => refusesTheirs('actionsHold'),
  'Mutation.actionsRelease': () => refusesTheirs('actionsRelease'),
  'Mutation.programLookSet': async () => {
    const set = `mutation { programLookSet(input: { idempotencyKey: "look", origins: ["https://mine.example"], pointName: { en: "Mine" } }) { userErrors { code } } }`;
    expect((await mine(set)).data).toEqual({ programLookSet: { userErrors: [] } });
    const { data } = await askTheirs('{ program { origins look { pointName { en } } } }');
    expect(data).toEqual({ program: { origins: [], look: { pointName: null } } });
  },
  'Mutation.orderNoteSet': async () => {
    const query = (key: string): string =>
      `mutation { orderNoteSet(input: { order: 1, note: "for mine", idempotencyKey: "${key}" }) { order { note } userErrors { code field } } }`;
    // Order 1 is theirs.
    expect((await mine(query('n'))).data).toEqual({
      orderNoteSet: { order: null, userErrors: [{ code: 'NOT_FOUND', field: 'order' }] },
    });
    const { data } = await askTheirs('{ program { order(number: 1) { note } } }');
    expect(data).toEqual({ program: { order: { note: null } } });
  },
  'Mutation.dropsCollect': async () => {
    const answer = await mine(
      'mutation { dropsCollect(input: { memberId: "theirs" }) { drops { epoch } userErrors { code field } } }',
    );
    expect(answer.data).toEqual({
      dropsCollect: { drops: [], userErrors: [{ code: 'NOT_FOUND', field: 'memberId' }] },
    });
  },
};

const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
);

describe('a key of one program sees nothing of another', () => {
  it.each(rootFields)('through %s', async (field) => {
    const test = ISOLATION[field];
    if (test === undefined) throw new Error(`${field} has no test that it is kept to its program`);
    await test();
  });
});

describe('what a member sees', () => {
  const settled = once(async () => {
    const { mine: me } = service;
    const maturesAt = '2026-01-03T00:00:00Z';
    const occurredAt = '2026-01-01T13:00:00Z';
    const actions = [
      { memberId: 'mei', eventId: '1', rule: 'purchase', amount: '1234', occurredAt },
      { memberId: 'mei', eventId: '2', rule: 'visit', count: 2, occurredAt, maturesAt },
      { memberId: 'mei', eventId: '3', rule: 'visit', occurredAt, maturesAt },
    ];
    await mine(RECORD, { input: { actions } });
    const query = `{ member(memberId: "mei") {
      balance { settled pending maturing stale }
      drops { epoch points maturing settlesAfter }
      history(first: 5) { edges { node { rule { name } count amount points state transactionHash } } }
    } }`;
    expect((await mine(query)).data).toEqual({
      member: {
        balance: { settled: '0.00', pending: '18.34', maturing: '6.00', stale: false },
        drops: [
          {
            epoch: 0,
            points: '12.34',
            maturing: '6.00',
            settlesAfter: '2026-01-02T06:00:00.000Z',
          },
        ],
        history: {
          edges: [
            {
              node: {
                rule: { name: 'purchase' },
                count: 1,
                amount: '1234',
                points: '12.34',
                state: 'PENDING',
                transactionHash: null,
              },
            },
            {
              node: {
                rule: { name: 'visit' },
                count: 3,
                amount: '0',
                points: '6.00',
                state: 'MATURING',
                transactionHash: null,
              },
            },
          ],
        },
      },
    });

    const voided = await mine(
      'mutation { actionsVoid(input: { actions: [{ memberId: "mei", eventId: "3", reason: "returned" }] }) { results { status code } userErrors { code } } }',
    );
    expect(voided.data).toEqual({
      actionsVoid: { results: [{ status: 'VOIDED', code: null }], userErrors: [] },
    });
    await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS);
    await service.settled(me.program);

    const answer = (await mine(query)).data as {
      member: {
        balance: object;
        drops: unknown[];
        history: { edges: { node: { state: string; transactionHash: string } }[] };
      };
    };
    expect(answer.member.balance).toEqual({
      settled: '16.34',
      pending: '0.00',
      maturing: '0.00',
      stale: false,
    });
    expect(answer.member.drops).toEqual([]);
    const { edges } = answer.member.history;
    // What was voided comes last and was never settled; its reason stays.
    expect(edges.at(-1)?.node).toMatchObject({ state: 'VOIDED', count: 1, points: '0.00' });
    const reasons = await mine(
      '{ member(memberId: "mei") { history(first: 5) { edges { node { eventId reason voidedAt } } } } }',
    );
    expect(reasons.data).toEqual({
      member: {
        history: {
          edges: [
            { node: { eventId: null, reason: null, voidedAt: null } },
            { node: { eventId: null, reason: null, voidedAt: null } },
            {
              node: {
                eventId: '3',
                reason: 'returned',
                voidedAt: expect.any(String) as string,
              },
            },
          ],
        },
      },
    });
    expect(edges).toHaveLength(3);
    for (const { node } of edges.slice(0, 2)) {
      expect(node.state).toBe('SETTLED');
      expect(node.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    }
  });
  it('goes from maturing and pending to settled, with the transaction, on the real chain', settled);

  it('turns its history in pages that leave nothing out and show nothing twice', async () => {
    await settled();
    const occurredAt = '2026-01-04T00:00:00Z';
    const names = ['purchase', 'visit'];
    const actions = names.map((rule) => ({ memberId: 'mei', eventId: rule, rule, occurredAt }));
    await mine(RECORD, { input: { actions } });
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const { data } = await mine(
        `query ($after: String) { member(memberId: "mei") { history(first: 1, after: $after) {
          edges { node { epoch state rule { name } } } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      const { history } = (
        data as {
          member: {
            history: {
              edges: { node: { epoch: number; state: string; rule: { name: string } } }[];
              pageInfo: { hasNextPage: boolean; endCursor: string };
            };
          };
        }
      ).member;
      seen.push(
        ...history.edges.map(({ node }) => `${node.epoch} ${node.rule.name} ${node.state}`),
      );
      after = history.pageInfo.endCursor;
      if (!history.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual([
      '3 purchase PENDING',
      '3 visit PENDING',
      '0 purchase SETTLED',
      '0 visit SETTLED',
      '0 visit VOIDED',
    ]);
  });

  it.each([
    ['first: 0', 'OUT_OF_RANGE', 'first'],
    ['first: 101', 'OUT_OF_RANGE', 'first'],
    ['first: -1', 'OUT_OF_RANGE', 'first'],
    ['after: "x"', 'MALFORMED', 'after'],
  ])('is told what is wrong with history(%s)', async (args, code, field) => {
    await settled();
    const { errors } = await mine(
      `{ member(memberId: "mei") { history(${args}) { pageInfo { hasNextPage } } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code, field });
  });

  it.each(['', 'x', 'TWVtYmVy', 'a'.repeat(300), encodeGlobalId('ApiKey', 'key_1')])(
    'is told that %j is no global id',
    async (id) => {
      const { errors } = await mine('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'MALFORMED', field: 'id' });
    },
  );
});
