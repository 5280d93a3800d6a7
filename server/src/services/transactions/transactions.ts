import type { Program } from '../../domain/program.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { submittedOf } from './simulateCall.ts';

/** Transactions of business acts, for whoever did not want to wait for them. */
export interface Transactions {
  /** Null for what is no act of this program. */
  find(program: Pick<Program, 'id'>, transactionId: string): Promise<SubmittedTransaction | null>;
}

export function createTransactions(deps: {
  transactions: Pick<TransactionStore, 'find'>;
}): Transactions {
  return {
    find: async (program, transactionId) => {
      const found = await deps.transactions.find(transactionId);
      // Settlements and what fills a nonce are nobody's act.
      const isIts = found !== null && found.programId === program.id && found.requestKind !== null;
      return isIts ? submittedOf(found) : null;
    },
  };
}
