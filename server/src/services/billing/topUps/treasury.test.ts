import type { Address } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { newTopUp, topUpRequestId, type TopUp } from '../../../domain/billing/topUp.ts';
import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import type { MinedReceipt, TransactionGateway } from '../../../ports/chain/chain.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import { INVENTED_PROGRAM as PROGRAM } from '../../../testing/builders/program.ts';
import { createTreasury } from './treasury.ts';

const TREASURY: Address = `0x${'a7'.repeat(20)}`;
const HASH = `0x${'11'.repeat(32)}` as const;
const TOP_UP: TopUp = {
  ...newTopUp(
    {
      ...{ id: 'top_1', organisationId: 'org_1', programId: 'prg_1', currency: 'eur' },
      ...{ amount: 5_000_000n, decimals: 6, charge: 500n },
    },
    0,
  ),
  gasLimit: 60_000n,
};
const MINED = { hash: HASH, blockNumber: 7, gasUsed: 50_000n, succeeded: true };
const ATTEMPT = {
  ...{ hash: HASH, raw: null, gasLimit: 60_000n, signedAtMs: 1 },
  ...{ maxFeePerGas: 2n, maxPriorityFeePerGas: 1n },
};

/** What the chain says, and what it is asked for. */
interface Chain {
  has: bigint;
  answers: boolean;
  hasTransferred: boolean | null;
  minedNonce: number;
  receipts: readonly (MinedReceipt | null)[];
  clearance: 'SEND' | 'DROP' | 'HOLD';
}

/** A treasury on an invented chain, with its transactions by their requests. */
function treasuryOn(said: Partial<Chain> = {}, knownNonce = 0) {
  const chain: Chain = {
    ...{ has: 5_000_000n, answers: true, hasTransferred: true, minedNonce: 0, receipts: [null] },
    ...{ clearance: 'SEND', ...said },
  };
  const given: bigint[] = [];
  const rows = new Map<string, TransactionRecord>();
  const isOpen = ({ status }: TransactionRecord): boolean => status !== 'final';
  const transactions = {
    insert: (row: TransactionRecord) => {
      rows.set(row.requestId ?? row.id, row);
      return Promise.resolve(true);
    },
    findByRequest: (id: string) => Promise.resolve(rows.get(id) ?? null),
    highestNonce: () =>
      Promise.resolve(rows.size === 0 ? null : Math.max(...[...rows.values()].map((r) => r.nonce))),
    countOpen: () => Promise.resolve([...rows.values()].filter(isOpen).length),
    retire: () => Promise.resolve(),
  } as unknown as TransactionStore;
  const gateway = {
    minedNonce: () => Promise.resolve(chain.minedNonce),
    receipts: () => Promise.resolve(chain.receipts),
    simulate: () => Promise.resolve({ ok: true, gas: 50_000n }),
    blockGasLimit: () => Promise.resolve(30_000_000n),
  } as unknown as TransactionGateway;
  const treasury = createTreasury({
    ...{ chainId: PROGRAM.chainId, knownNonce, gateway, transactions, wallNowMs: () => 1 },
    signer: { addressOf: () => TREASURY },
    views: {
      moneyOf: () => Promise.resolve(chain.has),
      wouldTransfer: () => Promise.resolve(chain.answers),
      hasTransferred: () => Promise.resolve(chain.hasTransferred),
    },
    calls: { transferMoney: () => ({ to: PROGRAM.buyback, data: '0x' }) },
    gasGifts: {
      hasGas: () => Promise.resolve(true),
      hasWei: (_account, wei) => {
        given.push(wei);
        return Promise.resolve(true);
      },
    },
  });
  return {
    ...{ rows, chain, given },
    ready: (program = PROGRAM) => treasury.ready(program, TOP_UP),
    send: () => treasury.send(PROGRAM, TOP_UP, () => Promise.resolve(chain.clearance)),
    /** Has the transaction of the top-up changed. */
    becomes: (change: Partial<TransactionRecord>) => {
      const id = topUpRequestId(TOP_UP);
      rows.set(id, { ...(rows.get(id) as TransactionRecord), ...change });
    },
  };
}

