import type { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { minedReceipt } from '../minedReceipt.ts';
import { encodeBuybackTerms, encodeTerms } from '../terms.ts';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import { addItem, announce, object, redeem, release } from '../testing/programCalls.ts';
import {
  addressOf,
  BUYBACK_TERMS,
  NOTICE_PERIOD,
  rule,
  terms,
  TestProgram,
  type TestContract,
} from '../testing/testProgram.ts';
import type { Report } from './report/report.ts';
import { verify } from './verify.ts';

const RULES = terms({ rules: [rule({ id: 1 })] });
const WORSE = terms({ rules: [rule({ id: 1, perAction: 1n })] });

let program: TestProgram;
let member: Wallet;
let startOver: () => Promise<void>;
beforeAll(async () => {
  program = await TestProgram.start([RULES], { transferable: false });
  member = await program.newWallet();
  const lines = [{ ruleId: 1, count: 500n, amount: 0n }];
  await program.settle([{ member: addressOf(member), epoch: 0, lines }]);
  startOver = await program.keepState();
});
afterEach(() => startOver());
afterAll(() => program.stop());

async function report(): Promise<Report> {
  return verify({ provider: program.provider, program: program.address });
}
const red = ({ checks }: Report): string[] => checks.filter(({ ok }) => !ok).map((c) => c.name);

/** Sends a call from the address of a contract, as no chain would let anybody. */
async function as(module: TestContract, name: string, ...values: unknown[]): Promise<void> {
  await asCaller(module, 'points', name, ...values);
}

async function asCaller(
  module: TestContract,
  to: TestContract,
  name: string,
  ...values: unknown[]
): Promise<void> {
  const { provider } = program;
  const from = program.addressOf(module);
  await provider.send('anvil_setBalance', [from, '0xde0b6b3a7640000']);
  await provider.send('anvil_impersonateAccount', [from]);
  const data = program.encode(to, name, ...values);
  const call = { from, to: program.addressOf(to), data };
  const hash = String(await provider.send('eth_sendTransaction', [call]));
  const { status } = await minedReceipt(provider, hash);
  if (status !== 1) throw new Error(`${name} reverted`);
}

it('accepts moves by modules alone where points do not move freely', async () => {
  const change = await announce(program, WORSE);
  await object(program, member, change, 1_000n);
  const item = await addItem(program, 500n, 9);
  const order = await redeem(program, member, item);
  await program.sendTo('catalogue', program.operator, 'fulfil', order);
  await program.moveTo(STARTS_AT + 2 * NOTICE_PERIOD);
  await release(program, member, change);
  const verified = await report();
  expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verified.checks.find(({ name }) => name === 'moves')?.checked).toBe(3);
  expect(verified.totals.supply).toBe(499_500n);
});

it('sees a rule set that a charter applied without a word', async () => {
  await as('charter', 'applyTerms', encodeTerms(WORSE));
  expect(red(await report())).toEqual(['announced']);
});

it('sees buyback terms that a charter applied without a word', async () => {
  const worse = encodeBuybackTerms({ ...BUYBACK_TERMS, pricePerPoint: 1_000n });
  await asCaller('charter', 'buyback', 'applyTerms', worse);
  expect(red(await report())).toEqual(['announced']);
});

it.each<[TestContract]>([['charter'], ['buyback'], ['catalogue']])(
  'sees points that the %s took from a member who called nothing',
  async (module) => {
    await as(module, 'pull', member.address, 3_000n);
    expect(red(await report())).toEqual(['escrows']);
  },
);

it('sees points in escrow that were burned', async () => {
  const item = await addItem(program, 500n, 9);
  await redeem(program, member, item);
  await as('catalogue', 'burn', 500n);
  expect(red(await report())).toEqual(['escrows', 'burned']);
});

it('says of a settlement token that no longer answers that the money is not there', async () => {
  const reverts = '0x5f5ffd';
  await program.provider.send('anvil_setCode', [program.addressOf('money'), reverts]);
  expect(red(await report())).toEqual(['reserve']);
});
