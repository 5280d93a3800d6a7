import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeServices, type Services } from '../../composition/composeServices.ts';
import { MAX_OPEN_SESSIONS, MEMBER_SESSION_MS } from '../../services/access/memberSessions.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'], settings: MUTATION_SETTINGS });
  await service.earn('mei', 100);
  await service.earn('li', 100);
});
afterAll(() => service.close());

/** Asks one of the servers. */
const askOn = async (server: number, key: string, query: string, variables?: object) => {
  const call = request(service.servers[server]?.url ?? '').post('/graphql');
  const response = await call
    .set('authorization', `Bearer ${key}`)
    .send({ query, ...(variables !== undefined && { variables }) });
  return response.body as Answer;
};

interface Opened {
  readonly token: string;
  readonly session: { readonly id: string; readonly expiresAt: string };
  readonly userErrors: readonly { readonly field: string | null; readonly code: string }[];
}
const CREATE = `mutation ($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) {
  token session { id memberId createdAt expiresAt revokedAt } userErrors { field code } } }`;
const REVOKE = `mutation ($input: MemberSessionRevokeInput!) { memberSessionRevoke(input: $input) {
  session { id revokedAt } userErrors { field code } } }`;
const WHO = '{ viewer { memberId program { name } member { memberId } } }';

const create = async (
  memberId: string,
  { server = 0, idempotencyKey = service.key(), key = service.mine.key } = {},
): Promise<Opened> => {
  const { data, errors } = await askOn(server, key, CREATE, {
    input: { memberId, idempotencyKey },
  });
  if (!data) throw new Error(JSON.stringify(errors));
  return data['memberSessionCreate'] as Opened;
};
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

/** Another server process whose clock on the wall is moved. */
const later = (ms: number): Services => {
  const { foundation } = service;
  return composeServices(
    { ...foundation, wallNowMs: () => foundation.wallNowMs() + ms },
    { wake: () => undefined },
  );
};

