import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startActsWorld, type ActsWorld, type OwnWallet } from '../../testing/apiActs.ts';
import { DAY_MS, STARTS_AT_MS, until } from '../../testing/apiWorld.ts';
import { NOBODY } from '../../testing/badPrograms.ts';

const DEADLINE = new Date(STARTS_AT_MS + 2 * DAY_MS).toISOString();
/** Far behind the clock of the chain. */
const PAST = new Date(STARTS_AT_MS - DAY_MS).toISOString();

let world: ActsWorld;
let wallet: OwnWallet;
beforeAll(async () => {
  world = await startActsWorld();
  wallet = await world.openWallet();
  await world.earn('mei', 10);
  await world.earn('li', 5);
});
afterAll(() => world.close());

const typedData = async (who: string, to: string, deadline = DEADLINE): Promise<string> => {
  const query = `{ accountMoveTypedData(${who}, to: "${to}", deadline: "${deadline}") { json from to } }`;
  const { data, errors } = await world.ask(world.mine.key, query);
  const [error] = errors ?? [];
  if (error !== undefined)
    return `${String(error.extensions['field'])} ${String(error.extensions['code'])}`;
  return (data?.['accountMoveTypedData'] as { json: string }).json;
};
const moving = (more: object): object => ({
  memberId: 'mei',
  to: wallet.address,
  deadline: DEADLINE,
  idempotencyKey: world.key(),
  ...more,
});

describe('moving to an own wallet', () => {
  it('needs the word of the new account over this very move', async () => {
    const other = await world.openWallet();
    const json = await typedData('memberId: "mei"', wallet.address);
    const refused = [['signature', 'INVALID_MOVE']];
    for (const signature of [await other.sign(json), '0x']) {
      expect(await world.refused('accountMove', moving({ signature }))).toEqual(refused);
    }
    const signature = await wallet.sign(json);
    const later = new Date(STARTS_AT_MS + 3 * DAY_MS).toISOString();
    const another = moving({ signature, deadline: later });
    expect(await world.refused('accountMove', another)).toEqual(refused);
    // Nor is it good for another member.
    expect(await world.refused('accountMove', moving({ signature, memberId: 'li' }))).toEqual(
      refused,
    );
  });

  it('takes everything along, once under a key, and later points go there too', async () => {
    const signature = await wallet.sign(await typedData('memberId: "mei"', wallet.address));
    const input = moving({ signature });
    const first = await world.act('accountMove', input, 'from to call { to }');
    const member = await world.services.members.find(world.mine.program, 'mei');
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      from: member?.account,
      to: wallet.address,
      call: null,
    });
    expect(await world.act('accountMove', input, 'from to call { to }')).toEqual(first);
    const { totals } = world.foundation.store;
    expect(await totals.balanceOf(world.mine.program.id, wallet.address)).toBe(2_000n);
    await until('the member is followed to its wallet', async () => {
      const moved = await world.services.members.find(world.mine.program, 'mei');
      return moved?.links.some(({ account }) => account === wallet.address) === true;
    });
  });

  it.each([
    ['memberId: "nobody"', () => wallet.address, DEADLINE, 'memberId NOT_FOUND'],
    ['memberId: "mei"', () => NOBODY.replace('dEaD', 'deaD'), DEADLINE, 'to MALFORMED'],
    ['memberId: "mei"', () => world.mine.program.charter, DEADLINE, 'to INVALID_MOVE'],
    ['memberId: "mei"', () => wallet.address, PAST, 'deadline OUT_OF_RANGE'],
    ['memberId: "li"', () => wallet.address, DEADLINE, 'to INVALID_MOVE'],
  ])(
    'of %s is refused before anybody signs where it can not be',
    async (who, to, deadline, refused) => {
      expect(await typedData(who, to(), deadline)).toBe(refused);
    },
  );

  it('is void after its deadline', async () => {
    const to = await world.openWallet();
    const signature = await to.sign(await typedData('memberId: "li"', to.address));
    await world.moveClockTo(STARTS_AT_MS + 2 * DAY_MS + 1_000);
    const late = moving({ memberId: 'li', to: to.address, signature });
    expect(await world.refused('accountMove', late)).toEqual([['deadline', 'DEADLINE_PASSED']]);
  });
});

describe('a transaction', () => {
  it('is shown as it is to a caller that did not wait for it', async () => {
    const input = { price: '1', text: 'A cup', idempotencyKey: world.key() };
    const { transaction } = await world.act('itemAdd', input);
    const query = 'query ($id: String!) { transaction(id: $id) { id hash status blockNumber } }';
    const { data } = await world.ask(world.mine.key, query, { id: transaction?.id });
    expect(data).toEqual({ transaction });
    const unknown = await world.ask(world.mine.key, query, { id: 'none' });
    expect(unknown.data).toEqual({ transaction: null });
  });

  it('that settles statements is nobody’s act', async () => {
    const { store, keystore, chain } = world.foundation;
    const settler = `${chain.chainId}:${keystore.signer.recorderAddress()}:0`;
    expect(await store.transactions.find(settler)).not.toBeNull();
    const query = 'query ($id: String!) { transaction(id: $id) { id } }';
    const { data } = await world.ask(world.mine.key, query, { id: settler });
    expect(data).toEqual({ transaction: null });
  });
});
