import type { Address } from '@dewpoint/contracts/statement.ts';
import type { SendPolicy } from '../../../domain/transactions/transaction.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import {
  MAX_LANES,
  OPERATOR_ACCOUNT,
  type OwnAccount,
  type Signer,
} from '../../../ports/chain/signer.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import { createAccountSender, type AccountSender } from './accountSender.ts';

/**
 * Brings queued transactions into blocks, those of each account beside those of the others. The collection of transactions is the
 * queue; every step below reads where a transaction is, does the next thing, and is a no-op when it was done already:
 *
 * queued -(sign: bytes saved)-> signed -(send)-> broadcast -(reconcile: receipt)-> mined -(finalise)-> final
 */
export interface Sender extends AccountSender {
  /** Runs all of the steps in their order. @returns whether anything moved */
  step(throughBlock: number): Promise<boolean>;
  /** Makes transactions final that are deep enough in the chain. */
  finalise(throughBlock: number): Promise<number>;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

export function createSender(deps: {
  chainId: number;
  signer: Pick<Signer, 'addressOf' | 'signTransaction'>;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  policy: SendPolicy;
  logger: Logger;
  wallNowMs: () => number;
}): Sender {
  const { chainId, signer, transactions, policy, logger } = deps;
  const senders = new Map<Address, AccountSender>();
  for (let lane = 0; lane < MAX_LANES; lane += 1) {
    // Also of lanes that are not in use any more: what they hold is sent all the same.
    const by: OwnAccount = { role: 'RELAYER', lane };
    senders.set(signer.addressOf(by), createAccountSender({ ...deps, by }));
  }

  /** Finds the key of an account that sends by itself; null for an account of another keystore. */
  const ownerOf = async (from: Address): Promise<OwnAccount | null> => {
    const [first] = await transactions.listOpen(chainId, from, 1);
    if (first === undefined) return null;
    const { programId, memberId } = first;
    const by: OwnAccount =
      programId !== null && memberId !== null
        ? { role: 'MEMBER', programId, memberId }
        : OPERATOR_ACCOUNT;
    return signer.addressOf(by) === from ? by : null;
  };

  const senderOf = async (from: Address): Promise<AccountSender | null> => {
    const lane = senders.get(from);
    if (lane !== undefined) return lane;
    const by = await ownerOf(from);
    if (by !== null) return createAccountSender({ ...deps, by });
    logger.warn({ chainId, from }, 'there are transactions of an account that is not ours');
    return null;
  };

  /** Runs a step of every account that has something to send. */
  const each = async (run: (sender: AccountSender) => Promise<number>): Promise<number> => {
    const accounts = await transactions.listSending(chainId);
    return sumOf(
      await Promise.all(
        accounts.map(async (from) => {
          const sender = await senderOf(from);
          return sender === null ? 0 : run(sender);
        }),
      ),
    );
  };

  const finalise = (throughBlock: number): Promise<number> =>
    transactions.finalise(chainId, throughBlock - policy.confirmations);
  return {
    reconcile: (throughBlock) => each((sender) => sender.reconcile(throughBlock)),
    finalise,
    sign: () => each((sender) => sender.sign()),
    send: () => each((sender) => sender.send()),
    step: async (throughBlock) => {
      const moved = await each(async (sender) => {
        const reconciled = await sender.reconcile(throughBlock);
        const signed = await sender.sign();
        return reconciled + signed + (await sender.send());
      });
      return moved + (await finalise(throughBlock)) > 0;
    },
  };
}
