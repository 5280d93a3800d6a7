import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  NOOP_GAS,
  bumpedFees,
  firstFees,
  gasLimitOf,
  isOverdue,
  needsSigning,
  transactionId,
  type Attempt,
  type Fees,
  type SendPolicy,
  type TransactionRecord,
} from '../domain/transactions.ts';
import type { Logger } from '../lib/logger.ts';
import type { MinedReceipt, TransactionGateway } from '../ports/chain.ts';
import type { Signer } from '../ports/signer.ts';
import type { TransactionStore } from '../ports/settlingStores.ts';

/**
 * Brings queued transactions into blocks. The collection of transactions is the queue; every step below reads where a
 * transaction is, does the next thing, and is a no-op when it was done already:
 *
 * queued -(sign: bytes saved)-> signed -(send)-> broadcast -(reconcile: receipt)-> mined -(finalise)-> final
 */
export interface Sending {
  /** All of the steps below, in their order. @returns whether anything moved */
  step(throughBlock: number): Promise<boolean>;
  /** Looks up what became of transactions whose nonce is used, in blocks that the reader has worked off. */
  reconcile(throughBlock: number): Promise<number>;
  /** What is deep enough is final. */
  finalise(throughBlock: number): Promise<number>;
  /** Signs what is queued and saves the bytes. Nothing reaches a node. */
  sign(): Promise<number>;
  /** Hands saved bytes to a node, again when they are overdue. */
  send(): Promise<number>;
}

/** Transactions looked at in one step, from the chain's nonce on; nodes hold back what is further ahead. */
const WINDOW = 64;
/** An empty account is tried again with every poll, but said to be empty only so often. */
const COMPLAIN_EVERY_MS = 60_000;

