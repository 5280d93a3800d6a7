import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  isOverdue,
  needsSigning,
  type SendPolicy,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { OwnAccount, Signer } from '../../../ports/chain/signer.ts';
import type { NewAttempt, TransactionStore } from '../../../ports/stores/transactions.ts';
import { createReconciler } from './reconciler.ts';
import { createSignAttempts } from './signAttempts.ts';

/** Brings the queued transactions of one account into blocks; see sender.ts for all of them. */
export interface AccountSender {
  /** Saves the outcome of transactions whose nonce is used, in blocks that the indexer has read. */
  reconcile(throughBlock: number): Promise<number>;
  /** Signs queued transactions and saves the bytes. Nothing reaches a node. */
  sign(): Promise<number>;
  /** Sends saved bytes to a node, again when they are overdue. */
  send(): Promise<number>;
}

/** Transactions looked at in one step, from the chain's nonce on; nodes hold back what is further ahead. */
const WINDOW = 64;
/** An empty account is tried again with every poll, but said to be empty only so often. */
const COMPLAIN_EVERY_MS = 60_000;

export function createAccountSender(deps: {
  chainId: number;
  /** Account of the transactions. */
  by: OwnAccount;
  signer: Pick<Signer, 'addressOf' | 'signTransaction'>;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  policy: SendPolicy;
  logger: Logger;
  wallNowMs: () => number;
}): AccountSender {
  const { chainId, by, signer, gateway, transactions, policy, logger, wallNowMs } = deps;
  const from = signer.addressOf(by);
  const attempts = createSignAttempts(deps);
  const { reconcile } = createReconciler({ ...deps, from });
  let complainedAtMs = 0;

  const listOpen = (): Promise<TransactionRecord[]> => transactions.listOpen(chainId, from, WINDOW);

  const complainOfFunds = (detail: string): void => {
    if (wallNowMs() - complainedAtMs < COMPLAIN_EVERY_MS) return;
    complainedAtMs = wallNowMs();
    logger.error({ from, by, detail }, 'an account can not pay for gas');
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
        return (await attempts.bump(transaction)) ? 'CHANGED' : 'STOP';
      case 'INSUFFICIENT_FUNDS':
        complainOfFunds(detail);
        return 'STOP';
      case 'INVALID':
        logger.error({ nonce: transaction.nonce, detail }, 'a node refuses a transaction for good');
        if (transaction.call.kind === 'noop') return 'STOP';
        await transactions.replaceCall(transaction.id, { kind: 'noop' }, { revert: null, detail });
        return 'CHANGED';
    }
  };

  const sign = async (): Promise<number> => {
    const ahead = new Set<Address>();
    const signing: Promise<NewAttempt | null>[] = [];
    for (const transaction of await listOpen()) {
      const { account, call } = transaction;
      const isBehind = account !== null && ahead.has(account);
      if (needsSigning(transaction)) signing.push(attempts.sign(transaction, isBehind));
      if (account !== null && call.kind === 'call') ahead.add(account);
    }
    const signed = await Promise.all(signing);
    const added = signed.filter((one) => one !== null);
    // In one write: databases that sync each write to the disk take longest for that.
    return signed.length - added.length + (await transactions.addAttempts(added));
  };

  const send = async (): Promise<number> => {
    const open = await listOpen();
    if (open.length === 0) return 0;
    const minedNonce = await gateway.minedNonce(from);
    const taken: string[] = [];
    let changed = 0;
    for (const transaction of open) {
      const { status, nonce } = transaction;
      const overdue =
        status === 'broadcast' &&
        nonce >= minedNonce &&
        isOverdue(transaction, wallNowMs(), policy);
      if (status !== 'signed' && !overdue) continue;
      // Only the first in line can be held up by its price; its new attempt is sent by the next step.
      const bumped = overdue && nonce === minedNonce && (await attempts.bump(transaction));
      const sent = bumped ? 'CHANGED' : await sendOne(transaction);
      if (sent === 'STOP') break;
      if (sent === 'TAKEN') taken.push(transaction.id);
      else changed += 1;
    }
    // Dying before this only means that they are sent once more.
    await transactions.markBroadcast(taken, wallNowMs());
    return taken.length + changed;
  };

  return {
    reconcile: async (throughBlock) => reconcile(await listOpen(), throughBlock),
    sign,
    send,
  };
}
