import { describe, expect, it } from 'vitest';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { createGasAlert, createGasTank } from './gasTank.ts';

const FIRST: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const SECOND: Address = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512';

const created = (balances: Map<Address, bigint>, fee: () => bigint) =>
  createGasTank({
    lanes: { queues: [FIRST, SECOND].map((from) => ({ from }) as never) },
    gateway: {
      balance: (account) => Promise.resolve(balances.get(account) ?? 0n),
      fees: () => Promise.resolve({ maxFeePerGas: fee(), maxPriorityFeePerGas: 0n }),
    },
    lowGas: 1_000n,
  });

describe('the gas tank', () => {
  it('is low where the balance does not pay for the gas at the present price', async () => {
    const balances = new Map([
      [FIRST, 10_000n],
      [SECOND, 9_999n],
    ]);
    let fee = 10n;
    const tank = created(balances, () => fee);
    expect(await tank.read()).toEqual([
      { account: FIRST, balanceWei: 10_000n, lowBelowWei: 10_000n, low: false },
      { account: SECOND, balanceWei: 9_999n, lowBelowWei: 10_000n, low: true },
    ]);
    fee = 11n;
    expect((await tank.read()).map(({ low }) => low)).toEqual([true, true]);
  });

  it('tells once of an account that is low, and once that it is not any longer', async () => {
    const balances = new Map([
      [FIRST, 10_000n],
      [SECOND, 10_000n],
    ]);
    const told: unknown[] = [];
    let nowMs = 0;
    const alert = createGasAlert({
      chainId: 1,
      gasTank: created(balances, () => 10n),
      logger: {
        warn: (facts: { account: Address }) => void told.push(['low', facts.account]),
        info: (facts: { account: Address }) => void told.push(['enough', facts.account]),
      } as never,
      wallNowMs: () => nowMs,
    });
    const look = async (): Promise<void> => {
      nowMs += 60_000;
      await alert.step();
    };
    await look();
    expect(told).toEqual([]);
    balances.set(SECOND, 1n);
    await alert.step();
    // It looked within this minute.
    expect(told).toEqual([]);
    await look();
    await look();
    expect(told).toEqual([['low', SECOND]]);
    balances.set(SECOND, 20_000n);
    await look();
    await look();
    expect(told).toEqual([
      ['low', SECOND],
      ['enough', SECOND],
    ]);
    balances.set(SECOND, 1n);
    await look();
    expect(told.at(-1)).toEqual(['low', SECOND]);
  });
});