export function createSending(deps: {
  chainId: number;
  signer: Signer;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  policy: SendPolicy;
  logger: Logger;
  wallNowMs: () => number;
}): Sending {
  const { chainId, signer, gateway, transactions, policy, logger, wallNowMs } = deps;
  const from: Address = signer.recorderAddress();
  /** Since when a nonce is used without a receipt for any of our attempts. */
  const missingSinceMs = new Map<string, number>();

  let complainedAtMs = 0;

  const listOpen = (): Promise<TransactionRecord[]> => transactions.listOpen(chainId, from, WINDOW);

  /** A nonce below an open one that nobody holds would block the account for ever: it is used up by a noop. */
  const fillGaps = async (
    minedNonce: number,
    open: readonly TransactionRecord[],
  ): Promise<void> => {
    const lowest = open[0]?.nonce;
    if (lowest === undefined || lowest <= minedNonce) return;
    const highest = Math.min(lowest - 1, minedNonce + WINDOW);
    const held = await transactions.noncesWithin({ chainId, from, lowest: minedNonce, highest });
    for (let nonce = minedNonce; nonce <= highest; nonce += 1) {
      if (held.has(nonce)) continue;
      logger.warn({ chainId, nonce }, 'a nonce that nobody holds is used up');
      await transactions.insert({
        id: transactionId(chainId, from, nonce),
        chainId,
        from,
        nonce,
        call: { kind: 'noop' },
        programId: null,
        statementIds: [],
        gasLimit: NOOP_GAS,
        status: 'queued',
        attempts: [],
        queuedAtMs: wallNowMs(),
        sentAtMs: null,
        mined: null,
      });
    }
  };

  /** Null, with the call replaced by a noop, when the transaction can not succeed any more. */
  const gasLimitFor = async (transaction: TransactionRecord): Promise<bigint | null> => {
    if (transaction.call.kind === 'noop') return NOOP_GAS;
    // Settling has estimated a new one just now. One that the chain lost may cost more than it did then.
    if (transaction.attempts.length === 0) return transaction.gasLimit;
    const simulation = await gateway.simulate(from, transaction.call);
    const gasLimit = simulation.ok
      ? gasLimitOf(simulation.gas, transaction.statementIds.length, await gateway.blockGasLimit())
      : null;
    if (gasLimit !== null) return gasLimit;
    logger.warn({ nonce: transaction.nonce, simulation }, 'a transaction is not valid any more');
    await transactions.replaceCall(transaction.id, { kind: 'noop' });
    return null;
  };

  const addAttempt = async (
    transaction: TransactionRecord,
    fees: Fees,
    gasLimit: bigint,
  ): Promise<boolean> => {
    const { nonce, call, id, attempts } = transaction;
    const signed = await signer.signTransaction({ chainId, nonce, gasLimit, call, ...fees });
    const known = attempts.some(({ hash, raw }) => hash === signed.hash && raw !== null);
    if (known) return true;
    const attempt: Attempt = { ...signed, ...fees, gasLimit, signedAtMs: wallNowMs() };
    return transactions.addAttempt(id, attempts.length, attempt);
  };

  const signOne = async (transaction: TransactionRecord): Promise<boolean> => {
    const gasLimit = await gasLimitFor(transaction);
    if (gasLimit === null) return true;
    const market = await gateway.fees();
    const last = transaction.attempts.at(-1);
    const fees =
      last === undefined
        ? firstFees(market, policy.feeCeilingWei)
        : (bumpedFees(last, market, policy.feeCeilingWei) ?? last);
    return addAttempt(transaction, fees, gasLimit);
  };

  /** Signs the same call with higher fees; false when that would be above the ceiling. */
  const bump = async (transaction: TransactionRecord): Promise<boolean> => {
    const last = transaction.attempts.at(-1);
    if (last === undefined) return false;
    const fees = bumpedFees(last, await gateway.fees(), policy.feeCeilingWei);
    if (fees === null) {
      logger.warn({ nonce: transaction.nonce }, 'fees are at their ceiling; waiting');
      return false;
    }
    return addAttempt(transaction, fees, last.gasLimit);
  };

  const complainOfFunds = (detail: string): void => {
    if (wallNowMs() - complainedAtMs < COMPLAIN_EVERY_MS) return;
    complainedAtMs = wallNowMs();
    logger.error({ from, detail }, 'the recorder can not pay for gas');
  };

  /** @returns false when nothing more can be sent for now */
  const sendOne = async (transaction: TransactionRecord): Promise<boolean> => {
    const raw = transaction.attempts.at(-1)?.raw ?? null;
    if (raw === null) return true;
    const { answer, detail } = await gateway.broadcast(raw);
    switch (answer) {
      case 'ACCEPTED':
      case 'NONCE_TOO_LOW': // used by an attempt of ours that reconcile will find, or else displaced
        await transactions.markBroadcast(transaction.id, wallNowMs());
        return true;
      case 'UNDERPRICED':
        return bump(transaction);
      case 'INSUFFICIENT_FUNDS':
        complainOfFunds(detail);
        return false;
      case 'INVALID':
        logger.error({ nonce: transaction.nonce, detail }, 'a node refuses a transaction for good');
        if (transaction.call.kind === 'noop') return false;
        await transactions.replaceCall(transaction.id, { kind: 'noop' });
        return true;
    }
  };

  const sending: Sending = {
    reconcile: async (throughBlock) => {
      const open = await listOpen();
      if (open.length === 0) return 0;
      const minedNonce = await gateway.minedNonce(from);
      await fillGaps(minedNonce, open);
      const used = open.filter(({ nonce }) => nonce < minedNonce);
      const hashes = used.flatMap(({ attempts }) => attempts.map(({ hash }) => hash));
      const receipts = await gateway.receipts(hashes);
      const receiptByHash = new Map(hashes.map((hash, index) => [hash, receipts[index] ?? null]));
      let moved = 0;
      for (const transaction of used) {
        const own = transaction.attempts.map(({ hash }) => receiptByHash.get(hash) ?? null);
        const receipt = own.find((found): found is MinedReceipt => found !== null);
        if (receipt !== undefined) {
          // Above this the reader would not notice that the block went away again.
          if (receipt.blockNumber > throughBlock) continue;
          if (!receipt.succeeded) {
            logger.error({ nonce: transaction.nonce, hash: receipt.hash }, 'a batch reverted');
          }
          await transactions.markMined(transaction.id, { receipt });
        } else {
          const sinceMs = missingSinceMs.get(transaction.id) ?? wallNowMs();
          missingSinceMs.set(transaction.id, sinceMs);
          if (wallNowMs() - sinceMs < policy.displacedAfterMs) continue;
          logger.error({ nonce: transaction.nonce }, 'somebody else used a nonce of this key');
          const displaced = { receipt: null, displacedAtBlock: throughBlock };
          await transactions.markMined(transaction.id, displaced);
        }
        missingSinceMs.delete(transaction.id);
        moved += 1;
      }
      return moved;
    },
    finalise: (throughBlock) => transactions.finalise(chainId, throughBlock - policy.confirmations),
    sign: async () => {
      let signed = 0;
      for (const transaction of await listOpen()) {
        if (needsSigning(transaction) && (await signOne(transaction))) signed += 1;
      }
      return signed;
    },
    send: async () => {
      const open = await listOpen();
      if (open.length === 0) return 0;
      const minedNonce = await gateway.minedNonce(from);
      let sent = 0;
      for (const transaction of open) {
        const overdue =
          transaction.status === 'broadcast' &&
          transaction.nonce >= minedNonce &&
          isOverdue(transaction, wallNowMs(), policy);
        if (transaction.status !== 'signed' && !overdue) continue;
        sent += 1;
        // Only the first in line can be held up by its price; its new attempt is sent by the next step.
        if (overdue && transaction.nonce === minedNonce && (await bump(transaction))) continue;
        if (!(await sendOne(transaction))) break;
      }
      return sent;
    },
    step: async (throughBlock) => {
      const reconciled = await sending.reconcile(throughBlock);
      const finalised = await sending.finalise(throughBlock);
      const signed = await sending.sign();
      const sent = await sending.send();
      return reconciled + finalised + signed + sent > 0;
    },
  };
  return sending;
}
