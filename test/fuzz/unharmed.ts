import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { expect } from 'vitest';
import type { FuzzReport } from './fuzz.ts';
import type { FuzzWorld } from './fuzzWorld.ts';

/**
 * Expects of a service, after requests that were made up: every root field was asked for, no answer was one that may never come,
 * nothing was logged as a failure, the neighbour is as it was, and the sums of all contracts hold.
 *
 * @param before State of the neighbour before them.
 */
export async function expectUnharmed(
  { world, failures, neighbour, programs }: FuzzWorld,
  report: FuzzReport,
  before: unknown,
): Promise<void> {
  expect(report.faults).toEqual([]);
  expect(failures).toEqual([]);
  expect(report.neverAsked).toEqual([]);
  await neighbour.goOn();
  expect(await neighbour.state()).toEqual(before);
  for (const program of programs) {
    const { checks } = await verify({ provider: new HttpRpc(world.rpcUrl), program });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  }
}
