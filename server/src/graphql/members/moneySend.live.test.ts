import { keyOwner } from '../../services/access/apiKeys.ts';
import { mintTokenAbi } from '@dewpoint/contracts/abi/mintTokenAbi.ts';
import mintToken from '@dewpoint/contracts/artifacts/MintToken.json' with { type: 'json' };
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAddress } from '../../chain/rpc/addresses.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { KEY_SCOPES } from '../../domain/organisations/scopes.ts';
import {
  createProgramOn,
  MUTATION_SETTINGS,
  SERVICE_SETTINGS,
} from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import {
  finalAnswer,
  startService,
  until,
  type Answer,
  type OwnWallet,
  type TestService,
} from '../../testing/service.ts';

const TOKEN_UNITS = 1_000_000n;
const ROUND_MS = 14 * DAY_MS;
const WINDOW_MS = 3 * DAY_MS;
const SAVINGS = '0x000000000000000000000000000000000000c0Fe';
const FIRST_ROUND_MS = STARTS_AT_MS + 3 * DAY_MS;

let service: TestService;
let wallet: OwnWallet;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  wallet = await service.openWallet();
});
afterAll(() => service.close());

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const balanceOf = (account: `0x${string}`): Promise<bigint> =>
  service.services.views.moneyOf(service.mine.program, account);

const MONEY = 'money { owed account stale }';
async function moneyOf(memberId: string): Promise<unknown> {
  const query = `query ($memberId: String!) { member(memberId: $memberId) { ${MONEY} } }`;
  const { data, errors } = await service.ask(service.mine.key, query, { memberId });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data?.['member'] as { money: unknown } | null)?.money;
}
const money = (owed: string, account = '0.000000'): object => ({ owed, account, stale: false });

/** What a caller finds who knows the key alone. */
async function foundBy(input: object, key = service.mine.key): Promise<object> {
  const { idempotencyKey, memberId } = input as Record<string, string>;
  const query = `query ($idempotencyKey: String!, $memberId: String!) {
    transaction(idempotencyKey: $idempotencyKey, memberId: $memberId) { id status } }`;
  const { data } = await service.ask(key, query, { idempotencyKey, memberId });
  return { transaction: data?.['transaction'] };
}
/** What the same request is answered once more. */
async function newestOf(input: object): Promise<unknown> {
  const answer = await service.act('moneySend', input, 'transaction { id status }');
  expect(answer).toMatchObject({
    transaction: { id: expect.any(String) as string, status: 'MINED' },
  });
  return answer;
}

/** Has a member sell 10 points, at half a token each, in each of these rounds; and each settled. */
async function sold(memberId: string, ...rounds: readonly number[]): Promise<void> {
  for (const round of rounds) {
    await service.moveClockTo(FIRST_ROUND_MS + round * ROUND_MS);
    await service.earn(memberId, 5);
    const { userErrors } = await service.act(
      'roundTender',
      keyed({ memberId, round, amount: '10' }),
    );
    expect(userErrors).toEqual([]);
    await service.moveClockTo(FIRST_ROUND_MS + round * ROUND_MS + WINDOW_MS);
    await service.act('roundSettle', keyed({}));
  }
}

