import { gasLimitOf, type TransactionRecord } from '../../domain/transactions/transaction.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type {
  TransactionRequest,
  SubmittedStatus,
  SubmittedTransaction,
  ContractCall,
  Submission,
} from '../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';

/** A request with a unique name for its transaction. */
export interface NamedRequest {
  readonly request: TransactionRequest;
  /** Claims the name once the call is known to succeed; null when its key belongs to another call. */
  name(): Promise<string | null>;
}

function statusOf({ status, call, mined }: TransactionRecord): SubmittedStatus {
  // What could not be sent any more left its nonce to a transaction that does nothing.
  if (call.kind === 'noop') return 'DROPPED';
  if (mined !== null && mined.hash === null) return 'DROPPED';
  if (mined !== null) return mined.succeeded ? 'MINED' : 'REVERTED';
  return status === 'broadcast' ? 'SENT' : 'QUEUED';
}

/** Converts a transaction to what callers see of it. */
export function submittedOf(transaction: TransactionRecord): SubmittedTransaction {
  const { id, mined, attempts } = transaction;
  const status = statusOf(transaction);
  if (status === 'DROPPED') return { id, hash: null, status, blockNumber: null };
  const hash = mined?.hash ?? attempts.at(-1)?.hash ?? null;
  return { id, hash, status, blockNumber: mined?.blockNumber ?? null };
}

/** Simulates a call. @returns its gas limit, or the reason why it would fail */
export async function simulateCall(
  gateway: TransactionGateway,
  from: Address,
  call: ContractCall,
): Promise<{ readonly gasLimit: bigint } | Extract<Submission, { kind: 'REFUSED' }>> {
  const simulation = await gateway.simulate(from, { kind: 'call', ...call });
  if (!simulation.ok) {
    return { kind: 'REFUSED', revert: simulation.revert, detail: simulation.detail };
  }
  const gasLimit = gasLimitOf(simulation.gas, 0, await gateway.blockGasLimit());
  if (gasLimit !== null) return { gasLimit };
  return { kind: 'REFUSED', revert: null, detail: 'needs more gas than a block has' };
}
