import type { Hex } from '@dewpoint/contracts/statement.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { Interface } from 'ethers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { dyingStore } from '../../testing/deaths.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import { depositReserve } from './depositReserve.ts';

/** A deposit for every call to the database, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 240_000;
const money = new Interface(localMoneyAbi);

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const mint = async (amount: bigint): Promise<void> => {
  const data = money.encodeFunctionData('mint', [harness.deployment.operator, amount]) as Hex;
  const { address } = harness.program.settlementToken;
  await harness.done(harness.byAnybody('mint', { to: address, data }));
};
const deposit = (own: ServerProcess, amount: string, idempotencyKey: string): Promise<unknown> =>
  depositReserve(
    own,
    { kind: 'reserveDeposit', program: harness.program, idempotencyKey },
    { amount },
  );
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
async function repeated(own: ServerProcess, amount: string, key: string): Promise<void> {
  for (;;) {
    const result = await driven(deposit(own, amount, key));
    if (result.status === 'fulfilled') return;
    if (!(result.reason instanceof ServiceError)) throw result.reason;
    expect(result.reason).toMatchObject({ code: 'BUSY' });
  }
}

it(
  'a deposit is made once, whichever call to the database a process dies at',
  async () => {
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
  },
  SLOW_TIMEOUT_MS,
);

it(
  'deposits of several processes at the same time are all made, the larger after the smaller and before it',
  async () => {
    await mint(10_000_000n);
    const amounts = ['1', '3', '2'];
    const acts = amounts.map((amount, index) => deposit(harness.process(), amount, `key-${index}`));
    await driven(Promise.allSettled(acts));
    for (const [index, amount] of amounts.entries()) {
      await repeated(harness.process(), amount, `key-${index}`);
    }
    expect(await reserve()).toBe(6_000_000n);
  },
  SLOW_TIMEOUT_MS,
);
