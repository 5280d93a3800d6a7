import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { ServiceError } from '../../../domain/errors.ts';
import { topUpRequestId, type TopUp, type TopUpReason } from '../../../domain/billing/topUp.ts';
import type { Program } from '../../../domain/program.ts';
import {
  effectOf,
  isOpen,
  mayTryAgain,
  NOOP_GAS,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import { ChainError, type TransactionGateway } from '../../../ports/chain/chain.ts';
import type { MoneyTransfer, ProgramViews } from '../../../ports/chain/programViews.ts';
import { TREASURY, type Signer } from '../../../ports/chain/signer.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import type { ProgramCalls } from '../../transactions/programCalls.ts';
import { createNonceQueue } from '../../transactions/queue/nonceQueue.ts';
import { simulateCall } from '../../transactions/queue/simulateCall.ts';
import type { GasGifts } from '../../transactions/relaying/gasGifts.ts';

/** Whether the tokens of a top-up could be sent now. */
export type TreasuryReadiness =
  { readonly gasLimit: bigint } | { readonly gasLimit: null; readonly reason: TopUpReason };

/**
 * What became of the tokens of a top-up: on their way, in the buyback for good, or certainly not sent by this transaction.
 * UNSEEN: it is final, and the token did not log that the buyback got all of them. TAKEN: its nonce is used, by none that is known.
 * HELD, AHEAD: there is no transaction, as clearance was held back, or as the chain has some that the database has not.
 */
export interface TreasurySend {
  /** Null before there is one. */
  readonly transactionId: string | null;
  readonly is: 'UNDER_WAY' | 'DONE' | 'FAILED' | 'UNSEEN' | 'TAKEN' | 'HELD' | 'AHEAD';
}

/**
 * Asked last of all before there is a transaction: whether tokens are sent; DROP has one in their place that sends nothing, so that no
 * other server sends them.
 */
export type Clearance = () => Promise<'SEND' | 'DROP' | 'HOLD'>;

/** The account that holds the settlement token for top-ups by card, on the live chain. It sends to buybacks of programs alone. */
export interface Treasury {
  readonly address: Address;
  /** Tells whether a top-up could be sent now, and has gas sent to the treasury when it has too little. Sends no token. */
  ready(program: Program, topUp: TopUp): Promise<TreasuryReadiness>;
  /**
   * Sends the tokens of a top-up, by one transaction for each of its attempts, no matter who asks and how often.
   *
   * @throws ServiceError CHAIN_UNAVAILABLE, BUSY, and what clearance throws: nothing is lost, and the same call goes on
   */
  send(program: Program, topUp: TopUp, clearance: Clearance): Promise<TreasurySend>;
}

/** Kind of its transactions: the mutation that asked for them. */
export const TOP_UP_KIND = 'reserveTopUpStart';

const isAway = (error: unknown): boolean =>
  error instanceof ChainError ||
  (error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE');

export function createTreasury(deps: {
  chainId: number;
  /** How many transactions of the account a person knows of: of a key that was used before, and after a restore. */
  knownNonce: number;
  signer: Pick<Signer, 'addressOf'>;
  gateway: TransactionGateway;
  transactions: TransactionStore;
  views: Pick<ProgramViews, 'moneyOf' | 'wouldTransfer' | 'hasTransferred'>;
  calls: Pick<ProgramCalls, 'transferMoney'>;
  gasGifts: GasGifts;
  wallNowMs: () => number;
}): Treasury {
  const { gateway, transactions, views, calls, gasGifts } = deps;
  const address = deps.signer.addressOf(TREASURY);
  const queue = createNonceQueue({ ...deps, from: address });

  const transferOf = ({ buyback }: Program, { amount }: TopUp): MoneyTransfer => ({
    ...{ from: address, to: buyback, amount },
  });

  /** Whether the chain has transactions of the account that neither the database nor a person knows of. */
  async function isAhead(): Promise<boolean> {
    const [mined, highest] = await Promise.all([
      gateway.minedNonce(address),
      transactions.highestNonce(deps.chainId, address),
    ]);
    return mined > Math.max((highest ?? -1) + 1, deps.knownNonce);
  }

  const checkChain = (program: Program): void => {
    if (program.chainId === deps.chainId) return;
    throw new Error(
      `${program.id} is on chain ${program.chainId}; the treasury is on ${deps.chainId}.`,
    );
  };

  async function readyOnChain(program: Program, topUp: TopUp): Promise<TreasuryReadiness> {
    checkChain(program);
    const call = calls.transferMoney(program, program.buyback, topUp.amount);
    const no = (reason: TopUpReason): TreasuryReadiness => ({ gasLimit: null, reason });
    // One after the other: what is under way is not in the balance yet.
    if ((await queue.countOpen()) > 0) return no('TREASURY_BUSY');
    if (await isAhead()) return no('TREASURY_AHEAD');
    // A token may answer false in place of reverting: its word alone is not enough.
    if ((await views.moneyOf(program, address)) < topUp.amount) return no('TREASURY_EMPTY');
    const tried = await simulateCall(gateway, address, call);
    if (!('gasLimit' in tried)) return no('TRANSFER_REFUSED');
    if (!(await views.wouldTransfer(program, transferOf(program, topUp)))) {
      return no('TRANSFER_REFUSED');
    }
    const { gasLimit } = tried;
    const of = { requestId: topUpRequestId(topUp), programId: program.id };
    return (await gasGifts.hasGas(address, gasLimit, of)) ? { gasLimit } : no('TREASURY_BUSY');
  }

  /** Of a transfer that is in a block: what the token logged of it decides, whatever it answered. */
  async function loggedOf(program: Program, topUp: TopUp, hash: Hex): Promise<TreasurySend['is']> {
    const has = await views.hasTransferred(program, hash, transferOf(program, topUp));
    if (has === null) return 'UNDER_WAY';
    return has ? 'DONE' : 'UNSEEN';
  }

  async function outcomeOf(
    program: Program,
    topUp: TopUp,
    transaction: TransactionRecord,
  ): Promise<TreasurySend> {
    const { id: transactionId, status, mined, attempts } = transaction;
    if (status === 'final' && mined?.hash === null) {
      // Nothing was found when the nonce was used; a node that was behind then may know.
      const found = await gateway.receipts(attempts.map(({ hash }) => hash));
      const receipt = found.find((one) => one !== null && one.blockNumber <= mined.blockNumber);
      if (receipt == null) return { transactionId, is: 'TAKEN' };
      return outcomeOf(program, topUp, { ...transaction, mined: receipt });
    }
    if (mayTryAgain(transaction)) return { transactionId, is: 'FAILED' };
    const isDone = status === 'final' && effectOf(transaction) === 'DONE';
    const hash = isDone ? (mined?.hash ?? null) : null;
    const is = hash === null ? 'UNDER_WAY' : await loggedOf(program, topUp, hash);
    return { transactionId, is };
  }

  /** Fees rise between a call that is ready and its attempts: one that can not be paid would stop all that come behind it. */
  async function payFor(transaction: TransactionRecord): Promise<void> {
    const last = transaction.attempts.at(-1);
    if (!isOpen(transaction) || last === undefined) return;
    const { requestId, programId } = transaction;
    const of = { requestId: requestId ?? transaction.id, programId };
    await gasGifts.hasWei(address, last.gasLimit * last.maxFeePerGas, of);
  }

  return {
    address,
    ready: async (program, topUp) => {
      try {
        return await readyOnChain(program, topUp);
      } catch (error) {
        if (isAway(error)) return { gasLimit: null, reason: 'CHAIN_AWAY' };
        throw error;
      }
    },
    send: async (program, topUp, clearance) => {
      checkChain(program);
      const requestId = topUpRequestId(topUp);
      const stands = await transactions.findByRequest(requestId);
      if (stands !== null) {
        await payFor(stands);
        const outcome = await outcomeOf(program, topUp, stands);
        // Whatever blocks the chain loses, this one is out of the way before there is another.
        if (outcome.is === 'FAILED') await transactions.retire(stands.id);
        return outcome;
      }
      if (topUp.gasLimit === null) throw new Error(`${topUp.id} is sent and has no gas limit.`);
      if (await isAhead()) return { transactionId: topUp.transactionId, is: 'AHEAD' };
      const may = await clearance();
      if (may === 'HOLD') return { transactionId: topUp.transactionId, is: 'HELD' };
      const { to, data } = calls.transferMoney(program, program.buyback, topUp.amount);
      const does =
        may === 'SEND'
          ? { call: { kind: 'call', to, data } as const, gasLimit: topUp.gasLimit }
          : { call: { kind: 'noop' } as const, gasLimit: NOOP_GAS };
      const of = { programId: program.id, requestId, requestKind: TOP_UP_KIND };
      // Of two servers of which one sends and one drops, the name decides which of them it is.
      const queued = await queue.row()({ ...does, ...of });
      return outcomeOf(program, topUp, queued);
    },
  };
}
