import {
  NOOP_GAS,
  bumpedFees,
  firstFees,
  gasLimitOf,
  type Attempt,
  type Failure,
  type Fees,
  type SendPolicy,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { OwnAccount, Signer } from '../../../ports/chain/signer.ts';
import type { NewAttempt, TransactionStore } from '../../../ports/stores/transactions.ts';

/** Signs transactions. Every attempt is kept. */
export interface SignAttempts {
  /**
   * Signs the first attempt for the present call, or another when the bytes were dropped.
   *
   * @param isBehind Whether a request of the same account is on its way before it: what it does can not be tried before that.
   * @returns the attempt, which is to be saved before it can be sent; null when the call was replaced instead
   */
  sign(transaction: TransactionRecord, isBehind: boolean): Promise<NewAttempt | null>;
  /** Signs the same call with higher fees, and saves the attempt; false when they would be above the ceiling. */
  bump(transaction: TransactionRecord): Promise<boolean>;
}

/** No worker was there: by then a round may have closed, or a request of a member may be void. */
const STALE_AFTER_MS = 60_000;

const TOO_MUCH_GAS: Failure = { revert: null, detail: 'needs more gas than a block has' };

/** Statements in a batch are never of no use, and what they cost has a margin of its own. */
const isStale = ({ call, queuedAtMs }: TransactionRecord, nowMs: number): boolean =>
  call.kind === 'call' && nowMs - queuedAtMs >= STALE_AFTER_MS;

export function createSignAttempts(deps: {
  chainId: number;
  by: OwnAccount;
  signer: Pick<Signer, 'addressOf' | 'signTransaction'>;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  policy: SendPolicy;
  logger: Logger;
  wallNowMs: () => number;
}): SignAttempts {
  const { chainId, by, signer, gateway, transactions, policy, logger } = deps;

  /** Null, with the call replaced by a noop, when the transaction can not succeed any more. */
  const gasLimitFor = async (
    transaction: TransactionRecord,
    isBehind: boolean,
  ): Promise<bigint | null> => {
    if (transaction.call.kind === 'noop') return NOOP_GAS;
    if (isBehind) return transaction.gasLimit;
    // A new one was estimated when it was queued. One that the chain lost may cost more than it did then, and one that
    // nobody sent for a while may be of no use any more.
    const isNew = transaction.attempts.length === 0;
    if (isNew && !isStale(transaction, deps.wallNowMs())) return transaction.gasLimit;
    const simulation = await gateway.simulate(signer.addressOf(by), transaction.call);
    const gasLimit = simulation.ok
      ? gasLimitOf(simulation.gas, transaction.statementIds.length, await gateway.blockGasLimit())
      : null;
    if (gasLimit !== null) return gasLimit;
    logger.warn({ nonce: transaction.nonce, simulation }, 'a transaction is not valid any more');
    await transactions.replaceCall(
      transaction.id,
      { kind: 'noop' },
      simulation.ok ? TOO_MUCH_GAS : { revert: simulation.revert, detail: simulation.detail },
    );
    return null;
  };

  const signWith = async (
    { nonce, call, id, attempts }: TransactionRecord,
    fees: Fees,
    gasLimit: bigint,
  ): Promise<NewAttempt> => {
    const signed = await signer.signTransaction({ by, chainId, nonce, gasLimit, call, ...fees });
    const attempt: Attempt = { ...signed, ...fees, gasLimit, signedAtMs: deps.wallNowMs() };
    return { id, attemptsBefore: attempts.length, attempt };
  };

  return {
    sign: async (transaction, isBehind) => {
      const gasLimit = await gasLimitFor(transaction, isBehind);
      if (gasLimit === null) return null;
      const market = await gateway.fees();
      const last = transaction.attempts.at(-1);
      const fees =
        last === undefined
          ? firstFees(market, policy.feeCeilingWei)
          : (bumpedFees(last, market, policy.feeCeilingWei) ?? last);
      return signWith(transaction, fees, gasLimit);
    },
    bump: async (transaction) => {
      const last = transaction.attempts.at(-1);
      if (last === undefined) return false;
      const fees = bumpedFees(last, await gateway.fees(), policy.feeCeilingWei);
      if (fees !== null) {
        const bumped = await signWith(transaction, fees, last.gasLimit);
        return (await transactions.addAttempts([bumped])) === 1;
      }
      logger.warn({ nonce: transaction.nonce }, 'fees are at their ceiling; waiting');
      return false;
    },
  };
}