describe('the money of a member without gas', () => {
  beforeAll(async () => {
    await service.mint(100n * TOKEN_UNITS);
    await service.act('reserveDeposit', keyed({ amount: '60' }));
    await sold('mei', 0, 1);
  });

  it('stays owed in the contract until the member says where to', async () => {
    expect(await moneyOf('mei')).toEqual(money('10.000000'));
  });

  it('is sent nowhere that can not be right', async () => {
    const to = service.mine.program.buyback;
    expect(await service.refused('moneySend', keyed({ memberId: 'mei', to }))).toEqual([
      ['to', 'INVALID_RECIPIENT'],
    ]);
    const swapped = `0x${'a'.repeat(39)}A`;
    expect(await service.refused('moneySend', keyed({ memberId: 'mei', to: swapped }))).toEqual([
      ['to', 'MALFORMED'],
    ]);
    expect(await moneyOf('mei')).toEqual(money('10.000000'));
  });

  it('goes from every round that owes straight to the account that the member names, once under a key', async () => {
    const input = keyed({ memberId: 'mei', to: wallet.address });
    const selection = `${MONEY} transactions { status }`;
    const sent = await service.act('moneySend', input, selection);
    expect(sent).toMatchObject({
      userErrors: [],
      transactions: [{ status: 'MINED' }, { status: 'MINED' }],
      money: money('0.000000'),
    });
    expect(await balanceOf(wallet.address)).toBe(10n * TOKEN_UNITS);
    expect(await balanceOf(await accountOf('mei'))).toBe(0n);
    expect(await service.act('moneySend', input, selection)).toEqual(sent);
    expect(await balanceOf(wallet.address)).toBe(10n * TOKEN_UNITS);
    expect(await newestOf(input)).toMatchObject(await foundBy(input));
    const elsewhere = { ...input, to: service.mine.program.charter };
    expect(await service.refused('moneySend', elsewhere)).toEqual([
      ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
    ]);
  });

  it('goes on from the account of the member, where a claim of anybody has paid it', async () => {
    await sold('mei', 2);
    const holder = await accountOf('mei');
    await wallet.send(service.services.calls.claimMoney(service.mine.program, 2, holder));
    expect(await moneyOf('mei')).toEqual(money('0.000000', '5.000000'));
    const input = keyed({ memberId: 'mei', to: SAVINGS });
    const sent = await service.act('moneySend', input, `${MONEY} transactions { status }`);
    expect(sent).toMatchObject({
      userErrors: [],
      transactions: [{ status: 'MINED' }],
      money: money('0.000000'),
    });
    expect(await balanceOf(SAVINGS)).toBe(5n * TOKEN_UNITS);
    expect(await service.act('moneySend', input, `${MONEY} transactions { status }`)).toEqual(sent);
    expect(await newestOf(input)).toMatchObject(await foundBy(input));
    expect(await balanceOf(SAVINGS)).toBe(5n * TOKEN_UNITS);
  });

  it('is found by its own key alone', async () => {
    expect(await foundBy(keyed({ memberId: 'mei' }))).toEqual({ transaction: null });
  });

  it('is nothing to send once it is sent, and for a member who never had any', async () => {
    await service.earn('late', 1);
    for (const memberId of ['mei', 'late']) {
      const input = keyed({ memberId, to: wallet.address });
      expect(await service.refused('moneySend', input)).toEqual([['memberId', 'NOTHING_TO_SEND']]);
    }
  });

  it('is of no member of another program', async () => {
    const query = `mutation ($input: MoneySendInput!) { moneySend(input: $input) { userErrors { field code } } }`;
    const input = keyed({ memberId: 'mei', to: wallet.address });
    const { data } = await service.ask(service.theirs.key, query, { input });
    expect(data?.['moneySend']).toEqual({ userErrors: [{ field: 'memberId', code: 'NOT_FOUND' }] });
  });

  it('shows to whom a share was paid', async () => {
    const query = `{ member(memberId: "mei") { share(round: 1) { moneyClaimed paidTo paid } } }`;
    const { data } = await service.ask(service.mine.key, query);
    expect(data?.['member']).toEqual({
      share: { moneyClaimed: true, paidTo: wallet.address, paid: '5.000000' },
    });
  });
});

/** Deploys a token that takes no approvals by signature. */
async function deployPlainMoney(): Promise<{
  readonly address: Address;
  mint(to: Address, amount: bigint): ContractCall;
}> {
  const { rpc } = service.foundation.chain;
  const contract = new Interface(mintTokenAbi);
  const [from] = (await rpc.call('eth_accounts', [])) as Address[];
  const data = mintToken.bytecode;
  const hash = await rpc.call('eth_sendTransaction', [{ from, data }]);
  let deployed = '';
  await until('the token is deployed', async () => {
    const receipt = await rpc.call('eth_getTransactionReceipt', [hash]);
    deployed = (receipt as { contractAddress: string } | null)?.contractAddress ?? '';
    return deployed !== '';
  });
  const address = toAddress(deployed.toLowerCase());
  return {
    address,
    mint: (to, amount) => ({
      to: address,
      data: contract.encodeFunctionData('mint', [to, amount]) as Hex,
    }),
  };
}

