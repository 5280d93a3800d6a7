import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PER_ACTION } from '../../testing/builders/program.ts';
import { pointsCall } from '../../testing/chain.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const OTHER_KEY = `0x${'ab'.repeat(20)}` as const;

/** A process that notes what it asks the node about batches. @param fits Null lets the node decide whether a batch fits. */
function watchedProcess(fits: boolean | null): { process: ServerProcess; asked: string[] } {
  const { chain } = harness;
  const asked: string[] = [];
  const gateway: typeof chain.gateway = {
    ...chain.gateway,
    simulate: (from, call) => {
      if (call.kind === 'settle') asked.push('estimate');
      return chain.gateway.simulate(from, call);
    },
    succeedsWithin: (from, call, gasLimit) => {
      asked.push('try');
      return fits === null
        ? chain.gateway.succeedsWithin(from, call, gasLimit)
        : Promise.resolve(fits);
    },
  };
  return { process: harness.process({ chain: { ...chain, gateway } }), asked };
}

const settleOne = async (process: ServerProcess, member: number): Promise<void> => {
  await harness.earn(member, 0, 1);
  await process.indexer.step();
  await process.settler.step(harness.program);
};

describe('the gas of a batch', () => {
  it('is estimated for one batch, and the next is tried within that', async () => {
    const { process, asked } = watchedProcess(null);
    await settleOne(process, 1);
    await settleOne(process, 2);
    expect(asked).toEqual(['estimate', 'try']);
    await harness.settleAll(process);
    const earned = { chain: PER_ACTION, read: PER_ACTION };
    for (const member of [1, 2]) expect(await harness.balances(member)).toEqual(earned);
  });

  it('is estimated for a batch by itself that does not fit into what another took', async () => {
    const { process, asked } = watchedProcess(false);
    await settleOne(process, 1);
    await settleOne(process, 2);
    expect(asked).toEqual(['estimate', 'try', 'estimate']);
    await harness.settleAll(process);
    expect(await harness.balances(2)).toEqual({ chain: PER_ACTION, read: PER_ACTION });
  });

  it('has nothing queued that would revert, also while there is an estimate', async () => {
    const { process, asked } = watchedProcess(null);
    await settleOne(process, 1);
    await harness.settleAll(process);
    const { operator, program, keystore } = harness;
    const recorder = keystore.signer.recorderAddress(program.recorderLabel);
    const revoked = pointsCall(program, 'revokeRecorder', recorder, OTHER_KEY);
    await harness.sendAs(operator, revoked);
    await harness.earn(2, 0, 1);
    await process.indexer.step();
    expect(await process.settler.step(program)).toBe(0);
    expect(asked).toEqual(['estimate', 'try', 'estimate']);
  });
});
