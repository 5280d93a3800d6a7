import type { Browser } from '@dewpoint/server/testing/people/people.ts';
import { MongoClient } from 'mongodb';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLocalClock } from '../replay/play/localClock.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { mixedWrites, ORDERED, type Client } from './mixedWrites.ts';
import { askServer, done, type Payload, type Write } from './patientClient.ts';
import {
  bearer,
  FIRST_ROUND_AT,
  openTwoServers,
  signTyped,
  WAIT,
  type TwoServers,
} from './twoServerStage.ts';

let two: TwoServers;
beforeAll(async () => {
  two = await openTwoServers();
});
afterAll(() => two.close());

const OLD_KEYS = 2;

/** Hands the operator's role over to a wallet, which signs all that the operator writes from then on. */
async function handOver(wallet: { readonly address: string } & Pick<Wallet, 'signTypedData'>) {
  const headers = bearer(two.world.program.operatorApiKey);
  const selection = 'transaction { id status } toSign { id json }';
  const offer = { operator: wallet.address, idempotencyKey: two.key() };
  await done(two.world, { name: 'operatorOffer', input: offer, selection, headers });
  const accept = { account: wallet.address, idempotencyKey: two.key() };
  const asked = await done(two.world, {
    name: 'operatorAccept',
    input: accept,
    selection,
    headers,
  });
  const { id, json } = asked['toSign'] as { id: string; json: string };
  const signature = await signTyped(wallet, json);
  const input = { id, signature };
  const sent = 'transaction { id status }';
  await done(two.world, { name: 'transactionSign', input, selection: sent, headers });
}

describe('two server processes under a load of writes of all kinds, one of them killed in the middle', () => {
  it('have everything that was acknowledged, once, and answer each key as before', async () => {
    const { browser, headers: asShop } = await two.owner('mixed-shop');
    const members = ORDERED.members;
    await two.earn(members, 20);
    const operator = bearer(two.world.program.operatorApiKey);
    const item = { price: '1', text: 'A cup', idempotencyKey: two.key() };
    const selection = 'transaction { id status }';
    await done(two.world, { name: 'itemAdd', input: item, selection, headers: operator });
    const app = bearer(two.world.program.apiKey);
    const order = { memberId: members[0], item: 1, maxPrice: '1', idempotencyKey: two.key() };
    await done(two.world, { name: 'itemRedeem', input: order, selection, headers: app });
    await createLocalClock(two.world.rpcUrl).atLeast(FIRST_ROUND_AT + 60);
    const wallet = Wallet.createRandom();
    await handOver(wallet);
    const oldKeyIds: string[] = [];
    for (let old = 0; old < OLD_KEYS; old += 1) {
      const name = `mixed-old-${old}`;
      const input = { name, scopes: ['PROGRAM_READ'], idempotencyKey: two.key() };
      const wanted = { name: 'apiKeyCreate', input, selection: 'apiKey { id }', headers: asShop };
      oldKeyIds.push(((await done(two.world, wanted))['apiKey'] as { id: string }).id);
    }

    const clients: readonly Client[] = mixedWrites({
      ...{
        app,
        operator,
        asShop,
        oldKeyIds,
        occurredAt: new Date(FIRST_ROUND_AT * 1_000).toISOString(),
      },
      sign: (json) => signTyped(wallet, json),
    });
    const wanted = clients.reduce((sum, { writes }) => sum + writes.length, 0);
    const acknowledged: { readonly asked: Write; readonly answer: Payload }[] = [];
    const work = Promise.all(
      clients.map(async ({ writes, finish }, client) => {
        for (const asked of writes) {
          let answer = await done(two.world, asked, client % 2);
          if (finish !== undefined) answer = await finish(two.world, asked, answer);
          acknowledged.push({ asked, answer });
          expect(JSON.stringify(answer)).not.toContain('REJECTED');
        }
      }),
    );
    // Told below, when everybody is waited for.
    work.catch(() => undefined);
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(wanted / 3), WAIT);
    await two.world.killServer(0);
    const atKill = acknowledged.length;
    await two.world.startServer(0);
    await work;
    expect(acknowledged.length).toBe(wanted);
    expect(atKill).toBeLessThan(wanted);

    await expectOnce(browser, acknowledged);
    for (const { asked, answer } of acknowledged) {
      if (asked.name === 'actionsRecord') continue;
      for (const server of [0, 1]) {
        const repeated = await done(two.world, asked, server);
        expect(repeated, asked.name).toEqual(answer);
      }
    }
    const provider = new HttpRpc(two.world.rpcUrl);
    const report = await verify({ provider, program: two.world.program.address });
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  });
});

/** Looks in the database, past the servers, and in what both of them answer. */
async function expectOnce(
  browser: Browser,
  acknowledged: readonly { readonly asked: Write; readonly answer: Payload }[],
): Promise<void> {
  const count = (name: string): number =>
    acknowledged.filter(({ asked }) => asked.name === name).length;
  const client = await MongoClient.connect(two.world.databaseUri);
  try {
    const counted = (collection: string, filter: object): Promise<number> =>
      client.db().collection(collection).countDocuments(filter);
    const mixed = { $regex: '^mixed' };
    expect({
      actions: await counted('actions', { kind: 'action', eventId: mixed }),
      keys: await counted('apiKeys', { name: mixed }),
      invitations: await counted('invitations', { email: mixed, status: 'pending' }),
      sessions: await counted('memberSessions', { externalId: mixed }),
    }).toEqual({
      actions: count('actionsRecord') * ORDERED.actionsPerCall,
      keys: count('apiKeyCreate') + count('apiKeyRotate') + OLD_KEYS,
      invitations: count('invitationCreate'),
      sessions: count('memberSessionCreate'),
    });
  } finally {
    await client.close();
  }
  const secrets = acknowledged.flatMap(({ answer }) => (answer['key'] as string | undefined) ?? []);
  const tokens = acknowledged.flatMap(
    ({ answer }) => (answer['token'] as string | undefined) ?? [],
  );
  const operator = bearer(two.world.program.operatorApiKey);
  const app = bearer(two.world.program.apiKey);
  const [items, orders] = [count('itemAdd') + 1, count('itemRedeem') + 1];
  const shows = `{ program { last: item(number: ${items}) { number } more: item(number: ${items + 1}) { number }
    order(number: 1) { note } look { pointName { en } }
    lastOrder: order(number: ${orders}) { number } moreOrders: order(number: ${orders + 1}) { number } } }`;
  for (const server of [0, 1]) {
    for (const text of secrets) expect(await two.keyState(server, text)).toBe('PROGRAM_NOT_NAMED');
    for (const token of tokens) expect(await two.sessionState(server, token)).toBe('GOOD');
    expect(
      (await browser.on(two.origin(server)).ask('{ person { name } }')).errors,
    ).toBeUndefined();
    const seen = await askServer(two.world, server, operator, shows);
    expect(seen?.data?.['program']).toEqual({
      ...{ last: { number: items }, more: null },
      ...{ lastOrder: { number: orders }, moreOrders: null },
      order: { note: ORDERED.lastNote },
      look: { pointName: { en: ORDERED.lastName } },
    });
    for (const memberId of ORDERED.members) {
      const query = `{ member(memberId: "${memberId}") { share(round: 0) { amount } } }`;
      const body = await askServer(two.world, server, app, query);
      expect(body?.data?.['member']).toEqual({ share: { amount: `${ORDERED.tenders}.00` } });
    }
  }
}
