import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_ORGANISATION } from '../../testing/builders/program.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';
import type { GraphqlServices } from '../core/context.ts';
import { encodeGlobalId } from '../core/globalId.ts';

let service: TestService;
let services: GraphqlServices;
beforeAll(async () => {
  service = await startService();
  services = graphqlServicesOf(service.foundation);
});
afterAll(() => service.close());

const owner = personOf('owner');
const ask = (query: string, input?: object, person = owner): Promise<Answer> =>
  askAs(services, person, query, input === undefined ? {} : { input });

const KEY = 'id name scopes program { name } createdAt expiresAt revokedAt lastUsedAt';
const CREATE = `mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) {
  key apiKey { ${KEY} } userErrors { field code } } }`;
const ROTATE = `mutation ($input: ApiKeyRotateInput!) { apiKeyRotate(input: $input) {
  key apiKey { ${KEY} } oldApiKey { id expiresAt } userErrors { field code } } }`;
const REVOKE = `mutation ($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) {
  apiKey { id revokedAt } userErrors { field code } } }`;

interface Made {
  readonly key: string;
  readonly apiKey: { readonly id: string; readonly [field: string]: unknown };
  readonly oldApiKey?: { readonly id: string; readonly expiresAt: string };
  readonly userErrors: readonly unknown[];
}
const payload = ({ data, errors }: Answer, name: string): Made => {
  expect(errors).toBeUndefined();
  return data?.[name] as Made;
};
const refusals = (answer: Answer, name: string): unknown => payload(answer, name).userErrors;

let count = 0;
const wanted = (more: object = {}): object => ({
  ...{ name: 'till', scopes: ['PROGRAM_READ', 'ACTIONS_WRITE'] },
  ...{ idempotencyKey: `create ${(count += 1)}`, ...more },
});
const create = async (more: object = {}): Promise<Made> =>
  payload(await ask(CREATE, wanted(more)), 'apiKeyCreate');

const nameSeenBy = async (key: string): Promise<unknown> =>
  (await service.ask(key, '{ program { name } }')).data;

describe('an owner', () => {
  it('makes a key for a program, which works at once and is shown once', async () => {
    const programId = encodeGlobalId('Program', service.mine.program.id);
    const made = await create({ programId });
    expect(made.apiKey).toMatchObject({
      ...{ name: 'till', scopes: ['PROGRAM_READ', 'ACTIONS_WRITE'], program: { name: 'Mine' } },
      ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
    });
    expect(await nameSeenBy(made.key)).toEqual({ program: { name: 'Mine' } });
    const listed = await ask(`{ apiKeys(first: 100) { edges { node { ${KEY} } } } }`);
    expect(JSON.stringify(listed)).toContain(made.apiKey.id);
    expect(JSON.stringify(listed)).not.toContain(made.key);
  });

  it('makes one for all programs, which has to name one', async () => {
    const { key, apiKey } = await create();
    expect(apiKey['program']).toBeNull();
    const { errors } = await service.ask(key, '{ program { name } }');
    expect(errors?.[0]?.extensions['code']).toBe('PROGRAM_NOT_NAMED');
  });

  it('is told in which field a key can not be made', async () => {
    const theirs = encodeGlobalId('Program', service.theirs.program.id);
    for (const [more, field, code] of [
      [{ name: '' }, 'name', 'REQUIRED'],
      [{ scopes: [] }, 'scopes', 'REQUIRED'],
      [{ programId: theirs }, 'programId', 'NOT_FOUND'],
      [{ programId: encodeGlobalId('Member', 'mem_1') }, 'programId', 'MALFORMED'],
      [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt', 'OUT_OF_RANGE'],
    ] as const) {
      expect(refusals(await ask(CREATE, wanted(more)), 'apiKeyCreate')).toEqual([{ field, code }]);
    }
  });

  it('changes an app over from one key to the next while both are good', async () => {
    const programId = encodeGlobalId('Program', service.mine.program.id);
    const old = await create({ programId });
    const input = { id: old.apiKey.id, idempotencyKey: 'rotate' };
    const made = payload(await ask(ROTATE, input), 'apiKeyRotate');
    expect(made.oldApiKey?.id).toBe(old.apiKey.id);
    expect(Date.parse(made.oldApiKey?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    for (const key of [old.key, made.key]) {
      expect(await nameSeenBy(key)).toEqual({ program: { name: 'Mine' } });
    }
    expect(payload(await ask(ROTATE, input), 'apiKeyRotate').key).toBe(made.key);
    const revoke = { id: old.apiKey.id, idempotencyKey: 'revoke' };
    expect(refusals(await ask(REVOKE, revoke), 'apiKeyRevoke')).toEqual([]);
    const { errors } = await service.ask(old.key, '{ program { name } }');
    expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(await nameSeenBy(made.key)).toEqual({ program: { name: 'Mine' } });
  });

  it('reads all keys of the organisation in the environment by pages, newest first', async () => {
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const query: string = `{ apiKeys(first: 2${after === null ? '' : `, after: "${after}"`}) {
        edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
      const { apiKeys } = (await ask(query)).data as {
        apiKeys: {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      ids.push(...apiKeys.edges.map(({ node }) => node.id));
      if (!apiKeys.pageInfo.hasNextPage) break;
      after = apiKeys.pageInfo.endCursor;
    }
    const { organisationId, environment } = service.mine.program;
    const stored = await service.foundation.store.apiKeys.list({ organisationId, environment });
    expect(ids.length).toBeGreaterThan(4);
    expect([...ids].sort()).toEqual(stored.map(({ id }) => id).sort());
    const { errors } = await ask('{ apiKeys(after: "x") { edges { node { id } } } }');
    expect(errors?.[0]?.extensions['code']).toBe('MALFORMED');
  });
});

describe('nobody else', () => {
  it('makes, changes or sees keys of the organisation', async () => {
    const { apiKey } = await create();
    const stranger = personOf('owner', { organisationId: OTHER_ORGANISATION });
    const live = personOf('owner', { environment: 'live' });
    for (const person of [stranger, live]) {
      const listed = await ask(
        '{ apiKeys(first: 100) { edges { node { id } } } }',
        undefined,
        person,
      );
      expect(JSON.stringify(listed)).not.toContain(apiKey.id);
      for (const [query, name] of [
        [ROTATE, 'apiKeyRotate'],
        [REVOKE, 'apiKeyRevoke'],
      ] as const) {
        const input = { id: apiKey.id, idempotencyKey: `${person.organisationId} ${name}` };
        expect(refusals(await ask(query, input, person), name)).toEqual([
          { field: 'id', code: 'NOT_FOUND' },
        ]);
      }
    }
    for (const role of ['manager', 'fulfiller', 'viewer'] as const) {
      const { errors } = await ask(CREATE, wanted(), personOf(role));
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    const { errors } = await service.ask(service.mine.key, CREATE, { input: wanted() });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