describe('a token that transfers nothing', () => {
  it('and says so is sent nothing to carry out', async () => {
    expect(await treasuryOn().ready()).toEqual({ gasLimit: 62_500n });
    const refused = { gasLimit: null, reason: 'TRANSFER_REFUSED' };
    expect(await treasuryOn({ answers: false }).ready()).toEqual(refused);
  });

  it('does not have a treasury without the money ready', async () => {
    const empty = { gasLimit: null, reason: 'TREASURY_EMPTY' };
    expect(await treasuryOn({ has: 4_999_999n }).ready()).toEqual(empty);
  });

  it('or less than it was asked for has the top-up sent, and not done', async () => {
    const { becomes, send, chain } = treasuryOn({ hasTransferred: false });
    expect(await send()).toMatchObject({ is: 'UNDER_WAY' });
    becomes({ status: 'mined', attempts: [ATTEMPT], mined: MINED });
    expect(await send()).toMatchObject({ is: 'UNDER_WAY' });
    becomes({ status: 'final' });
    expect(await send()).toMatchObject({ is: 'UNSEEN' });
    chain.hasTransferred = null;
    expect(await send()).toMatchObject({ is: 'UNDER_WAY' });
    chain.hasTransferred = true;
    expect(await send()).toMatchObject({ is: 'DONE' });
  });
});

it('a program of another chain gets nothing', async () => {
  const other = { ...PROGRAM, chainId: PROGRAM.chainId + 1 };
  await expect(treasuryOn().ready(other)).rejects.toThrow(/is on chain/);
});

describe('a chain with transactions that the database does not know of', () => {
  it('has everything wait until a person says how many they are', async () => {
    const restored = treasuryOn({ minedNonce: 3 });
    expect(await restored.ready()).toEqual({ gasLimit: null, reason: 'TREASURY_AHEAD' });
    expect(await restored.send()).toEqual({ transactionId: null, is: 'AHEAD' });
    expect(restored.rows.size).toBe(0);
    const confirmed = treasuryOn({ minedNonce: 3 }, 3);
    expect(await confirmed.ready()).toEqual({ gasLimit: 62_500n });
    expect(await confirmed.send()).toMatchObject({ is: 'UNDER_WAY' });
  });
});

describe('a top-up that is being sent and has no transaction', () => {
  it('has none while it is held back', async () => {
    const { send, rows } = treasuryOn({ clearance: 'HOLD' });
    expect(await send()).toEqual({ transactionId: null, is: 'HELD' });
    expect(rows.size).toBe(0);
  });

  it('that is dropped has one that sends nothing, under the same name, and then fails', async () => {
    const { send, rows, becomes, chain } = treasuryOn({ clearance: 'DROP' });
    expect(await send()).toMatchObject({ is: 'UNDER_WAY' });
    const noop = { call: { kind: 'noop' }, gasLimit: 21_000n };
    expect([...rows.entries()]).toMatchObject([['top_1#0', noop]]);
    chain.clearance = 'SEND';
    await send();
    expect([...rows.values()]).toMatchObject([noop]);
    const attempts = [{ ...ATTEMPT, gasLimit: 21_000n }];
    becomes({ status: 'final', attempts, mined: { ...MINED, gasUsed: 21_000n } });
    expect(await send()).toMatchObject({ is: 'FAILED' });
  });
});

describe('a transaction of a top-up', () => {
  it('is given what its last attempt can cost until it is in a block', async () => {
    const { send, becomes, given } = treasuryOn();
    await send();
    becomes({ status: 'broadcast', attempts: [ATTEMPT, { ...ATTEMPT, maxFeePerGas: 9n }] });
    await send();
    expect(given).toEqual([540_000n]);
    becomes({ status: 'mined', mined: MINED });
    await send();
    expect(given).toHaveLength(1);
  });

  it('whose nonce is used elsewhere is what its receipts say, as soon as there are any', async () => {
    const { send, becomes, chain } = treasuryOn();
    await send();
    becomes({
      ...{ status: 'final', attempts: [ATTEMPT] },
      mined: { hash: null, blockNumber: 9, gasUsed: 0n, succeeded: false },
    });
    expect(await send()).toMatchObject({ is: 'TAKEN' });
    const receipt = { ...MINED, blockHash: HASH };
    chain.receipts = [{ ...receipt, blockNumber: 10 }];
    expect(await send()).toMatchObject({ is: 'TAKEN' });
    chain.receipts = [receipt];
    expect(await send()).toMatchObject({ is: 'DONE' });
    chain.receipts = [{ ...receipt, succeeded: false }];
    expect(await send()).toMatchObject({ is: 'FAILED' });
  });
});
