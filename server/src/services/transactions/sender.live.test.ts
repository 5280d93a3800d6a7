import type { Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  LOCAL_SEND_POLICY,
  type TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import {
  PER_ACTION,
  startTestDatabase,
  startWorld,
  type World,
} from '../../testing/settlingWorld.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  world = await startWorld({ database });
});
afterEach(() => world.close());

/** An address that is nobody's. */
const OTHER_KEY = `0x${'ab'.repeat(20)}`;
const from = () => world.keystore.signer.recorderAddress();
const open = (): Promise<TransactionRecord[]> =>
  world.store.transactions.listOpen(world.chain.chainId, from(), 100);
const onlyOpen = async (): Promise<TransactionRecord> => {
  const [first, ...others] = await open();
  if (first === undefined || others.length > 0) throw new Error('not exactly one is open');
  return first;
};
const gasUsed = () => world.store.transactions.gasUsed(world.program.id);
const minedNonce = () => world.chain.gateway.minedNonce(from());

/** Everything that a process does from queueing on, in steps after each of which it may die. */
const STEPS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['read', () => world.services().indexer.step()],
  ['queued', () => world.services().settler.step(world.program)],
  ['signed and saved', () => world.services().sender.sign()],
  [
    'sent, and nobody knows',
    async () => {
      for (const { attempts } of await open()) {
        const raw = attempts.at(-1)?.raw ?? null;
        if (raw !== null) await world.chain.gateway.broadcast(raw);
      }
    },
  ],
  ['noted as sent', () => world.services().sender.send()],
  ['read again', () => world.services().indexer.step()],
  [
    'mined',
    async () => {
      const { throughBlock } = await world.services().indexer.step();
      await world.services().sender.reconcile(throughBlock ?? 0);
    },
  ],
];

describe('a process that dies', () => {
  it.each(STEPS.map(([name], index) => [name, index] as const))(
    'after the step "%s" leaves nothing undone and nothing done twice',
    async (_name, index) => {
      await world.earn(1, 0, 3);
      await world.earn(2, 0, 1);
      for (const [, run] of STEPS.slice(0, index + 1)) await run();
      await world.settleAll();
      expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
      expect(await world.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
      expect(await open()).toEqual([]);
      expect(await gasUsed()).toMatchObject({ transactions: 1 });
      expect(await minedNonce()).toBe(1);
    },
  );

  it('may repeat every step any number of times', async () => {
    await world.earn(1, 0, 3);
    for (const [, run] of STEPS) {
      await run();
      await run();
    }
    await world.settleAll();
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await minedNonce()).toBe(1);
  });
});