describe('a session of a member', () => {
  it('is the member on every server, until it is revoked', async () => {
    const { token, session } = await create('mei');
    expect(token).toMatch(/^dw_member_[0-9A-Za-z]{32}$/);
    for (const server of [0, 1]) {
      expect(await askOn(server, token, WHO)).toEqual({
        data: {
          viewer: { memberId: 'mei', program: { name: 'Mine' }, member: { memberId: 'mei' } },
        },
      });
    }
    const input = { sessionId: session.id, idempotencyKey: service.key() };
    const revoked = await askOn(1, service.mine.key, REVOKE, { input });
    expect(revoked.data?.['memberSessionRevoke']).toMatchObject({
      session: { id: session.id, revokedAt: expect.any(String) as string },
      userErrors: [],
    });
    expect(await askOn(0, service.mine.key, REVOKE, { input })).toEqual(revoked);
    for (const server of [0, 1]) {
      expect(codeOf(await askOn(server, token, WHO))).toBe('UNAUTHENTICATED');
    }
  });

  it('is over after 10 minutes, and stored as a hash only', async () => {
    const { token, session } = await create('mei');
    expect(await later(MEMBER_SESSION_MS - 5_000).memberSessions.authenticate(token)).toMatchObject(
      { externalId: 'mei' },
    );
    expect(await later(MEMBER_SESSION_MS).memberSessions.authenticate(token)).toBeNull();
    const stored = await service.foundation.store.memberSessions.find(
      service.mine.program.id,
      session.id,
    );
    expect(stored).not.toBeNull();
    expect(JSON.stringify(stored)).not.toContain(token);
    const wrong = token.endsWith('a') ? `${token.slice(0, -1)}b` : `${token.slice(0, -1)}a`;
    for (const bad of [wrong, `${token}a`, 'dw_member_', token.toLowerCase()]) {
      expect(codeOf(await askOn(0, bad, WHO))).toBe('UNAUTHENTICATED');
    }
  });

  it('is opened once by 50 calls under one key on two servers, and all get the same', async () => {
    const idempotencyKey = service.key();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, n) => create('once', { server: n % 2, idempotencyKey })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { memberSessions } = service.foundation.store;
    const of = { programId: service.mine.program.id, externalId: 'once' };
    expect(await memberSessions.listOpen(of, Date.now())).toHaveLength(1);
    const other = await create('another', { idempotencyKey });
    expect(other.userErrors).toEqual([{ field: 'idempotencyKey', code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('is opened once, whichever call to the database a process dies at', async () => {
    const { foundation, mine } = service;
    for (let calls = 0; ; calls += 1) {
      const input = { memberId: `mortal ${calls}`, idempotencyKey: service.key() };
      const mortal = { onceKeys: 'all', memberSessions: 'all' } as const;
      const { store, died } = dyingStore(foundation.store, calls, mortal);
      const dying = composeServices({ ...foundation, store }, { wake: () => undefined });
      const first = await dying.memberSessions
        .create(mine.program, input)
        .catch((error: unknown) => String(error));
      if (died()) expect(first).toContain('died');
      const { token } = await service.services.memberSessions.create(mine.program, input);
      expect(await later(0).memberSessions.authenticate(token)).not.toBeNull();
      const of = { programId: mine.program.id, externalId: input.memberId };
      expect(await foundation.store.memberSessions.listOpen(of, Date.now())).toHaveLength(1);
      if (!died()) break;
    }
  });

  it('is one of at most 20 that are open, the newest', async () => {
    const first = await create('many');
    await Promise.all(Array.from({ length: 25 }, (_none, n) => create('many', { server: n % 2 })));
    const { memberSessions } = service.foundation.store;
    const of = { programId: service.mine.program.id, externalId: 'many' };
    expect(await memberSessions.listOpen(of, Date.now())).toHaveLength(MAX_OPEN_SESSIONS);
    expect(codeOf(await askOn(0, first.token, WHO))).toBe('UNAUTHENTICATED');
  });

  it('may be opened before the first action', async () => {
    const { token } = await create('newcomer');
    expect(
      await askOn(0, token, '{ viewer { memberId member { account } } member { account } }'),
    ).toEqual({
      data: { viewer: { memberId: 'newcomer', member: null }, member: null },
    });
  });

  it('is revoked by its own member and its own program alone', async () => {
    const mei = await create('mei');
    const li = await create('li');
    const revoke = async (key: string, sessionId: string | null): Promise<unknown> => {
      const input = { ...(sessionId !== null && { sessionId }), idempotencyKey: service.key() };
      const { data } = await askOn(0, key, REVOKE, { input });
      return (data?.['memberSessionRevoke'] as Opened).userErrors.map(({ code }) => code);
    };
    expect(await revoke(li.token, mei.session.id)).toEqual(['NOT_FOUND']);
    expect(await revoke(li.token, 'mse_none')).toEqual(['NOT_FOUND']);
    expect(await revoke(service.theirs.key, mei.session.id)).toEqual(['NOT_FOUND']);
    expect(await revoke(service.mine.key, null)).toEqual(['REQUIRED']);
    expect(codeOf(await askOn(0, mei.token, WHO))).toBeUndefined();
    expect(await revoke(mei.token, null)).toEqual([]);
    expect(codeOf(await askOn(0, mei.token, WHO))).toBe('UNAUTHENTICATED');
    expect(codeOf(await askOn(0, li.token, WHO))).toBeUndefined();
  });

  it('says nothing of a program that it is not of', async () => {
    const { token } = await create('mei');
    const call = request(service.url).post('/graphql').set('authorization', `Bearer ${token}`);
    const response = await call
      .set('dewpoint-program', service.theirs.program.id)
      .send({ query: WHO });
    expect(codeOf(response.body as Answer)).toBe('UNAUTHENTICATED');
  });
});
