import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LOCAL_SEND_POLICY,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import { PER_ACTION } from '../../../testing/builders/program.ts';
import { pointsCall } from '../../../testing/chain.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';

let harness: Harness;
/** Next nonce of the lane, which has created the program. */
let firstNonce: number;
beforeEach(async () => {
  harness = await startHarness();
  firstNonce = await harness.chain.gateway.minedNonce(from());
});
afterEach(() => harness.close());

/** An address that is nobody's. */
const OTHER_KEY = `0x${'ab'.repeat(20)}`;
const from = () => harness.keystore.signer.addressOf(LANE);
const LANE = { role: 'RELAYER', lane: 0 } as const;
const open = (): Promise<TransactionRecord[]> =>
  harness.store.transactions.listOpen(harness.chain.chainId, from(), 100);
const onlyOpen = async (): Promise<TransactionRecord> => {
  const [first, ...others] = await open();
  if (first === undefined || others.length > 0) throw new Error('not exactly one is open');
  return first;
};
const asOperator = (name: string, ...values: unknown[]): Promise<void> =>
  harness.sendAs(harness.operator, pointsCall(harness.program, name, ...values));
const gasUsed = () => harness.store.transactions.gasUsed(harness.program.id);
/** Transactions of the lane since the test began. */
const sent = async (): Promise<number> =>
  (await harness.chain.gateway.minedNonce(from())) - firstNonce;

/** Everything that a process does from queueing on, in steps after each of which it may die. */
const STEPS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['read', () => harness.process().indexer.step()],
  ['queued', () => harness.process().settler.step(harness.program)],
  ['signed and saved', () => harness.process().sender.sign()],
  [
    'sent, and nobody knows',
    async () => {
      for (const { attempts } of await open()) {
        const raw = attempts.at(-1)?.raw ?? null;
        if (raw !== null) await harness.chain.gateway.broadcast(raw);
      }
    },
  ],
  ['noted as sent', () => harness.process().sender.send()],
  ['read again', () => harness.process().indexer.step()],
  [
    'mined',
    async () => {
      const { throughBlock } = await harness.process().indexer.step();
      await harness.process().sender.reconcile(throughBlock ?? 0);
    },
  ],
];

describe('a process that dies', () => {
  it.each(STEPS.map(([name], index) => [name, index] as const))(
    'after the step "%s" leaves nothing undone and nothing done twice',
    async (_name, index) => {
      await harness.earn(1, 0, 3);
      await harness.earn(2, 0, 1);
      for (const [, run] of STEPS.slice(0, index + 1)) await run();
      await harness.settleAll();
      expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
      expect(await harness.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
      expect(await open()).toEqual([]);
      expect(await gasUsed()).toMatchObject({ transactions: 1 });
      expect(await sent()).toBe(1);
    },
  );

  it('may repeat every step any number of times', async () => {
    await harness.earn(1, 0, 3);
    for (const [, run] of STEPS) {
      await run();
      await run();
    }
    await harness.settleAll();
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await sent()).toBe(1);
  });
});