describe('a transaction', () => {
  it('is on its way at the same time as others, in the order of their nonces', async () => {
    await world.rpc('evm_setAutomine', false);
    const { indexer, settler, sender } = world.services();
    await indexer.step();
    for (let member = 0; member < 3; member += 1) {
      await world.earn(member, 0, 1);
      await settler.step(world.program);
    }
    await sender.step(Number(await world.rpc('eth_blockNumber')));
    expect((await open()).map(({ nonce, status }) => [nonce, status])).toEqual([
      [0, 'broadcast'],
      [1, 'broadcast'],
      [2, 'broadcast'],
    ]);
    await world.rpc('evm_mine');
    await world.settleAll();
    expect(await gasUsed()).toMatchObject({ transactions: 3 });
  });

  it('is sent with higher fees when it waits too long, and whichever attempt is mined counts once', async () => {
    await world.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const services = world.services({ wallNowMs: () => wallMs });
    await world.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(world.program);
    await services.sender.step(0);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await services.sender.step(0);
    await services.sender.step(0);
    const { attempts, status } = await onlyOpen();
    expect(status).toBe('broadcast');
    const [first, second] = attempts.map(({ maxFeePerGas }) => maxFeePerGas);
    expect(attempts).toHaveLength(2);
    expect(second).toBeGreaterThanOrEqual(((first ?? 0n) * 1_125n) / 1_000n);
    await world.rpc('evm_mine');
    await world.settleAll(services);
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await minedNonce()).toBe(1);
    expect(await gasUsed()).toMatchObject({ transactions: 1 });
  });

  it('never offers more than the ceiling', async () => {
    await world.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const { maxFeePerGas } = await world.chain.gateway.fees();
    const policy = { ...LOCAL_SEND_POLICY, feeCeilingWei: maxFeePerGas };
    const services = world.services({ wallNowMs: () => wallMs, policy });
    await world.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(world.program);
    await services.sender.step(0);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await services.sender.step(0);
    await services.sender.step(0);
    expect((await onlyOpen()).attempts).toHaveLength(1);
  });

  it('is sent again when the node has lost it', async () => {
    await world.rpc('evm_setAutomine', false);
    let wallMs = Date.now();
    const services = world.services({ wallNowMs: () => wallMs });
    await world.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(world.program);
    await services.sender.step(0);
    await world.rpc('anvil_dropAllTransactions');
    await world.rpc('evm_setAutomine', true);
    wallMs += LOCAL_SEND_POLICY.resendAfterMs;
    await world.settleAll(services);
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
  });

  it('makes its statements due again when somebody else uses its nonce', async () => {
    let wallMs = Date.now();
    const services = world.services({ wallNowMs: () => wallMs });
    await world.earn(1, 0, 3);
    await services.indexer.step();
    await services.settler.step(world.program);
    const { raw } = await world.keystore.signer.signTransaction({
      by: 'recorder',
      chainId: world.chain.chainId,
      nonce: 0,
      gasLimit: 21_000n,
      call: { kind: 'noop' },
      ...(await world.chain.gateway.fees()),
    });
    await world.chain.gateway.broadcast(raw);
    await services.sender.step(0);
    const { throughBlock } = await services.indexer.step();
    await services.sender.step(throughBlock ?? 0);
    wallMs += LOCAL_SEND_POLICY.displacedAfterMs;
    await world.settleAll(services);
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await minedNonce()).toBe(2);
    expect(await gasUsed()).toMatchObject({ transactions: 1 });
  });

  it('keeps its hashes and its gas but not its bytes once it is final', async () => {
    await world.earn(1, 0, 3);
    await world.settleAll();
    const snapshot = await world.store.transactions.noncesWithin({
      chainId: world.chain.chainId,
      from: from(),
      lowest: 0,
      highest: 10,
    });
    expect([...snapshot]).toEqual([0]);
    await world.store.transactions.reopenAbove(world.chain.chainId, 0);
    const { attempts, status } = await onlyOpen();
    expect(status).toBe('queued');
    expect(attempts).toMatchObject([{ raw: null, hash: expect.stringMatching(/^0x/) as string }]);
  });
});

describe('a chain that lost blocks', () => {
  it('gets the same transactions again, from its own nonce on', async () => {
    const services = world.services();
    const snapshot = await world.rpc('evm_snapshot');
    for (let member = 0; member < 4; member += 1) {
      await world.earn(member, 0, member + 1);
      await world.settleAll(services);
    }
    expect(await minedNonce()).toBe(4);
    await world.rpc('evm_revert', snapshot);
    expect(await minedNonce()).toBe(0);
    await world.settleAll(services);
    for (let member = 0; member < 4; member += 1) {
      const points = BigInt(member + 1) * PER_ACTION;
      expect(await world.balances(member)).toEqual({ chain: points, read: points });
    }
    expect(await minedNonce()).toBe(4);
    expect(await open()).toEqual([]);
  });

  it('gets something else at a nonce whose transaction is not valid any more', async () => {
    const services = world.services();
    const snapshot = await world.rpc('evm_snapshot');
    await world.earn(1, 0, 3);
    await world.settleAll(services);
    await world.rpc('evm_revert', snapshot);
    await world.asOperator('revokeRecorder', from(), OTHER_KEY);
    const { throughBlock } = await services.indexer.step();
    await services.sender.step(throughBlock ?? 0);
    await services.sender.step(throughBlock ?? 0);
    expect(await minedNonce()).toBe(1);
    await world.settleAll(services);
    expect(await open()).toEqual([]);
    expect(await world.statement(1, 0)).toMatchObject({ due: true, settledAt: null });
  });

  it('has a nonce used up that nobody remembers, so that the others can follow', async () => {
    const services = world.services();
    const snapshot = await world.rpc('evm_snapshot');
    const { raw } = await world.keystore.signer.signTransaction({
      by: 'recorder',
      chainId: world.chain.chainId,
      nonce: 0,
      gasLimit: 21_000n,
      call: { kind: 'noop' },
      ...(await world.chain.gateway.fees()),
    });
    await world.chain.gateway.broadcast(raw);
    await world.earn(1, 0, 3);
    await world.settleAll(services);
    await world.rpc('evm_revert', snapshot);
    await world.settleAll(services);
    expect(await world.balances(1)).toEqual({ chain: 3n * PER_ACTION, read: 3n * PER_ACTION });
    expect(await minedNonce()).toBe(2);
  });
});
