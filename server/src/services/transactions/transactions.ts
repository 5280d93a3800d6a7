import type { Program } from '../../domain/program.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { submittedOf } from './simulateCall.ts';

/** Finds transactions of writes, for callers that did not wait for them. */
export interface Transactions {
  /** Finds a transaction; null when it is not of a write of this program. */
  find(program: Pick<Program, 'id'>, transactionId: string): Promise<SubmittedTransaction | null>;
}

export function createTransactions(deps: {
  transactions: Pick<TransactionStore, 'find'>;
}): Transactions {
  return {
    find: async (program, transactionId) => {
      const found = await deps.transactions.find(transactionId);
      // Settlements and noops are not writes of callers.
      const isIts = found !== null && found.programId === program.id && found.requestKind !== null;
      return isIts ? submittedOf(found) : null;
    },
  };
}
