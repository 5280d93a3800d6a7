import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  queuedTransaction,
  type TransactionRecord,
} from '../../domain/transactions/transaction.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';

/** A transaction to queue at the next free nonce. */
export type NewTransaction = Pick<TransactionRecord, 'call' | 'gasLimit'> &
  Partial<
    Pick<TransactionRecord, 'programId' | 'statementIds' | 'requestId' | 'requestKind' | 'memberId'>
  >;

/** Queues transactions of one account at free nonces. */
export interface NonceQueue {
  readonly from: Address;
  countOpen(): Promise<number>;
  /**
   * Starts a row of transactions. Nonces are counted on from the first one, and read again when another process takes one;
   * a transaction with the same `requestId` is returned as it is.
   */
  row(): (toQueue: NewTransaction) => Promise<TransactionRecord>;
}

/** So many others would have to take a nonce just before us, one after the other. */
const MAX_TRIES = 16;

export function createNonceQueue(deps: {
  chainId: number;
  from: Address;
  gateway: Pick<TransactionGateway, 'minedNonce'>;
  transactions: TransactionStore;
  wallNowMs: () => number;
}): NonceQueue {
  const { chainId, from, gateway, transactions, wallNowMs } = deps;

  const freeNonce = async (): Promise<number> => {
    const [mined, highest] = await Promise.all([
      gateway.minedNonce(from),
      transactions.highestNonce(chainId, from),
    ]);
    return Math.max(mined, (highest ?? -1) + 1);
  };

  return {
    from,
    countOpen: () => transactions.countOpen(chainId, from),
    row: () => {
      /** Probably the next free one; whether it is, the insert decides. */
      let probablyFree: number | null = null;
      return async (toQueue) => {
        const requestId = toQueue.requestId ?? null;
        for (let tries = 0; tries < MAX_TRIES; tries += 1) {
          const nonce = probablyFree ?? (await freeNonce());
          probablyFree = null;
          const fields = { ...toQueue, chainId, from, nonce, queuedAtMs: wallNowMs() };
          const transaction = queuedTransaction(fields);
          if (await transactions.insert(transaction)) {
            probablyFree = nonce + 1;
            return transaction;
          }
          const stands = requestId === null ? null : await transactions.findByRequest(requestId);
          if (stands !== null) return stands;
        }
        throw new Error(`No nonce was free in ${MAX_TRIES} tries: who else uses ${from}?`);
      };
    },
  };
}