describe('money of a token that takes no approvals by signature', () => {
  let plain: Awaited<ReturnType<typeof deployPlainMoney>>;
  let program: Program;
  let key: string;
  beforeAll(async () => {
    plain = await deployPlainMoney();
    const { services, foundation } = service;
    const { nowMs } = await foundation.chain.clock.now();
    const startsAtMs = nowMs - (nowMs % DAY_MS);
    const own = { name: 'Plain', settlementToken: plain.address, startsAtMs };
    const settings = { ...SERVICE_SETTINGS, ...own };
    const { id: _id, ...created } = await createProgramOn(foundation, settings);
    program = await services.programs.register(created);
    ({ key } = await services.apiKeys.create(keyOwner(program), 'test', KEY_SCOPES));
    await until('its rules are read', async () => {
      const known = await services.programs.get(program.id);
      return (known?.ruleSets.length ?? 0) > 0;
    });
  });

  /** A member whose account has money. */
  const paid = async (memberId: string, amount: bigint): Promise<Address> => {
    const { nowMs } = await service.foundation.chain.clock.now();
    const occurredAt = new Date(nowMs).toISOString();
    const action = { memberId, eventId: '1', rule: 'visit', occurredAt };
    const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
    await service.ask(key, record, { input: { actions: [action] } });
    const member = await service.services.members.find(program, memberId);
    if (member === null) throw new Error(`no member ${memberId}`);
    await wallet.send(plain.mint(member.account, amount));
    return member.account;
  };
  const query = `mutation ($input: MoneySendInput!) { moneySend(input: $input) {
    transactions { status } transaction { status } userErrors { field code } } }`;
  const inAccount = (account: Address): Promise<bigint> =>
    service.services.views.moneyOf(program, account);

  it('goes on by a transfer of the account itself, with gas that the relayer sent', async () => {
    const account = await paid('tom', 700n);
    const input = keyed({ memberId: 'tom', to: SAVINGS });
    const send = (): Promise<Answer> => finalAnswer(() => service.ask(key, query, { input }));
    const sent = await send();
    expect(sent.data?.['moneySend']).toMatchObject({
      userErrors: [],
      transactions: [{ status: 'MINED' }],
    });
    expect(await inAccount(SAVINGS)).toBe(700n);
    expect(await inAccount(account)).toBe(0n);
    expect(await send()).toEqual(sent);
    expect(await foundBy(input, key)).toMatchObject({ transaction: { status: 'MINED' } });
    expect(await inAccount(SAVINGS)).toBe(700n);
  });

  it('goes on under the same key when more comes while its gas is on the way', async () => {
    const account = await paid('tim', 700n);
    const to = `0x${'5a'.repeat(20)}` as const;
    const input = keyed({ memberId: 'tim', to });
    const send = (): Promise<Answer> => service.ask(key, query, { input });
    const { rpc } = service.foundation.chain;
    await rpc.call('evm_setAutomine', [false]);
    const waits = await send().finally(() => rpc.call('evm_setAutomine', [true]));
    expect(waits.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BUSY']);
    await rpc.call('evm_mine', []);
    await wallet.send(plain.mint(account, 300n));
    const { data } = await finalAnswer(send);
    expect(data?.['moneySend']).toMatchObject({
      userErrors: [],
      transactions: [{ status: 'MINED' }],
    });
    expect([await inAccount(to), await inAccount(account)]).toEqual([1_000n, 0n]);
  });
});

async function accountOf(memberId: string): Promise<`0x${string}`> {
  const member = await service.services.members.find(service.mine.program, memberId);
  if (member === null) throw new Error(`no member ${memberId}`);
  return member.account;
}
