import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { createStatus } from '../../../composition/status.ts';
import { accepted } from '../../../testing/builders/request.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';
import { createGasTanks } from './gasTanks.ts';

const LANES = [0, 1] as const;
/** Far more than a batch costs. */
const FULL = `0x${(10n ** 20n).toString(16)}`;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ lanes: LANES.length });
});
afterEach(() => harness.close());

const laneOf = (lane: number): Address =>
  harness.keystore.signer.addressOf({ role: 'RELAYER', lane });
const sent = (): Promise<number[]> =>
  Promise.all(LANES.map((lane) => harness.chain.gateway.minedNonce(laneOf(lane))));
const setGas = (lane: number, wei: string): Promise<unknown> =>
  harness.rpc('anvil_setBalance', laneOf(lane), wei);

describe('a lane without gas money', () => {
  it.each(LANES)('is given no statements while another one can pay: lane %i', async (empty) => {
    await setGas(empty, '0x0');
    const before = await sent();
    await Promise.all([1, 2, 3].map((member) => harness.earn(member, 0, 1)));
    await harness.settleAll();
    const after = await sent();
    expect(after[empty]).toBe(before[empty]);
    expect((await harness.balances(3)).read).toBeGreaterThan(0n);
  });

  it.each(LANES)('is given no requests of accounts and of the relayer: lane %i', async (empty) => {
    await setGas(empty, '0x0');
    const { program, calls } = harness;
    const { submitter } = harness.process();
    const item = { price: 300n, stock: 5, text: 'Tea' };
    for (const request of [
      harness.byOperator('itemAdd', calls.addItem(program, item)),
      harness.byAnybody('settle', calls.settleRounds(program)),
    ]) {
      const { id } = accepted(await submitter.submit(request));
      expect(id.split(':')[1]).not.toBe(laneOf(empty));
    }
  });

  it('keeps the requests of an account together that were in it before it ran out', async () => {
    const { program, calls, store } = harness;
    const item = { price: 300n, stock: 5, text: 'Tea' };
    const add = (key: string) => harness.byOperator('itemAdd', calls.addItem(program, item), key);
    const first = accepted(await harness.process().submitter.submit(add('first')));
    const from = (await store.transactions.find(first.id))?.from;
    await setGas(
      LANES.findIndex((lane) => laneOf(lane) === from),
      '0x0',
    );
    const second = accepted(await harness.process().submitter.submit(add('second')));
    expect((await store.transactions.find(second.id))?.from).toBe(from);
  });

  it('is told once, as is that none can pay and that all can again', async () => {
    const [error, warn, info] = [vi.fn(), vi.fn(), vi.fn()];
    const lanes = LANES.map(laneOf);
    const { gateway } = harness.chain;
    let balances: readonly bigint[] = [];
    const look = async (left: readonly bigint[]): Promise<number> => {
      balances = left;
      return (await tanks.paying()).size;
    };
    const tanks = createGasTanks({
      lanes,
      gateway: {
        fees: () => gateway.fees(),
        balance: (account) => Promise.resolve(balances[lanes.indexOf(account)] ?? 0n),
      },
      logger: { error, warn, info },
      keptMs: 0,
    });
    const full = BigInt(FULL);
    expect(await look([full, full])).toBe(2);
    expect(await look([0n, full])).toBe(1);
    expect(await look([0n, full])).toBe(1);
    expect(warn.mock.calls).toEqual([[{ empty: [lanes[0]] }, expect.any(String)]]);
    expect(await look([0n, 0n])).toBe(0);
    expect(await look([0n, 0n])).toBe(0);
    expect(error).toHaveBeenCalledTimes(1);
    expect(info).not.toHaveBeenCalled();
    expect(await look([full, full])).toBe(2);
    expect(info).toHaveBeenCalledTimes(1);
  });
});

describe('the state of the service', () => {
  it('tells how many lanes can pay, and whether any can', async () => {
    const status = () =>
      createStatus(
        [{ foundation: harness, services: harness.process() }],
        () => null,
        { audit: () => null },
        () => Promise.resolve(null),
      );
    const told = async () => [
      (await status().probe()).relayerCanPay,
      (await status().gauges())['test']?.payingLanes,
    ];
    for (const lane of LANES) await setGas(lane, FULL);
    expect(await told()).toEqual([true, 2]);
    await setGas(0, '0x0');
    expect(await told()).toEqual([true, 1]);
    await setGas(1, '0x0');
    expect(await told()).toEqual([false, 0]);
  });

  it('lets statements wait while none can pay, and settles them once one can', async () => {
    for (const lane of LANES) await setGas(lane, '0x0');
    await harness.earn(1, 0, 1);
    const { indexer, settler, sender } = harness.process();
    const { throughBlock } = await indexer.step();
    expect(await settler.step(harness.program)).toBe(1);
    await sender.step(throughBlock ?? 0);
    expect((await harness.balances(1)).chain).toBe(0n);
    for (const lane of LANES) await setGas(lane, FULL);
    await harness.settleAll();
    expect((await harness.balances(1)).chain).toBeGreaterThan(0n);
  });
});
