import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY } from '../../testing/badPrograms.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { inputTypeOf, MUTATIONS, rootRequests, sampleInput } from '../../testing/sampleInput.ts';
import { finalAnswer, startService, type Answer, type TestService } from '../../testing/service.ts';
import { encodeGlobalId } from '../core/globalId.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'], settings: MUTATION_SETTINGS });
  await service.earn('mei', 100);
  await service.earn('li', 100);
});
afterAll(() => service.close());

/** Asks one of the servers. */
const askOn = async (
  server: number,
  key: string,
  query: string,
  variables?: object,
): Promise<Answer> => {
  const call = request(service.servers[server]?.url ?? '').post('/graphql');
  const response = await call
    .set('authorization', `Bearer ${key}`)
    .send({ query, ...(variables !== undefined && { variables }) });
  return response.body as Answer;
};
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];
const create = async (memberId: string): Promise<{ readonly token: string }> => {
  const input = { memberId, idempotencyKey: service.key() };
  const { token } = await service.services.memberSessions.create(service.mine.program, input);
  return { token };
};

describe('a member', () => {
  const MEMBER_QUERIES = ['member', 'accountMoveTypedData', 'transaction', 'viewer', 'program'];

  it.each(MUTATIONS.filter(({ isForMembers }) => isForMembers !== true))(
    'may not do $name',
    async ({ name, scope }) => {
      if (scope === 'public') return;
      const { token } = await create('mei');
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
      const answer = await askOn(0, token, query, { input: sampleInput(name) });
      expect(codeOf(answer)).toBe('FORBIDDEN');
    },
  );

  it('may ask for itself and for what is public, and for nothing else', async () => {
    const { token } = await create('mei');
    const id = encodeGlobalId('Member', 'x');
    const samples = {
      eventId: 'x',
      memberId: 'mei',
      id,
      ids: [id],
      to: NOBODY,
      deadline: '2026-01-02T00:00:00Z',
    };
    const queries = rootRequests({ ...samples, 'transaction.id': 'x', 'program.id': undefined });
    const forbidden: string[] = [];
    for (const { name, query, variables } of queries) {
      if (!name.startsWith('Query.')) continue;
      if (codeOf(await askOn(0, token, query, variables)) === 'FORBIDDEN') forbidden.push(name);
    }
    const all = queries.map(({ name }) => name).filter((name) => name.startsWith('Query.'));
    const open = MEMBER_QUERIES.map((name) => `Query.${name}`);
    expect(all.filter((name) => !forbidden.includes(name)).sort()).toEqual(open.sort());
  });

  it('sees nothing else of its program', async () => {
    const { token } = await create('mei');
    for (const field of [
      'settlement { open }',
      'orders { asOfBlock }',
      'order(number: 1) { id }',
    ]) {
      expect(codeOf(await askOn(0, token, `{ program { ${field} } }`))).toBe('FORBIDDEN');
      expect(codeOf(await askOn(0, token, `{ viewer { program { ${field} } } }`))).toBe(
        'FORBIDDEN',
      );
    }
  });

  it('that names another gets one answer, whether there is such a member or not', async () => {
    const { token } = await create('mei');
    const asked = async (memberId: string): Promise<unknown[]> => {
      const answers: Answer[] = [];
      for (const { name, kind } of MUTATIONS.filter(({ isForMembers }) => isForMembers === true)) {
        // What is a session's own names no member.
        if (['memberSessionRevoke', 'memberKeyExport', 'orderRefund'].includes(name)) continue;
        expect(kind === 'MEMBER' || kind === null).toBe(true);
        const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
        const input = { ...sampleInput(name), memberId };
        answers.push(await askOn(0, token, query, { input }));
      }
      const named = `memberId: ${JSON.stringify(memberId)}`;
      const move = `accountMoveTypedData(${named}, to: "${NOBODY}", deadline: "2026-01-02T00:00:00Z") { to }`;
      for (const query of [
        `member(${named}) { account }`,
        `transaction(idempotencyKey: "1", ${named}) { id }`,
        move,
      ]) {
        answers.push(await askOn(0, token, `{ ${query} }`));
      }
      expect(answers.map(codeOf)).toEqual(answers.map(() => 'FORBIDDEN'));
      return answers.map(({ errors }) => errors?.map(({ message }) => message));
    };
    expect(await asked('li')).toEqual(await asked('nobody'));
  });

  it('does not write for a wallet that is none of its own', async () => {
    const { token } = await create('mei');
    for (const { name } of MUTATIONS.filter(
      ({ name: one, kind }) => kind === 'MEMBER' && one !== 'moneySend',
    )) {
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { call { to } } }`;
      const input = { ...sampleInput(name), ownWallet: NOBODY };
      expect(codeOf(await askOn(0, token, query, { input }))).toBe('FORBIDDEN');
    }
  });

  it('names itself or leaves it out, and a key has to name one', async () => {
    const { token } = await create('mei');
    for (const named of ['', '(memberId: "mei")']) {
      const { data } = await askOn(0, token, `{ member${named} { memberId } }`);
      expect(data).toEqual({ member: { memberId: 'mei' } });
    }
    expect(
      (await askOn(0, service.mine.key, '{ member { memberId } }')).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'REQUIRED', field: 'memberId' });
    const collect = 'mutation { dropsCollect(input: {}) { userErrors { field code } } }';
    expect((await askOn(0, service.mine.key, collect)).data).toEqual({
      dropsCollect: { userErrors: [{ field: 'memberId', code: 'REQUIRED' }] },
    });
    expect((await askOn(0, token, collect)).data).toEqual({ dropsCollect: { userErrors: [] } });
  });

  it('reads all that a member has', async () => {
    const { token } = await create('mei');
    const { data, errors } = await askOn(
      0,
      token,
      `{ viewer { member { id memberId account createdAt isCustodial ownAccount
        quota { left renewsAt } openTransactions { id kind status }
        balance { settled accounts { account signer } asOfBlock stale }
        activity(first: 5) { edges { node { kind } } } drops { points } receipt(epoch: 0) { signature } money { owed account }
        history { edges { node { points rule { name } receipt { signer } } } }
        shares { edges { node { paid } } } objections { edges { cursor } } orders { edges { node { number } } }
        actionProof(eventId: "none") { file } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.['viewer']).toMatchObject({
      member: {
        memberId: 'mei',
        isCustodial: true,
        ownAccount: null,
        quota: { left: 60, renewsAt: null },
        openTransactions: [],
        balance: { settled: '200.00' },
        history: { edges: [{ node: { points: '200.00' } }] },
      },
    });
  });

  it('writes, and finds again what it began, and no other member does', async () => {
    const { rpc } = service.foundation.chain;
    const { item } = (await service.act(
      'itemAdd',
      { price: '1', text: 'A cup', idempotencyKey: service.key() },
      'item { number }',
    )) as unknown as { item: { number: number } };
    const [mei, li] = [await create('mei'), await create('li')];
    const idempotencyKey = service.key();
    const input = { item: item.number, maxPrice: '1', idempotencyKey };
    const redeem = `mutation ($input: ItemRedeemInput!) { itemRedeem(input: $input) {
      order { number } transaction { id status kind } userErrors { code } } }`;
    const mine = '{ member { openTransactions { id kind } quota { left renewsAt } } }';
    await rpc.call('evm_setAutomine', [false]);
    const first = (await askOn(0, mei.token, redeem, { input })).data?.['itemRedeem'] as {
      transaction: { id: string };
    };
    const { id } = first.transaction;
    expect((await askOn(1, mei.token, mine)).data).toMatchObject({
      member: { openTransactions: [{ id, kind: 'itemRedeem' }], quota: { left: 59 } },
    });
    expect((await askOn(1, li.token, mine)).data).toMatchObject({
      member: { openTransactions: [], quota: { left: 60 } },
    });
    await rpc.call('evm_setAutomine', [true]);
    await rpc.call('evm_mine', []);
    const done = await finalAnswer(() => askOn(1, mei.token, redeem, { input }));
    expect(done.data?.['itemRedeem']).toMatchObject({
      transaction: { id, status: 'MINED', kind: 'itemRedeem' },
      userErrors: [],
    });
    const byId = `{ transaction(id: "${id}") { status } }`;
    const byKey = `{ transaction(idempotencyKey: "${idempotencyKey}") { id } }`;
    expect((await askOn(0, mei.token, byId)).data).toEqual({ transaction: { status: 'MINED' } });
    expect((await askOn(0, mei.token, byKey)).data).toEqual({ transaction: { id } });
    expect((await askOn(0, li.token, byId)).data).toEqual({ transaction: null });
    expect((await askOn(0, li.token, byKey)).data).toEqual({ transaction: null });
    expect(
      (await askOn(0, li.token, '{ member { orders { edges { node { number } } } } }')).data,
    ).toEqual({ member: { orders: { edges: [] } } });
  });
});
