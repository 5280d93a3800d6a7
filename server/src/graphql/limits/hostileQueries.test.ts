import type { Express } from 'express';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import request, { type Response } from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { createHttpOnlyApp, GOOD_KEY } from '../../testing/httpOnly.ts';
import type { GraphqlServices } from '../core/context.ts';
import { encodeGlobalId } from '../core/globalId.ts';
import { MAX_ANSWER_BYTES } from './answerSize.ts';
import { MAX_LINES, MAX_NAME_CHARACTERS } from './documentText.ts';

/** How often a service was asked: by which the cost of a query is true. */
let calls = 0;
const asked = <T>(answer: T) => {
  calls += 1;
  return Promise.resolve(answer);
};
const AS_OF = { asOfBlock: 12, stale: false };
/** A rule set with the longest words that the contract takes. */
const RULES = Array.from({ length: 32 }, (_, ruleId) => ({
  ...{ id: ruleId, name: '\u0001'.repeat(64), text: '\u0001'.repeat(512) },
  ...{ perAction: 100n, perUnit: 0n, maxCount: 0n, maxPoints: 0n, untilEpoch: 0 },
}));
const WORDY = {
  ...INVENTED_PROGRAM,
  ruleSets: Array.from({ length: 100 }, (_, version) => ({
    ...{ version, fromEpoch: version, budgetPerEpoch: 1n, rules: RULES },
    ...{ blockNumber: 1, transactionHash: `0x${'ab'.repeat(32)}` },
  })),
};

let app: Express;
beforeAll(async () => {
  app = await createHttpOnlyApp({
    scopes: ['actions:write', 'members:read', 'program:read'],
    services: {
      recordActions: { record: () => asked([]) },
      programs: { get: () => asked(WORDY) },
      totals: { asOf: () => asked({ blockNumber: 12, atMs: 0 }) },
      members: { find: () => asked(null), findById: () => asked(null) },
      rounds: { list: () => asked({ rows: [], hasNextPage: false, ...AS_OF }) },
    } as unknown as Partial<GraphqlServices>,
  });
});
beforeEach(() => {
  calls = 0;
});

const PROGRAM = encodeGlobalId('Program', INVENTED_PROGRAM.id);
const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

async function send(query: string, variables: object = {}, key: string | null = null) {
  const call = request(app).post('/graphql');
  if (key !== null) call.set('authorization', `Bearer ${key}`);
  return call.send({ query, variables });
}
const codeIn = ({ body }: Response): unknown => {
  const { errors } = body as { errors?: { extensions: { code: unknown } }[] };
  return errors?.[0]?.extensions.code ?? 'OK';
};
const keyed = async (query: string, variables: object = {}): Promise<unknown> =>
  codeIn(await send(query, variables, GOOD_KEY));
const unkeyed = async (query: string, variables: object = {}): Promise<unknown> =>
  codeIn(await send(query, variables));

const WHOLE_TYPES = `fragment F on __Schema { types { name description fields { name description
  args { name description type { name } } type { name ofType { name } } } } }`;

describe('questions about the schema', () => {
  it.each([2, 100, 600])('refuses it %i times over in one request without a key', async (times) => {
    const query = `{ ${many(times, (index) => `a${index}: __schema { ...F }`)} } ${WHOLE_TYPES}`;
    const response = await send(query);
    expect(codeIn(response)).toBe(times === 2 ? 'OK' : 'QUERY_TOO_COMPLEX');
    expect(response.text.length).toBeLessThan(times === 2 ? 500_000 : 1_000);
  });

  it('counts the lists that the schema really has', async () => {
    const deep = `{ __schema { types { fields { type { fields { ${many(20, (i) => `a${i}: name`)} } } } } } }`;
    expect(await unkeyed(deep)).toBe('QUERY_TOO_COMPLEX');
    const one = `{ __type(name: "Query") { fields { ${many(20, (i) => `a${i}: name`)} } } }`;
    expect(await unkeyed(one)).toBe('OK');
  });

  it('counts them under a fragment, and beside other fields', async () => {
    const inFragment = `query { ...Q } fragment Q on Query { ${many(100, (i) => `a${i}: __schema { ...F }`)} } ${WHOLE_TYPES}`;
    expect(await unkeyed(inFragment)).toBe('QUERY_TOO_COMPLEX');
    const names = many(2_900, (index) => `n${index}: name`);
    const beside = `{ program(id: "${PROGRAM}") { ${names} } __schema { ...F } } ${WHOLE_TYPES}`;
    expect(await unkeyed(beside)).toBe('QUERY_TOO_COMPLEX');
  });

  it('answers the whole schema to tools, without a key, each of the two times that they ask', async () => {
    const query = getIntrospectionQuery({
      ...{ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true },
      ...{ inputValueDeprecation: true, oneOf: true },
    });
    const first = await send(query);
    const again = await send(`# the same\n${query}\n`);
    expect(codeIn(first)).toBe('OK');
    expect(again.text).toBe(first.text);
    const { data } = first.body as { data: IntrospectionQuery };
    expect(buildClientSchema(data).getQueryType()?.getFields()).toHaveProperty('program');
  });

  it('does not give one question the answer of another', async () => {
    const query = 'query ($name: String!) { __type(name: $name) { name } }';
    const typeOf = async (name: string) => (await send(query, { name })).body as unknown;
    expect(await typeOf('Query')).toEqual({ data: { __type: { name: 'Query' } } });
    expect(await typeOf('Mutation')).toEqual({ data: { __type: { name: 'Mutation' } } });
    const two =
      'query A { __type(name: "Query") { name } } query B { __type(name: "ID") { name } }';
    for (const [operationName, name] of [
      ['A', 'Query'],
      ['B', 'ID'],
    ] as const) {
      const response = await request(app).post('/graphql').send({ query: two, operationName });
      expect(response.body).toEqual({ data: { __type: { name } } });
    }
  });
});

