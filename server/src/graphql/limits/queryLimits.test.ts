import type { Express } from 'express';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHttpOnlyApp, GOOD_KEY } from '../../testing/httpOnly.ts';

let app: Express;
beforeAll(async () => {
  app = await createHttpOnlyApp({
    scopes: ['actions:write', 'members:read', 'program:read'],
    services: {
      recordActions: {
        record: (_program, inputs) =>
          Promise.resolve(
            inputs.map(({ memberId, eventId }) => ({
              status: 'RECORDED',
              memberId: String(memberId),
              eventId: String(eventId),
              epoch: 3,
            })),
          ),
      },
      members: {
        find: () => Promise.resolve(null),
        findById: () => Promise.resolve(null),
        balance: () => Promise.reject(new Error('not reached')),
        history: () => Promise.reject(new Error('not reached')),
      },
    },
  });
});

const codeOf = async (query: string, variables: object = {}): Promise<unknown> => {
  const response = await request(app)
    .post('/graphql')
    .set('authorization', `Bearer ${GOOD_KEY}`)
    .send({ query, variables });
  const { errors } = response.body as { errors?: { extensions: { code: unknown } }[] };
  if (errors !== undefined) expect(response.status).toBe(400);
  return errors?.[0]?.extensions.code ?? 'OK';
};

const MEMBER_PAGE = `account
  balance { settled pending maturing asOfBlock stale }
  drops { epoch points maturing settlesAfter closesAt }
  history(first: $first) {
    edges { cursor node {
      epoch ruleSetVersion count amount points state transactionHash
      rule { ruleId name text perAction perMillionUnits maxCount maxPoints untilEpoch }
      RECEIPT
    } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }`;
const RECEIPT = 'receipt { chainId points account epoch lines pointsEarned signer signature }';
const MEMBER = MEMBER_PAGE.replace('RECEIPT', '');

describe('what a query may cost', () => {
  it('lets through all results of 500 actions', async () => {
    const actions = Array.from({ length: 500 }, (_, index) => ({
      memberId: 'm',
      eventId: `e${index}`,
      rule: 'visit',
      occurredAt: '2026-01-01T12:00:00Z',
    }));
    const query = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) {
      results { status memberId eventId epoch code field message } userErrors { field code message }
    } }`;
    expect(await codeOf(query, { input: { actions } })).toBe('OK');
  });

  it('lets through a member with a page of 100 rows and everything in it but receipts', async () => {
    const query = `query ($first: Int) { member(memberId: "m") { ${MEMBER} } }`;
    expect(await codeOf(query, { first: 100 })).toBe('OK');
  });

  it('lets through the receipts of 40 rows, and no more', async () => {
    const query = `query ($first: Int) { member(memberId: "m") { ${MEMBER_PAGE.replace('RECEIPT', RECEIPT)} } }`;
    expect(await codeOf(query, { first: 40 })).toBe('OK');
    expect(await codeOf(query, { first: 100 })).toBe('QUERY_TOO_COMPLEX');
  });

  it('counts rows that a variable asks for', async () => {
    const five = ['a', 'b', 'c', 'd', 'e']
      .map((alias) => `${alias}: member(memberId: "${alias}") { ${MEMBER} }`)
      .join(' ');
    expect(await codeOf(`query ($first: Int) { ${five} }`, { first: 100 })).toBe(
      'QUERY_TOO_COMPLEX',
    );
    expect(await codeOf(`query ($first: Int) { ${five} }`, { first: 20 })).toBe('OK');
    expect(await codeOf(`query ($first: Int = 100) { ${five} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('refuses many small questions that each cost the database much', async () => {
    const ask = (times: number): string =>
      Array.from(
        { length: times },
        (_, index) => `m${index}: member(memberId: "m") { balance { settled } }`,
      ).join(' ');
    expect(await codeOf(`{ ${ask(35)} }`)).toBe('OK');
    expect(await codeOf(`{ ${ask(100)} }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('refuses receipts for 500 actions at once, before anything is recorded', async () => {
    const actions = Array.from({ length: 500 }, (_, index) => ({
      memberId: 'm',
      eventId: `e${index}`,
      rule: 'visit',
      occurredAt: '2026-01-01T12:00:00Z',
    }));
    const query = `mutation ($input: ActionsRecordInput!) {
      actionsRecord(input: $input) { results { receipt { signature } } } }`;
    expect(await codeOf(query, { input: { actions } })).toBe('QUERY_TOO_COMPLEX');
  });

  it('refuses fragments within fragments that would multiply', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment f${index} on Member { ...f${index + 1} ... { ...f${index + 1} } }`,
    );
    const query = `{ member(memberId: "m") { ...f0 } } ${fragments.join(' ')}
      fragment f40 on Member { memberId }`;
    const startedAt = performance.now();
    expect(await codeOf(query)).toBe('QUERY_TOO_COMPLEX');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('refuses many fields at once', async () => {
    const fields = Array.from({ length: 10_001 }, (_, index) => `a${index}: name`).join(' ');
    expect(await codeOf(`{ program { ${fields} } }`)).toBe('QUERY_TOO_COMPLEX');
  });

  it('refuses a query that is nested too deep', async () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'name' : `... on Program { ${deep(levels - 1)} }`;
    expect(await codeOf(`{ program { ${deep(30)} } }`)).toBe('OK');
    const types = (levels: number): string =>
      levels === 0 ? 'name' : `fields { type { ${types(levels - 1)} } }`;
    expect(await codeOf(`{ __schema { types { ${types(6)} } } }`)).toBe('INVALID_QUERY');
  });

  it('lets GraphiQL read the schema', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect(await codeOf(getIntrospectionQuery())).toBe('OK');
  });
});
