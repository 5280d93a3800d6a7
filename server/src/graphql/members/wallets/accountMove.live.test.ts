import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../../testing/builders/time.ts';
import {
  type Answer,
  type OwnWallet,
  once,
  startService,
  type TestService,
  until,
} from '../../../testing/service.ts';
import { NOBODY } from '../../../testing/badPrograms.ts';

const DEADLINE = new Date(STARTS_AT_MS + 2 * DAY_MS).toISOString();
/** Far behind the clock of the chain. */
const PAST = new Date(STARTS_AT_MS - DAY_MS).toISOString();

let service: TestService;
let wallet: OwnWallet;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  wallet = await service.openWallet();
  await service.earn('mei', 10);
  await service.earn('li', 5);
});
afterAll(() => service.close());

const typedData = async (who: string, to: string, deadline = DEADLINE): Promise<string> => {
  const query = `{ accountMoveTypedData(${who}, to: "${to}", deadline: "${deadline}") { json from to } }`;
  const { data, errors } = await service.ask(service.mine.key, query);
  const [error] = errors ?? [];
  if (error !== undefined)
    return `${String(error.extensions['field'])} ${String(error.extensions['code'])}`;
  return (data?.['accountMoveTypedData'] as { json: string }).json;
};
const moving = (more: object): object => ({
  memberId: 'mei',
  to: wallet.address,
  deadline: DEADLINE,
  idempotencyKey: service.key(),
  ...more,
});

