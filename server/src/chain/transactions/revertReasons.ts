import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { z } from 'zod';
import { ServiceError } from '../../domain/errors.ts';
import type { Failure, TransactionCall } from '../../domain/transactions/transaction.ts';
import { toFailedSimulation } from '../rpc/errors.ts';
import { decodeRevert } from '../rpc/reverts.ts';
import type { Rpc } from '../rpc/rpc.ts';
import { HIDES_ITS_REASON, hiddenCallOf } from './forwarding.ts';
import { NOT_RECORDER_SELECTOR } from './pointsCalls.ts';
import { callOf, targetOf } from './transactionTarget.ts';

/** A transaction that is in a block and reverted. */
export interface RevertedTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly call: TransactionCall;
  readonly gasLimit: bigint;
  readonly blockNumber: number;
}

interface Frame {
  readonly error?: string | undefined;
  readonly output?: string | undefined;
  readonly calls?: readonly Frame[] | undefined;
}
const frameShape: z.ZodType<Frame> = z.lazy(() =>
  z.object({
    error: z.string().optional(),
    output: z.string().optional(),
    calls: z.array(frameShape).optional(),
  }),
);

const UNKNOWN: Failure = { revert: null, detail: '' };
const hexOf = (value: bigint | number): Hex => `0x${value.toString(16)}`;

/** The innermost call that failed and was not caught is the reason of all that are around it. */
function reasonOf({ error = '', output, calls = [] }: Frame): Failure {
  const revert = decodeRevert(output ?? null);
  if (revert !== null && revert.name !== HIDES_ITS_REASON) return { revert, detail: error };
  const inner = calls.filter((call) => call.error !== undefined).at(-1);
  if (inner !== undefined) return reasonOf(inner);
  return { revert, detail: [error, output ?? ''].join(' ').trim() };
}

/**
 * Creates the reader of why a transaction reverted. A node that traces says it exactly. Others are asked what the call does on the
 * state before its block, and then on the one after it, which has what others did in that block.
 *
 * @returns a function that answers with an empty failure when the node can not tell
 */
export function createRevertReasons(rpc: Rpc): (of: RevertedTransaction) => Promise<Failure> {
  const traced = async (hash: Hex): Promise<Failure | null> => {
    try {
      const trace = await rpc.call('debug_traceTransaction', [hash, { tracer: 'callTracer' }]);
      const frame = frameShape.parse(trace);
      return frame.error === undefined ? null : reasonOf(frame);
    } catch {
      // Few nodes trace, some only for a while, and whatever this one said: it is asked in the other way.
      return null;
    }
  };

  /** Null when the call would not revert. */
  const calledAt = async (call: object, blockNumber: number): Promise<Failure | null> => {
    try {
      await rpc.call('eth_call', [call, hexOf(blockNumber)]);
      return null;
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      // Throws what is no revert: a state that the node does not have any more.
      const { revert, detail } = toFailedSimulation(error, NOT_RECORDER_SELECTOR);
      return { revert, detail };
    }
  };

  const simulated = async (
    of: RevertedTransaction,
    blockNumber: number,
  ): Promise<Failure | null> => {
    const { from, call, gasLimit } = of;
    const outer = await calledAt({ ...callOf(from, call), gas: hexOf(gasLimit) }, blockNumber);
    const hidden = hiddenCallOf(outer?.revert, targetOf(from, call));
    if (hidden === null) return outer;
    const { gas, ...inner } = hidden;
    return (await calledAt({ ...inner, gas: hexOf(gas) }, blockNumber)) ?? outer;
  };

  return async (of) => {
    const exact = await traced(of.hash);
    if (exact !== null) return exact;
    try {
      return (
        (await simulated(of, of.blockNumber - 1)) ??
        (await simulated(of, of.blockNumber)) ??
        UNKNOWN
      );
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      return UNKNOWN;
    }
  };
}
