import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import {
  NOOP_GAS,
  queuedTransaction,
  type Failure,
  type SendPolicy,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import { ServiceError } from '../../../domain/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { MinedReceipt, TransactionGateway } from '../../../ports/chain/chain.ts';
import type { TransactionOutcome, TransactionStore } from '../../../ports/stores/transactions.ts';

/** Compares open transactions with the chain's nonce. */
export interface Reconciler {
  /**
   * Saves the outcome of transactions whose nonce is used, in blocks that the indexer has read, and fills free nonces below
   * an open transaction.
   *
   * @param open Lowest nonce first.
   * @returns how many have an outcome now
   */
  reconcile(open: readonly TransactionRecord[], throughBlock: number): Promise<number>;
}

/** Missing nonces filled at a time; nodes hold back transactions that are further ahead. */
const MAX_GAP = 64;

export function createReconciler(deps: {
  chainId: number;
  from: Address;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  policy: SendPolicy;
  logger: Logger;
  wallNowMs: () => number;
}): Reconciler {
  const { chainId, from, gateway, transactions, policy, logger, wallNowMs } = deps;
  /** Since when a nonce is used without a receipt for any of our attempts. */
  const missingSinceMs = new Map<string, number>();

  /** A free nonce below an open transaction would block the account for ever: a noop uses it up. */
  const fillGaps = async (minedNonce: number, lowestOpen: number): Promise<void> => {
    if (lowestOpen <= minedNonce) return;
    const highest = Math.min(lowestOpen, minedNonce + MAX_GAP) - 1;
    const held = await transactions.noncesWithin({ chainId, from, lowest: minedNonce, highest });
    for (let nonce = minedNonce; nonce <= highest; nonce += 1) {
      if (held.has(nonce)) continue;
      logger.warn({ chainId, nonce }, 'a nonce that nobody holds is used up');
      const call = { kind: 'noop' } as const;
      const fields = { chainId, from, nonce, call, gasLimit: NOOP_GAS, queuedAtMs: wallNowMs() };
      await transactions.insert(queuedTransaction(fields));
    }
  };

  /** Receipts of all attempts that were ever saved: any of them may be the one that was mined. */
  const receiptsOf = async (
    used: readonly TransactionRecord[],
  ): Promise<ReadonlyMap<Hex, MinedReceipt>> => {
    const hashes = used.flatMap(({ attempts }) => attempts.map(({ hash }) => hash));
    const found = (await gateway.receipts(hashes)).filter((receipt) => receipt !== null);
    return new Map(found.map((receipt) => [receipt.hash, receipt]));
  };

  /** No attempt has a receipt: after a while, the nonce must have been used by another holder of this key. */
  const displacedOutcome = (
    { id, nonce }: TransactionRecord,
    throughBlock: number,
  ): TransactionOutcome | null => {
    const sinceMs = missingSinceMs.get(id) ?? wallNowMs();
    missingSinceMs.set(id, sinceMs);
    if (wallNowMs() - sinceMs < policy.displacedAfterMs) return null;
    missingSinceMs.delete(id);
    logger.error({ nonce }, 'a nonce of this key was used elsewhere');
    return { id, receipt: null, blockNumber: throughBlock, failure: null };
  };

  /** Null when no node answers just now: the outcome waits for it, and others do not. */
  const reasonOf = async (
    { nonce, attempts, call }: TransactionRecord,
    { hash, blockNumber }: MinedReceipt,
  ): Promise<Failure | null> => {
    const gasLimit = attempts.find((attempt) => attempt.hash === hash)?.gasLimit ?? 0n;
    try {
      const reason = await gateway.revertReason({ hash, from, call, gasLimit, blockNumber });
      logger.error({ nonce, hash, reason }, 'a transaction reverted');
      return reason;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return null;
    }
  };

  /** Null when it is too early to say. */
  const outcomeOf = async (
    transaction: TransactionRecord,
    receipts: ReadonlyMap<Hex, MinedReceipt>,
    throughBlock: number,
  ): Promise<TransactionOutcome | null> => {
    const { id, attempts } = transaction;
    const receipt = attempts.map(({ hash }) => receipts.get(hash)).find((found) => found);
    if (receipt === undefined) return displacedOutcome(transaction, throughBlock);
    missingSinceMs.delete(id);
    const { blockNumber } = receipt;
    // Above this the indexer would not notice that the block went away again.
    if (blockNumber > throughBlock) return null;
    if (receipt.succeeded) return { id, receipt, blockNumber, failure: null };
    const failure = await reasonOf(transaction, receipt);
    return failure === null ? null : { id, receipt, blockNumber, failure };
  };

  return {
    reconcile: async (open, throughBlock) => {
      const [first] = open;
      if (first === undefined) return 0;
      const minedNonce = await gateway.minedNonce(from);
      await fillGaps(minedNonce, first.nonce);
      const used = open.filter(({ nonce }) => nonce < minedNonce);
      const receipts = await receiptsOf(used);
      const outcomes: TransactionOutcome[] = [];
      for (const transaction of used) {
        const outcome = await outcomeOf(transaction, receipts, throughBlock);
        if (outcome !== null) outcomes.push(outcome);
      }
      await transactions.markMined(outcomes);
      return outcomes.length;
    },
  };
}