describe('what is counted', () => {
  it('counts a list that is the default of a variable', async () => {
    const ids = Array.from({ length: 100 }, () => '"TWVtYmVyOjE"').join(', ');
    const fields = many(120, (index) => `a${index}: id`);
    const query = `query ($ids: [ID!]! = [${ids}]) { nodes(ids: $ids) { ${fields} } }`;
    expect(await keyed(query)).toBe('QUERY_TOO_COMPLEX');
    expect(await keyed(query, { ids: ['TWVtYmVyOjE'] })).toBe('OK');
    expect(await keyed(`query { nodes(ids: [${ids}]) { ${fields} } }`)).toBe('QUERY_TOO_COMPLEX');
    const inInput = `mutation ($actions: [ActionInput!]! = [${many(500, () => '{memberId:"m",eventId:"e",rule:"r",occurredAt:"2026-01-01T00:00:00Z"}')}]) {
      actionsRecord(input: { actions: $actions }) { results { ${many(20, (i) => `a${i}: status`)} } } }`;
    expect(await keyed(inInput)).toBe('QUERY_TOO_COMPLEX');
    expect(calls).toBe(1);
  });

  it('counts each id, and each action, whatever is asked of it', async () => {
    const ids = Array.from({ length: 100 }, () => 'TWVtYmVyOjE');
    const nodes = `query ($ids: [ID!]!) { ${many(10, (i) => `n${i}: nodes(ids: $ids) { __typename }`)} }`;
    expect(await keyed(nodes, { ids })).toBe('QUERY_TOO_COMPLEX');
    const actions = Array.from({ length: 500 }, () => ({}));
    const twice = `mutation ($input: ActionsRecordInput!) { ${many(4, (i) => `m${i}: actionsRecord(input: $input) { __typename }`)} }`;
    expect(await keyed(twice, { input: { actions } })).toBe('QUERY_TOO_COMPLEX');
    expect(calls).toBe(0);
  });

  it('counts pages of which the size is left out, or null, in fragments too', async () => {
    const fields = many(60, (index) => `a${index}: number`);
    const lists = `rounds { edges { node { ${fields} } } } r2: rounds { edges { node { ${fields} } } }
      r3: rounds { edges { node { ${fields} } } } r4: rounds { edges { node { ${fields} } } }`;
    const ask = `{ program(id: "${PROGRAM}") { ...P } } fragment P on Program`;
    expect(await unkeyed(`${ask} { ${lists} }`)).toBe('QUERY_TOO_COMPLEX');
    const size = 'query ($first: Int = 1)';
    const sized = `{ ${lists.replaceAll(/rounds \{/g, 'rounds(first: $first) {')} }`;
    expect(await unkeyed(`${size} ${ask} ${sized}`)).toBe('OK');
    expect(await unkeyed(`${size} ${ask} ${sized}`, { first: null })).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts the names of types, in every row', async () => {
    const names = many(60, (index) => `a${index}: __typename`);
    const query = `{ program(id: "${PROGRAM}") { rounds(first: 100) { edges { node { ${names} } } } } }`;
    expect(await unkeyed(query)).toBe('QUERY_TOO_COMPLEX');
    expect(calls).toBe(0);
  });

  it('asks the services no more often than the cost allows', async () => {
    const query = (times: number): string =>
      `{ ${many(times, (index) => `a${index}: program(id: "${PROGRAM}") { ruleSets { asOfBlock } }`)} }`;
    expect(await unkeyed(query(100))).toBe('OK');
    expect(calls).toBe(200);
    expect(await unkeyed(query(120))).toBe('QUERY_TOO_COMPLEX');
    expect(calls).toBe(200);
  });
});

