import type { Program } from '../../domain/program.ts';
import type { ActedTransaction } from '../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { actedOf } from './simulateCall.ts';

/** Transactions of business acts, for whoever did not want to wait for them. */
export interface ActedTransactions {
  /** Null for what is no act of this program. */
  find(program: Pick<Program, 'id'>, transactionId: string): Promise<ActedTransaction | null>;
}

export function createActedTransactions(deps: {
  transactions: Pick<TransactionStore, 'find'>;
}): ActedTransactions {
  return {
    find: async (program, transactionId) => {
      const found = await deps.transactions.find(transactionId);
      // Settlements and what fills a nonce are nobody's act.
      const isIts = found !== null && found.programId === program.id && found.actKind !== null;
      return isIts ? actedOf(found) : null;
    },
  };
}
