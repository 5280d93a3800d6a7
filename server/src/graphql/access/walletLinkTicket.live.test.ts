import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeServices, type Services } from '../../composition/composeServices.ts';
import { LINK_TICKET_MS } from '../../services/access/linkTickets.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'] });
});
afterAll(() => service.close());

const ask = async (
  server: number,
  key: string | null,
  query: string,
  input: object,
): Promise<Record<string, unknown>> => {
  const call = request(service.servers[server]?.url ?? '').post('/graphql');
  if (key !== null) call.set('authorization', `Bearer ${key}`);
  const { data, errors } = (await call.send({ query, variables: { input } })).body as Answer;
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Record<string, unknown>;
};
const CREATE = `mutation ($input: WalletLinkTicketCreateInput!) { walletLinkTicketCreate(input: $input) {
  ticket expiresAt userErrors { field code } } }`;
const REDEEM = `mutation ($input: WalletLinkTicketRedeemInput!) { walletLinkTicketRedeem(input: $input) {
  token session { memberId expiresAt } userErrors { field code } } }`;
const SESSION = `mutation ($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) { token } }`;

const ticketFor = async (memberId: string): Promise<string> => {
  const input = { memberId, idempotencyKey: service.key() };
  return String((await ask(0, service.mine.key, CREATE, input))['ticket']);
};
const redeem = (ticket: string, server = 0, idempotencyKey = service.key()) =>
  ask(server, null, REDEEM, { ticket, idempotencyKey });
const NOT_GOOD = { token: null, userErrors: [{ field: 'ticket', code: 'USED_OR_EXPIRED' }] };

/** A server process of its own, whose clock on the wall is moved. */
const processOf = (ms: number, store = service.foundation.store): Services => {
  const { foundation } = service;
  const wallNowMs = (): number => foundation.wallNowMs() + ms;
  return composeServices({ ...foundation, store, wallNowMs }, { wake: () => undefined });
};

describe('a ticket for the page that links a wallet', () => {
  it('opens a session of its member, once, on another server than the one that made it', async () => {
    const ticket = await ticketFor('mei');
    expect(ticket).toMatch(/^dw_link_[0-9A-Za-z]{32}$/);
    const { token, session } = await redeem(ticket, 1);
    expect(session).toMatchObject({ memberId: 'mei' });
    const response = await request(service.url)
      .post('/graphql')
      .set('authorization', `Bearer ${String(token)}`)
      .send({ query: '{ viewer { memberId program { name } } }' });
    expect(response.body).toEqual({
      data: { viewer: { memberId: 'mei', program: { name: 'Mine' } } },
    });
    for (const server of [0, 1]) expect(await redeem(ticket, server)).toMatchObject(NOT_GOOD);
  });

  it('is asked for by a member for itself', async () => {
    const input = { memberId: 'li', idempotencyKey: service.key() };
    const { token } = await ask(0, service.mine.key, SESSION, input);
    const own = { idempotencyKey: service.key() };
    const { ticket } = await ask(0, String(token), CREATE, own);
    expect(await redeem(String(ticket))).toMatchObject({ session: { memberId: 'li' } });
    const other = { memberId: 'mei', idempotencyKey: service.key() };
    await expect(ask(0, String(token), CREATE, other)).rejects.toThrow('FORBIDDEN');
  });

  it('is redeemed by one of 20 callers at the same time, on two servers', async () => {
    const ticket = await ticketFor('mei');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, n) => redeem(ticket, n % 2)),
    );
    expect(answers.filter(({ token }) => token !== null)).toHaveLength(1);
    const lost = answers.filter(({ token }) => token === null);
    for (const answer of lost) expect(answer).toMatchObject(NOT_GOOD);
  });

  it('is made and redeemed once by 50 calls under one key, and all get the same', async () => {
    const input = { memberId: 'mei', idempotencyKey: service.key() };
    const made = await Promise.all(
      Array.from({ length: 50 }, (_none, n) => ask(n % 2, service.mine.key, CREATE, input)),
    );
    expect(new Set(made.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const key = service.key();
    const redeemed = await Promise.all(
      Array.from({ length: 50 }, (_none, n) => redeem(String(made[0]?.['ticket']), n % 2, key)),
    );
    expect(new Set(redeemed.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(redeemed[0]).toMatchObject({ session: { memberId: 'mei' }, userErrors: [] });
  });

  it('is void after 15 minutes, and void from the start when it was made up', async () => {
    const idempotencyKey = service.key();
    const ticket = await ticketFor('mei');
    const notGood = { refusals: [{ code: 'USED_OR_EXPIRED' }] };
    const late = processOf(LINK_TICKET_MS).linkTickets.redeem({ ticket, idempotencyKey });
    await expect(late).rejects.toMatchObject(notGood);
    const inTime = { ticket, idempotencyKey: service.key() };
    const opened = await processOf(LINK_TICKET_MS - 5_000).linkTickets.redeem(inTime);
    expect(await processOf(LINK_TICKET_MS).linkTickets.redeem(inTime)).toEqual(opened);
    for (const bad of ['', 'x', `dw_link_${'a'.repeat(32)}`, `${ticket}a`]) {
      expect(await redeem(bad)).toMatchObject(NOT_GOOD);
    }
  });

  it('goes on under its key, whichever call to the database a process dies at', async () => {
    for (let calls = 0; ; calls += 1) {
      const ticket = await ticketFor('mei');
      const input = { ticket, idempotencyKey: service.key() };
      const { store, died } = dyingStore(service.foundation.store, calls, {
        onceKeys: 'all',
        oneUseTokens: 'all',
        memberSessions: 'all',
      });
      await processOf(0, store)
        .linkTickets.redeem(input)
        .catch((error: unknown) => expect(String(error)).toContain('died'));
      const { token } = await processOf(0).linkTickets.redeem(input);
      expect(await service.services.memberSessions.authenticate(token)).not.toBeNull();
      expect(await redeem(ticket)).toMatchObject(NOT_GOOD);
      if (!died()) break;
    }
  });
});