describe('moving to an own wallet', () => {
  it('needs the word of the new account over this very move', async () => {
    const other = await service.openWallet();
    const json = await typedData('memberId: "mei"', wallet.address);
    const refused = [['signature', 'INVALID_MOVE']];
    for (const signature of [await other.sign(json), '0x']) {
      expect(await service.refused('accountMove', moving({ signature }))).toEqual(refused);
    }
    const signature = await wallet.sign(json);
    const later = new Date(STARTS_AT_MS + 3 * DAY_MS).toISOString();
    const another = moving({ signature, deadline: later });
    expect(await service.refused('accountMove', another)).toEqual(refused);
    // Nor is it good for another member.
    expect(await service.refused('accountMove', moving({ signature, memberId: 'li' }))).toEqual(
      refused,
    );
  });

  const moved = once(async () => {
    const signature = await wallet.sign(await typedData('memberId: "mei"', wallet.address));
    const input = moving({ signature });
    const first = await service.act('accountMove', input, 'from to call { to }');
    const member = await service.services.members.find(service.mine.program, 'mei');
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      from: member?.account,
      to: wallet.address,
      call: null,
    });
    expect(await service.act('accountMove', input, 'from to call { to }')).toEqual(first);
    const { totals } = service.foundation.store;
    expect(await totals.balanceOf(service.mine.program.id, wallet.address)).toBe(2_000n);
    await until('the member is followed to its wallet', async () => {
      const moved = await service.services.members.find(service.mine.program, 'mei');
      return moved?.links.some(({ account }) => account === wallet.address) === true;
    });
  });
  it('takes everything along, once under a key, and later points go there too', moved);

  it('leaves one truth: what is where, and what can be used from where', async () => {
    await moved();
    const { data, errors } = await service.ask(
      service.mine.key,
      `{ member(memberId: "mei") { account balance { settled
         accounts { account signer receives settled locked pending } } drops { account } } }`,
    );
    expect(errors).toBeUndefined();
    const { member } = data as { member: { account: string; balance: object } };
    expect(member).toMatchObject({
      balance: {
        settled: '20.00',
        accounts: [
          { account: member.account, signer: 'SERVICE', receives: false, settled: '0.00' },
          { account: wallet.address, signer: 'OWN_WALLET', receives: true, settled: '20.00' },
        ],
      },
    });
    const { userErrors } = await service.act('itemAdd', {
      price: '1',
      text: 'A bun',
      idempotencyKey: service.key(),
    });
    expect(userErrors).toEqual([]);
    const redeem = { item: 1, quantity: 1, maxPrice: '1', idempotencyKey: service.key() };
    const refused = await service.act('itemRedeem', { memberId: 'mei', ...redeem });
    expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_POINTS' }]);
    const [refusal] = refused.userErrors as readonly { message?: string }[];
    expect(refusal?.message ?? '').toContain(`own wallet ${wallet.address}`);
    const byWallet = await service.act('itemRedeem', { ownWallet: wallet.address, ...redeem });
    expect(byWallet.userErrors).toEqual([]);
  });

  it('leaves the wallet to sessions of its member, and of no other', async () => {
    await moved();
    const ask = async (memberId: string, query: string): Promise<Answer> => {
      const of = { memberId, idempotencyKey: service.key() };
      const { token } = await service.services.memberSessions.create(service.mine.program, of);
      return service.ask(token, query);
    };
    const own = wallet.address.toLowerCase();
    const collect = `mutation { dropsCollect(input: {}) { userErrors { code } } }`;
    const object = `mutation { changeObject(input: { ownWallet: "${own}", change: 1, amount: "1", idempotencyKey: "${service.key()}" }) {
      call { to } userErrors { field code } } }`;
    const move = `{ accountMoveTypedData(ownWallet: "${own}", to: "${NOBODY}", deadline: "${DEADLINE}") { from to } }`;
    expect((await ask('mei', collect)).data).toEqual({ dropsCollect: { userErrors: [] } });
    expect((await ask('mei', move)).data).toEqual({
      accountMoveTypedData: { from: wallet.address, to: NOBODY },
    });
    // It gets as far as the change, which is none.
    expect((await ask('mei', object)).data).toEqual({
      changeObject: { call: null, userErrors: [{ field: 'change', code: 'NOT_FOUND' }] },
    });
    for (const query of [object, move]) {
      const { errors } = await ask('li', query);
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
  });

  it.each([
    ['memberId: "nobody"', () => wallet.address, DEADLINE, 'memberId NOT_FOUND'],
    ['memberId: "mei"', () => NOBODY.replace('dEaD', 'deaD'), DEADLINE, 'to MALFORMED'],
    ['memberId: "mei"', () => service.mine.program.charter, DEADLINE, 'to INVALID_MOVE'],
    ['memberId: "mei"', () => wallet.address, PAST, 'deadline OUT_OF_RANGE'],
    ['memberId: "li"', () => wallet.address, DEADLINE, 'to INVALID_MOVE'],
  ])(
    'of %s is refused before anybody signs where it can not be',
    async (who, to, deadline, refused) => {
      await moved();
      expect(await typedData(who, to(), deadline)).toBe(refused);
    },
  );

  it('is void after its deadline', async () => {
    const to = await service.openWallet();
    const signature = await to.sign(await typedData('memberId: "li"', to.address));
    await service.moveClockTo(STARTS_AT_MS + 2 * DAY_MS + 1_000);
    const late = moving({ memberId: 'li', to: to.address, signature });
    expect(await service.refused('accountMove', late)).toEqual([['deadline', 'DEADLINE_PASSED']]);
  });

  it.each(['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '1970-01-01T00:00:00Z'])(
    'is void with a deadline of %s, before any block',
    async (deadline) => {
      const to = await service.openWallet();
      const later = new Date(STARTS_AT_MS + 4 * DAY_MS).toISOString();
      const signature = await to.sign(await typedData('memberId: "li"', to.address, later));
      const early = { ...moving({ memberId: 'li', to: to.address, signature }), deadline };
      expect(await service.refused('accountMove', early)).toEqual([
        ['deadline', 'DEADLINE_PASSED'],
      ]);
    },
  );
});

describe('a transaction', () => {
  it('is shown as it is to a caller that did not wait for it', async () => {
    const input = { price: '1', text: 'A cup', idempotencyKey: service.key() };
    const { transaction } = await service.act('itemAdd', input);
    const query = 'query ($id: String!) { transaction(id: $id) { id hash status blockNumber } }';
    const { data } = await service.ask(service.mine.key, query, { id: transaction?.id });
    expect(data).toEqual({ transaction });
    const unknown = await service.ask(service.mine.key, query, { id: 'none' });
    expect(unknown.data).toEqual({ transaction: null });
  });

  it('that settles statements is nobody’s act', async () => {
    const { store, keystore, chain } = service.foundation;
    const lane = keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
    const highest = (await store.transactions.highestNonce(chain.chainId, lane)) ?? 0;
    const all = await Promise.all(
      Array.from({ length: highest + 1 }, (_none, nonce) =>
        store.transactions.find(`${chain.chainId}:${lane}:${nonce}`),
      ),
    );
    const settler = all.find((one) => one?.call.kind === 'settle')?.id;
    expect(settler).toBeDefined();
    const query = 'query ($id: String!) { transaction(id: $id) { id } }';
    const { data } = await service.ask(service.mine.key, query, { id: settler });
    expect(data).toEqual({ transaction: null });
  });
});