describe('a transaction', () => {
  it('is on its way at the same time as others, in the order of their nonces', async () => {
    await harness.rpc('evm_setAutomine', false);
    const { indexer, settler, sender } = harness.process();
    await indexer.step();
    for (let member = 0; member < 3; member += 1) {
      await harness.earn(member, 0, 1);
      await settler.step(harness.program);
    }
    await sender.step(Number(await harness.rpc('eth_blockNumber')));
    expect((await open()).map(({ nonce, status }) => [nonce - firstNonce, status])).toEqual([
      [0, 'broadcast'],
      [1, 'broadcast'],
      [2, 'broadcast'],
    ]);
    await harness.rpc('evm_mine');
    await harness.settleAll();
    expect(await gasUsed()).toMatchObject({ transactions: 3 });
  });

  it('is sent with higher fees when it waits too long, and whichever attempt is mined counts once', async () => {
    await harness.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const services = harness.process({ wallNowMs: () => wallMs });
    await harness.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(harness.program);
    await services.sender.step(0);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await services.sender.step(0);
    await services.sender.step(0);
    const { attempts, status } = await onlyOpen();
    expect(status).toBe('broadcast');
    const [first, second] = attempts.map(({ maxFeePerGas }) => maxFeePerGas);
    expect(attempts).toHaveLength(2);
    expect(second).toBeGreaterThanOrEqual(((first ?? 0n) * 1_125n) / 1_000n);
    await harness.rpc('evm_mine');
    await harness.settleAll(services);
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await sent()).toBe(1);
    expect(await gasUsed()).toMatchObject({ transactions: 1 });
  });

  it('never offers more than the ceiling', async () => {
    await harness.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const { maxFeePerGas } = await harness.chain.gateway.fees();
    const policy = { ...LOCAL_SEND_POLICY, feeCeilingWei: maxFeePerGas };
    const services = harness.process({ wallNowMs: () => wallMs, policy });
    await harness.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(harness.program);
    await services.sender.step(0);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await services.sender.step(0);
    await services.sender.step(0);
    expect((await onlyOpen()).attempts).toHaveLength(1);
  });

  it('is sent again when the node has lost it', async () => {
    await harness.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const services = harness.process({ wallNowMs: () => wallMs });
    await harness.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(harness.program);
    await services.sender.step(0);
    await harness.rpc('anvil_dropAllTransactions');
    await harness.rpc('evm_setAutomine', true);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await harness.settleAll(services);
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
  });

  it('makes its statements due again when another holder of the key uses its nonce', async () => {
    let wallMs = Date.now();
    const services = harness.process({ wallNowMs: () => wallMs });
    await harness.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(harness.program);
    const { raw } = await harness.keystore.signer.signTransaction({
      by: LANE,
      chainId: harness.chain.chainId,
      nonce: firstNonce,
      gasLimit: 21_000n,
      call: { kind: 'noop' },
      ...(await harness.chain.gateway.fees()),
    });
    await harness.chain.gateway.broadcast(raw);
    await harness.mineWaiting();
    await services.sender.step(0);
    const { throughBlock } = await services.indexer.step();
    await services.sender.step(throughBlock ?? 0);
    wallMs += LOCAL_SEND_POLICY.displacedAfterMs;
    await harness.settleAll(services);
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await sent()).toBe(2);
    expect(await gasUsed()).toMatchObject({ transactions: 1 });
  });

  it('keeps its hashes and its gas but not its bytes once it is final', async () => {
    await harness.earn(1, 0, 3);
    await harness.settleAll();
    const snapshot = await harness.store.transactions.noncesWithin({
      chainId: harness.chain.chainId,
      from: from(),
      lowest: 0,
      highest: firstNonce + 10,
    });
    expect([...snapshot]).toEqual([firstNonce]);
    await harness.store.transactions.reopenAbove(harness.chain.chainId, 0);
    const { attempts, status } = await onlyOpen();
    expect(status).toBe('queued');
    expect(attempts).toMatchObject([{ raw: null, hash: expect.stringMatching(/^0x/) as string }]);
  });
});

describe('a chain that lost blocks', () => {
  it('gets the same transactions again, from its own nonce on', async () => {
    const services = harness.process();
    const snapshot = await harness.rpc('evm_snapshot');
    for (let member = 0; member < 4; member += 1) {
      await harness.earn(member, 0, member + 1);
      await harness.settleAll(services);
    }
    expect(await sent()).toBe(4);
    await harness.rpc('evm_revert', snapshot);
    expect(await sent()).toBe(0);
    await harness.settleAll(services);
    for (let member = 0; member < 4; member += 1) {
      const points = BigInt(member + 1) * PER_ACTION;
      expect(await harness.balances(member)).toEqual({ chain: points, read: points });
    }
    expect(await sent()).toBe(4);
    expect(await open()).toEqual([]);
  });

  it('gets something else at a nonce whose transaction is not valid any more', async () => {
    const services = harness.process();
    const snapshot = await harness.rpc('evm_snapshot');
    await harness.earn(1, 0, 3);
    await harness.settleAll(services);
    await harness.rpc('evm_revert', snapshot);
    const { signer } = harness.keystore;
    const recorder = signer.recorderAddress(harness.program.recorderLabel);
    await asOperator('revokeRecorder', recorder, OTHER_KEY);
    const { throughBlock } = await services.indexer.step();
    await services.sender.step(throughBlock ?? 0);
    await services.sender.step(throughBlock ?? 0);
    await harness.mineWaiting();
    expect(await sent()).toBe(1);
    await harness.settleAll(services);
    expect(await open()).toEqual([]);
    expect(await harness.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
  });

  it('has a nonce used up that nobody remembers, so that the others can follow', async () => {
    const services = harness.process();
    const snapshot = await harness.rpc('evm_snapshot');
    const { raw } = await harness.keystore.signer.signTransaction({
      by: LANE,
      chainId: harness.chain.chainId,
      nonce: firstNonce,
      gasLimit: 21_000n,
      call: { kind: 'noop' },
      ...(await harness.chain.gateway.fees()),
    });
    await harness.chain.gateway.broadcast(raw);
    await harness.mineWaiting();
    await harness.earn(1, 0, 3);
    await harness.settleAll(services);
    await harness.rpc('evm_revert', snapshot);
    await harness.settleAll(services);
    expect(await harness.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await sent()).toBe(2);
  });
});
