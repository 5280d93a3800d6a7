import mintToken from '@dewpoint/contracts/artifacts/MintToken.json' with { type: 'json' };
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { Interface } from 'ethers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toAddress } from '../../chain/rpc/addresses.ts';
import { ServiceError } from '../../domain/errors.ts';
import { createProgramOn } from '../../testing/builders/program.ts';
import { dyingStore } from '../../testing/deaths.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import { depositReserve } from './depositReserve.ts';

const money = new Interface(localMoneyAbi);

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const mint = async (amount: bigint): Promise<void> => {
  const data = money.encodeFunctionData('mint', [harness.operator, amount]) as Hex;
  const { address } = harness.program.settlementToken;
  await harness.done(harness.byAnybody('mint', { to: address, data }));
};
const deposit = (
  own: ServerProcess,
  amount: string,
  idempotencyKey: string,
  program = harness.program,
): Promise<unknown> =>
  depositReserve(own, { kind: 'reserveDeposit', program, idempotencyKey }, { amount });
const reserve = async (): Promise<bigint> =>
  (await harness.process().rounds.reserve(harness.program)).reserve;

/** Sends what is queued until it is over. */
async function driven<Result>(act: Promise<Result>): Promise<PromiseSettledResult<Result>> {
  let over = false;
  const settled = Promise.allSettled([act]).then(([result]) => {
    over = true;
    return result;
  });
  while (!over) await harness.drive();
  return settled;
}
/** As every client may: until it is not busy any more. */
async function repeated(
  own: ServerProcess,
  amount: string,
  key: string,
  program = harness.program,
): Promise<void> {
  for (;;) {
    const result = await driven(deposit(own, amount, key, program));
    if (result.status === 'fulfilled') return;
    if (!(result.reason instanceof ServiceError)) throw result.reason;
    expect(result.reason).toMatchObject({ code: 'BUSY' });
  }
}

it('a deposit is made once, whichever call to the database a process dies at', async () => {
  await mint(10_000_000n);
  for (let calls = 0; ; calls += 3) {
    const mortal = {
      transactions: ['insert', 'findByRequest'],
      idempotency: 'all',
      leases: 'all',
    } as const;
    const { store, died } = dyingStore(harness.store, calls, mortal);
    const attempt = await driven(deposit(harness.process({ store }), '2.5', 'one'));
    if (!died()) break;
    if (attempt.status === 'rejected') expect(String(attempt.reason)).toContain('died');
  }
  await repeated(harness.process(), '2.5', 'one');
  expect(await reserve()).toBe(2_500_000n);
});

it('deposits of several processes at the same time are all made, the larger after the smaller and before it', async () => {
  await mint(10_000_000n);
  const amounts = ['1', '3', '2'];
  const acts = amounts.map((amount, index) => deposit(harness.process(), amount, `key-${index}`));
  await driven(Promise.allSettled(acts));
  for (const [index, amount] of amounts.entries()) {
    await repeated(harness.process(), amount, `key-${index}`);
  }
  expect(await reserve()).toBe(6_000_000n);
});

/** Deploys a token that takes no approvals by signature. */
async function deployPlainToken(): Promise<Address> {
  const [from] = (await harness.rpc('eth_accounts')) as Address[];
  const hash = await harness.rpc('eth_sendTransaction', { from, data: mintToken.bytecode });
  await harness.mineWaiting();
  const receipt = await harness.rpc('eth_getTransactionReceipt', hash);
  return toAddress((receipt as { contractAddress: string }).contractAddress.toLowerCase());
}

it('a deposit of a token without approvals by signature has the gas of its approval sent first, and no more', async () => {
  const token = await deployPlainToken();
  const program = await createProgramOn(harness, { name: 'Plain', settlementToken: token });
  await harness.store.programs.insert(program);
  const { operator } = harness;
  const data = money.encodeFunctionData('mint', [operator, 10n ** 20n]) as Hex;
  await harness.done(harness.byAnybody('mint', { to: token, data }));
  const { gateway, chainId } = harness.chain;
  expect(await gateway.balance(operator)).toBe(0n);
  await repeated(harness.process(), '2', 'one', program);
  await repeated(harness.process(), '3', 'two', program);
  const units = 10n ** BigInt(program.settlementToken.decimals);
  expect((await harness.process().rounds.reserve(program)).reserve).toBe(5n * units);
  // Two approvals, and nothing else, were sent by the account itself.
  expect(await gateway.minedNonce(operator)).toBe(2);
  expect(await harness.store.transactions.highestNonce(chainId, operator)).toBe(1);
  const { maxFeePerGas } = await gateway.fees();
  expect(await gateway.balance(operator)).toBeLessThan(500_000n * maxFeePerGas);
});
