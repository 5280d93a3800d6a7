import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Readiness } from '../http/health.ts';
import { startServer } from '../main.ts';
import { MUTATIONS, rootRequests } from '../testing/sampleInput.ts';
import { startService, until, type Answer, type TestService } from '../testing/service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
  await service.earn('mia', 50);
});
afterAll(async () => {
  goOn();
  await service.close();
});

/** The chain process stands still: it takes connections and answers nothing. */
const hang = (): void => service.foundation.anvil.kill('SIGSTOP');
const goOn = (): void => service.foundation.anvil.kill('SIGCONT');

const RECORD = `mutation ($input: ActionsRecordInput!) {
  actionsRecord(input: $input) { results { status receipt { signature } } } }`;
const record = async (eventId: string): Promise<Answer> => {
  const occurredAt = new Date(service.mine.program.startsAtMs).toISOString();
  const action = { memberId: 'mia', eventId, rule: 'visit', occurredAt };
  return service.ask(service.mine.key, RECORD, { input: { actions: [action] } });
};
const RECORDED = {
  data: {
    actionsRecord: {
      results: [{ status: 'RECORDED', receipt: { signature: expect.any(String) as string } }],
    },
  },
};
const MEMBER = `{ member(memberId: "mia") {
  balance { settled pending asOfBlock stale } drops { epoch } receipt(epoch: 0) { signature } } }`;

it('records and signs receipts from the first moment on, and says that it is stale as soon as it knows', async () => {
  hang();
  expect(await record('first')).toEqual(RECORDED);
  expect(await record('second')).toEqual(RECORDED);
  await until('the balance says so', async () => {
    const { data, errors } = await service.ask(service.mine.key, MEMBER);
    expect(errors).toBeUndefined();
    const { balance, receipt } = data?.['member'] as {
      balance: { stale: boolean };
      receipt: object | null;
    };
    expect(receipt).not.toBeNull();
    return balance.stale;
  });
});

it('answers every write to the chain CHAIN_UNAVAILABLE, and does it when the chain is back', async () => {
  const better = { buyback: { pricePerPoint: '0.02', budgetPerRound: '0', minTender: '1' } };
  const onChain = new Set(
    MUTATIONS.flatMap(({ name, kind }) => (kind === null ? [] : [`Mutation.${name}`])),
  );
  const writes = rootRequests({ memberId: 'mia' }, { changeAnnounce: { terms: better } }).filter(
    ({ name }) => onChain.has(name),
  );
  const ask = async (names: (name: string) => boolean): Promise<[string, Answer][]> =>
    Promise.all(
      writes
        .filter(({ name }) => names(name))
        .map(async ({ name, query, variables }): Promise<[string, Answer]> => [
          name,
          await service.ask(service.mine.key, query, variables),
        ]),
    );
  const away: string[] = [];
  for (const [name, { data, errors }] of await ask(() => true)) {
    const codes = (errors ?? []).map(({ extensions }) => extensions['code']);
    const { userErrors = [] } = (data?.[name.split('.')[1] ?? ''] ?? {}) as {
      userErrors?: object[];
    };
    // What is refused for what it is needs no chain.
    if (errors === undefined) expect(userErrors.length, name).toBeGreaterThan(0);
    else {
      expect(codes, name).toEqual(['CHAIN_UNAVAILABLE']);
      expect(errors[0]?.extensions['retryAfterMs'], name).toBe(2_000);
      away.push(name);
    }
  }
  expect(away).toEqual(
    expect.arrayContaining(['Mutation.itemAdd', 'Mutation.changeAnnounce', 'Mutation.roundSettle']),
  );
  goOn();
  await until('the chain is used again', async () => {
    const answers = await ask((name) => name === 'Mutation.itemAdd');
    return answers.every(([, { errors }]) => errors === undefined);
  });
  const answers = await ask((name) => name === 'Mutation.changeAnnounce');
  expect(answers[0]?.[1]).toEqual({ data: { changeAnnounce: { userErrors: [] } } });
  await until('nothing is stale', async () => {
    const { data } = await service.ask(service.mine.key, MEMBER);
    return (data?.['member'] as { balance: { stale: boolean } }).balance.stale === false;
  });
});

it('shows its pages meanwhile, and says that it can serve', async () => {
  hang();
  const { url } = service;
  await until('it is known', async () => {
    const response = await request(url).get('/readyz');
    const { database, chain } = response.body as Readiness;
    expect([response.status, database]).toEqual([200, true]);
    return !chain;
  });
  for (const page of ['/healthz', '/metrics', '/']) {
    expect((await request(url).get(page)).status, page).toBe(200);
  }
  goOn();
});

it('stops while the chain hangs', async () => {
  const server = await startServer(service.config);
  hang();
  await server.close();
  goOn();
});
