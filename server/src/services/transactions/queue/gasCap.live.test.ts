import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { operatorAccount } from '../../../ports/chain/signer.ts';
import type { ContractCall, TransactionRequest } from '../../../ports/chain/submitter.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';
import { silentLogger } from '../../../testing/foundation.ts';
import { createKeeper } from '../../keeper/keeper.ts';
import { MAX_REQUEST_GAS } from '../relaying/quota.ts';
import { createLanes } from './lanes.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

/** Goes round a loop of 26 gas 50,000 times, and answers 1 to whatever it is asked. */
const WASTEFUL = '0x6200c3505b6001900380600457600160005260206000f3' as const;
const SIGNATURE: Hex = `0x${'11'.repeat(65)}`;

const CALLS: readonly (readonly [string, (harness: Harness) => ContractCall])[] = [
  [
    'an approval by signature',
    ({ calls, program, account }) =>
      calls.permitReserve(program, account(1), { value: 1n, deadline: 1, signature: SIGNATURE }),
  ],
  ['taking money into the reserve', ({ calls, program }) => calls.syncReserve(program)],
];
const sending = () => harness.store.transactions.listSending(harness.chain.chainId);

describe('a call that runs the settlement token', () => {
  it.each(CALLS)('is not paid for without bound when it is asked for: %s', async (_what, of) => {
    await harness.rpc('anvil_setCode', harness.program.settlementToken.address, WASTEFUL);
    const { submitter } = harness.process();
    expect(await submitter.submit(harness.byAnybody('act', of(harness)))).toMatchObject({
      kind: 'REFUSED',
      detail: expect.stringContaining(`at most ${MAX_REQUEST_GAS}`) as string,
    });
    expect(await sending()).toEqual([]);
  });

  it('is not paid for without bound when an operator asks for it, who chose the token', async () => {
    const { program, calls } = harness;
    await harness.deposit(100_000_000_000n);
    await harness.rpc('anvil_setCode', program.settlementToken.address, WASTEFUL);
    const { submitter } = harness.process();
    const holder = operatorAccount(program.organisationId);
    const asked: readonly TransactionRequest[] = [
      harness.byOperator('out', calls.withdrawReserve(program, harness.account(2), 1n)),
      {
        ...harness.byOperator('allow', calls.approveReserve(program, 1n)),
        actor: { role: 'ITSELF', holder },
      },
    ];
    for (const request of asked) {
      expect(await submitter.submit(request)).toMatchObject({
        kind: 'REFUSED',
        detail: expect.stringContaining(`at most ${MAX_REQUEST_GAS}`) as string,
      });
    }
    expect(await sending()).toEqual([]);
  });

  it('is not paid for without bound by the keeper', async () => {
    const { chain, keystore, store, program, calls } = harness;
    await harness.rpc('anvil_setCode', program.settlementToken.address, WASTEFUL);
    const call = calls.syncReserve(program);
    const deps = { ...store, ...chain, logger: silentLogger, wallNowMs: Date.now };
    const keeper = createKeeper({
      ...deps,
      lanes: createLanes({ ...deps, lanes: 1, signer: keystore.signer }),
      upkeeps: { due: () => Promise.resolve([{ name: 'sync', kind: 'reserveSync', call }]) },
    });
    expect(await keeper.step(program)).toBe(0);
    expect(await sending()).toEqual([]);
  });

  it('is bounded for each call that anybody may ask the service for', () => {
    const { calls, program, account } = harness;
    const { gasCap } = calls.claimMoney(program, 0, account(1));
    expect([gasCap, ...CALLS.map(([, of]) => of(harness).gasCap)]).toEqual(
      Array.from({ length: 3 }, () => MAX_REQUEST_GAS),
    );
  });
});
