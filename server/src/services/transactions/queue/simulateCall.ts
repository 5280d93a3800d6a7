import {
  effectOf,
  gasLimitOf,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type {
  TransactionRequest,
  SubmittedStatus,
  SubmittedTransaction,
  ContractCall,
  Submission,
} from '../../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';

/** A request with a unique name for its transaction. */
export interface NamedRequest {
  readonly request: TransactionRequest;
  /** Failed transaction of the same key, which this one takes the place of. */
  readonly failed: TransactionRecord | null;
  /** Claims the name once the call is known to succeed; null when its key belongs to another call. */
  name(): Promise<string | null>;
}

function statusOf(transaction: TransactionRecord): SubmittedStatus {
  switch (effectOf(transaction)) {
    case 'DONE':
      return 'MINED';
    case 'REVERTED':
      return 'REVERTED';
    case 'NOTHING':
      return 'DROPPED';
    case 'UNKNOWN':
      return transaction.status === 'broadcast' ? 'SENT' : 'QUEUED';
  }
}

/** Converts a transaction to what callers see of it. */
export function submittedOf(transaction: TransactionRecord): SubmittedTransaction {
  const { id, mined, attempts, failure, requestKind: kind } = transaction;
  const status = statusOf(transaction);
  if (status === 'DROPPED') return { id, kind, hash: null, status, blockNumber: null, failure };
  const hash = mined?.hash ?? attempts.at(-1)?.hash ?? null;
  const why = status === 'REVERTED' ? failure : null;
  return { id, kind, hash, status, blockNumber: mined?.blockNumber ?? null, failure: why };
}

/** Simulates a call. @returns its gas limit, or the reason why it would fail */
export async function simulateCall(
  gateway: TransactionGateway,
  from: Address,
  call: ContractCall,
): Promise<{ readonly gasLimit: bigint } | Extract<Submission, { kind: 'REFUSED' }>> {
  const { to, data, gasCap } = call;
  const simulation = await gateway.simulate(from, { kind: 'call', to, data });
  if (!simulation.ok) {
    return { kind: 'REFUSED', revert: simulation.revert, detail: simulation.detail };
  }
  const gasLimit = gasLimitOf(simulation.gas, 0, await gateway.blockGasLimit());
  if (gasLimit !== null && gasCap !== undefined && gasLimit > gasCap) {
    const detail = `needs ${gasLimit} gas; the service pays for at most ${gasCap} where the settlement token runs`;
    return { kind: 'REFUSED', revert: null, detail };
  }
  if (gasLimit !== null) return { gasLimit };
  return { kind: 'REFUSED', revert: null, detail: 'needs more gas than a block has' };
}
