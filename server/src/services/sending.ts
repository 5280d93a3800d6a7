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
import type { Outcome, TransactionStore } from '../ports/settlingStores.ts';

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

  /** @returns whether a node has it, it was changed first, or nothing more can be sent for now */
  const sendOne = async (transaction: TransactionRecord): Promise<'TAKEN' | 'CHANGED' | 'STOP'> => {
    const raw = transaction.attempts.at(-1)?.raw ?? null;
    if (raw === null) return 'CHANGED';
    const { answer, detail } = await gateway.broadcast(raw);
    switch (answer) {
      case 'ACCEPTED':
      case 'NONCE_TOO_LOW': // used by an attempt of ours that reconcile will find, or else displaced
        return 'TAKEN';
      case 'UNDERPRICED':
        return (await bump(transaction)) ? 'CHANGED' : 'STOP';
      case 'INSUFFICIENT_FUNDS':
        complainOfFunds(detail);
        return 'STOP';
      case 'INVALID':
        logger.error({ nonce: transaction.nonce, detail }, 'a node refuses a transaction for good');
        if (transaction.call.kind === 'noop') return 'STOP';
        await transactions.replaceCall(transaction.id, { kind: 'noop' });
        return 'CHANGED';
    }
  };

  /** Null when it is too early to say. */
  const outcomeOf = (
    { id, nonce }: TransactionRecord,
    receipt: MinedReceipt | null,
    throughBlock: number,
  ): Outcome | null => {
    if (receipt === null) {
      const sinceMs = missingSinceMs.get(id) ?? wallNowMs();
      missingSinceMs.set(id, sinceMs);
      if (wallNowMs() - sinceMs < policy.displacedAfterMs) return null;
      missingSinceMs.delete(id);
      logger.error({ nonce }, 'somebody else used a nonce of this key');
      return { id, receipt: null, blockNumber: throughBlock };
    }
    missingSinceMs.delete(id);
    // Above this the reader would not notice that the block went away again.
    if (receipt.blockNumber > throughBlock) return null;
    if (!receipt.succeeded) logger.error({ nonce, hash: receipt.hash }, 'a batch reverted');
    return { id, receipt, blockNumber: receipt.blockNumber };
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
      const outcomes = used
        .map((transaction) => {
          const own = transaction.attempts.map(({ hash }) => receiptByHash.get(hash) ?? null);
          const receipt = own.find((found) => found !== null) ?? null;
          return outcomeOf(transaction, receipt, throughBlock);
        })
        .filter((outcome) => outcome !== null);
      await transactions.markMined(outcomes);
      return outcomes.length;
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
      const taken: string[] = [];
      let moved = 0;
      for (const transaction of open) {
        const overdue =
          transaction.status === 'broadcast' &&
          transaction.nonce >= minedNonce &&
          isOverdue(transaction, wallNowMs(), policy);
        if (transaction.status !== 'signed' && !overdue) continue;
        moved += 1;
        // Only the first in line can be held up by its price; its new attempt is sent by the next step.
        if (overdue && transaction.nonce === minedNonce && (await bump(transaction))) continue;
        const sent = await sendOne(transaction);
        if (sent === 'TAKEN') taken.push(transaction.id);
        if (sent === 'STOP') break;
      }
      // Dying before this only means that they are sent once more.
      await transactions.markBroadcast(taken, wallNowMs());
      return moved;
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
