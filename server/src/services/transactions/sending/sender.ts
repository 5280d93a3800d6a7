import type { Address } from '@dewpoint/contracts/statement.ts';
import { LRUCache } from 'lru-cache';
import type { SendPolicy } from '../../../domain/transactions/transaction.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import {
  MAX_LANES,
  operatorAccount,
  TREASURY,
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

/**
 * Accounts without a lane whose sender is remembered. It knows since when a nonce has no receipt, which decides that the nonce was used
 * elsewhere; an account that is forgotten begins to wait anew.
 */
const MAX_REMEMBERED = 10_000;
/** Beyond the nonces that are filled in at a time: those carry no owner. */
const OWNER_WITHIN = 128;

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
  /** Of the lanes, and of the treasury. */
  const lanes = new Map<Address, AccountSender>();
  const others = new LRUCache<Address, AccountSender>({ max: MAX_REMEMBERED });
  for (let lane = 0; lane < MAX_LANES; lane += 1) {
    // Also of lanes that are not in use any more: what they hold is sent all the same.
    const by: OwnAccount = { role: 'RELAYER', lane };
    lanes.set(signer.addressOf(by), createAccountSender({ ...deps, by }));
  }
  // Also while top-ups are off: what was begun is brought to its end.
  lanes.set(signer.addressOf(TREASURY), createAccountSender({ ...deps, by: TREASURY }));

  /** Finds the key of an account that sends by itself; null for an account of another keystore. */
  const ownerOf = async (from: Address): Promise<OwnAccount | null> => {
    const open = await transactions.listOpen(chainId, from, OWNER_WITHIN);
    for (const { programId, memberId, organisationId } of open) {
      const named: (OwnAccount | null)[] = [
        programId === null || memberId === null ? null : { role: 'MEMBER', programId, memberId },
        organisationId === null ? null : operatorAccount(organisationId),
      ];
      const by = named.find((one) => one !== null && signer.addressOf(one) === from);
      if (by != null) return by;
    }
    return null;
  };

  const senderOf = async (from: Address): Promise<AccountSender | null> => {
    const known = lanes.get(from) ?? others.get(from);
    if (known !== undefined) return known;
    const by = await ownerOf(from);
    if (by === null) {
      logger.warn({ chainId, from }, 'there are transactions of an account that is not ours');
      return null;
    }
    const sender = createAccountSender({ ...deps, by });
    others.set(from, sender);
    return sender;
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
