import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { Mutex } from 'async-mutex';
import { ServiceError } from '../../../domain/errors.ts';
import {
  queuedTransaction,
  type TransactionCall,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';

/** A transaction to queue at the next free nonce. */
export type NewTransaction = Pick<TransactionRecord, 'call' | 'gasLimit'> &
  Partial<
    Pick<
      TransactionRecord,
      | 'programId'
      | 'organisationId'
      | 'statementIds'
      | 'requestId'
      | 'requestKind'
      | 'memberId'
      | 'servedMemberId'
      | 'account'
      | 'forwardNonce'
    >
  >;

/** Queues transactions of one account at free nonces. */
export interface NonceQueue {
  readonly from: Address;
  /** @param kind Counts only those that do this. */
  countOpen(kind?: TransactionCall['kind']): Promise<number>;
  /**
   * Starts a row of transactions. Nonces are counted on from the first one, and read again when another process takes one;
   * a transaction with the same `requestId` is returned as it is.
   *
   * @throws ServiceError BUSY while other processes take every free nonce first
   */
  row(): (toQueue: NewTransaction) => Promise<TransactionRecord>;
}

/** Other processes would have to be first so many times; those of this process wait in line. */
const MAX_TRIES = 32;
/** Processes that met at one nonce do not meet at the next: each waits a part of this, by chance. */
const STEP_ASIDE_MS = 20;
/** Time for the others to get done. */
const BUSY_RETRY_MS = 1_000;

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

  /** One after the other: two of one process would only take turns at finding the same nonce free. */
  const inLine = new Mutex();

  return {
    from,
    countOpen: (kind) => transactions.countOpen(chainId, from, kind),
    row: () => {
      /** Probably the next free one; whether it is, the insert decides. */
      let probablyFree: number | null = null;
      const take = async (toQueue: NewTransaction): Promise<TransactionRecord> => {
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
          await delay(Math.random() * STEP_ASIDE_MS);
        }
        throw new ServiceError({
          code: 'BUSY',
          message:
            'Other writes of this account take every nonce first; repeat the same request after "retryAfterMs".',
          retryAfterMs: BUSY_RETRY_MS,
        });
      };
      return (toQueue) => inLine.runExclusive(() => take(toQueue));
    },
  };
}