describe('how long an answer may be', () => {
  it('is bounded though texts are long: a typed error instead', async () => {
    const texts = `{ program(id: "${PROGRAM}") { ruleSets(first: 70) { edges { node { rules { text } } } } } }`;
    const response = await send(texts);
    expect(codeIn(response)).toBe('QUERY_TOO_COMPLEX');
    expect(Buffer.byteLength(response.text)).toBeLessThan(MAX_ANSWER_BYTES);
    const fewer = await send(texts.replace('70', '10'));
    expect(codeIn(fewer)).toBe('OK');
    expect(fewer.text.length).toBeGreaterThan(900_000);
  });

  it('is bounded though names are long: every row would repeat them', async () => {
    const ask = (name: string): string =>
      `{ program(id: "${PROGRAM}") { ruleSets(first: 70) { edges { node { rules { ${name}: ruleId } } } } } }`;
    const response = await send(ask('a'.repeat(MAX_NAME_CHARACTERS)));
    expect(codeIn(response)).toBe('OK');
    expect(Buffer.byteLength(response.text)).toBeLessThan(MAX_ANSWER_BYTES);
    expect(await unkeyed(ask('a'.repeat(MAX_NAME_CHARACTERS + 1)))).toBe('QUERY_TOO_COMPLEX');
    expect(await unkeyed(ask('a'.repeat(40_000)))).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('texts that are too much to be parsed or checked', () => {
  it.each([
    ['5,000 selections within one another', `{ ${'a { '.repeat(5_000)} b ${'} '.repeat(5_000)} }`],
    ['lists within lists', `{ program(id: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { name } }`],
    [
      'a chain of 3,000 fragments',
      `{ program { ...f0 } } ${many(3_000, (i) => `fragment f${i} on Program { ...f${i + 1} }`)} fragment f3000 on Program { name }`,
    ],
    ['3,000 operations', many(3_000, (index) => `query q${index} { __typename }`)],
    ['one field 1,000 times', `{ program { ${'name '.repeat(1_000)} } }`],
    ['one field with fields 1,000 times', `{ ${'program { name } '.repeat(1_000)} }`],
    [
      'one fragment 1,000 times',
      `{ program { ${'...f '.repeat(1_000)} } } fragment f on Program { name }`,
    ],
    ['one alias 1,000 times', `{ ${many(1_000, (i) => `a: program(id: "${i}") { name }`)} }`],
    ['blank lines', `{${'\n'.repeat(MAX_LINES)} __typename }`],
    ['60,000 tokens', `{ __typename ${'!'.repeat(60_000)} }`],
  ])('refuses %s', async (_name, query) => {
    const response = await send(query, {}, GOOD_KEY);
    expect(response.status).toBe(400);
    expect(codeIn(response)).toBe('QUERY_TOO_COMPLEX');
    expect(response.text).not.toMatch(/stack|Maximum call/i);
    expect(calls).toBe(0);
  });

  it('lets through a text as long as those of real apps', async () => {
    const members = many(60, (index) => `m${index}: member(memberId: "${index}") { ...M }`);
    const fragments = many(50, (index) => `fragment f${index} on Member { memberId account }`);
    const used = many(50, (index) => `...f${index}`);
    expect(await keyed(`{ ${members} } fragment M on Member { ${used} } ${fragments}`)).toBe('OK');
    const unlike = `{ # name name\n a: __typename @include(if: true) # : \n b: __typename ... on Query @skip(if: false) { c: __typename } }`;
    expect(await unkeyed(unlike)).toBe('OK');
  });

  it('names the fields of a hundred bad values in one look at the text', async () => {
    const bad = many(3_000, () => '{ memberId: 1, eventId: 2, rule: 3, occurredAt: 4 }');
    const response = await send(`{ nodes(ids: [${bad}]) { id } }`, {}, GOOD_KEY);
    const { errors } = response.body as { errors: { extensions: object }[] };
    expect(errors.length).toBeLessThanOrEqual(101);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'ids[0]',
    });
  });
});
