import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_SEND_POLICY, queuedTransaction } from '../../../domain/transactions/transaction.ts';
import type { HolderAccount } from '../../../ports/chain/signer.ts';
import { memberIdOf } from '../../../testing/builders/members.ts';
import type { ServerProcess } from '../../../testing/foundation.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
  await harness.rpc('anvil_setBalance', harness.account(1), `0x${(10n ** 18n).toString(16)}`);
});
afterEach(() => harness.close());

const MEMBER_GAS = 50_000n;
const member = (): HolderAccount => ({
  role: 'MEMBER',
  programId: harness.program.id,
  memberId: memberIdOf(1),
});
/** A call of the member's own account, with a nonce of its own. */
const queue = (nonce: number): Promise<boolean> => {
  const { chain, store, program } = harness;
  const from = harness.account(1);
  const call = { kind: 'call', to: from, data: '0x' } as const;
  return store.transactions.insert(
    queuedTransaction({
      ...{ chainId: chain.chainId, from, nonce, call, gasLimit: MEMBER_GAS },
      ...{ programId: program.id, memberId: memberIdOf(1), queuedAtMs: Date.now() },
    }),
  );
};
const sending = (): Promise<readonly string[]> =>
  harness.store.transactions.listSending(harness.chain.chainId);
const step = async ({ indexer, sender }: ServerProcess): Promise<void> => {
  const { throughBlock } = await indexer.step();
  await sender.step(throughBlock ?? 0);
  await harness.mineWaiting();
};

describe('an account that sends by itself', () => {
  it('is free again when another holder of its key has used its nonce', async () => {
    let wallMs = Date.now();
    const process = harness.process({ wallNowMs: () => wallMs });
    await queue(0);
    const { raw } = await harness.keystore.signer.signTransaction({
      by: member(),
      ...{ chainId: harness.chain.chainId, nonce: 0, gasLimit: 21_000n, call: { kind: 'noop' } },
      ...(await harness.chain.gateway.fees()),
    });
    await harness.chain.gateway.broadcast(raw);
    await harness.mineWaiting();
    await step(process);
    expect(await sending()).toEqual([harness.account(1)]);
    wallMs += LOCAL_SEND_POLICY.displacedAfterMs;
    await step(process);
    expect(await sending()).toEqual([]);
  });

  it('is known by any of its transactions: a nonce that is filled in names no owner', async () => {
    const process = harness.process();
    await queue(1);
    await step(process);
    // A process that starts now sees the filled one first.
    const next = harness.process();
    await step(next);
    await step(next);
    expect(await harness.chain.gateway.minedNonce(harness.account(1))).toBe(2);
    expect(await sending()).toEqual([]);
  });
});
