import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../../domain/program.ts';
import type { TransactionRecord } from '../../../domain/transactions/transaction.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { ChainClock } from '../../../ports/chain/clock.ts';
import type { Forwarding } from '../../../ports/chain/forwarding.ts';
import type { HolderAccount, Signer } from '../../../ports/chain/signer.ts';
import type { ContractCall, Submission } from '../../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import type { Lanes } from '../queue/lanes.ts';
import type { NonceQueue } from '../queue/nonceQueue.ts';
import { simulateCall, submittedOf } from '../queue/simulateCall.ts';

/** An account with the key that signs for it. */
export interface Holder {
  readonly by: HolderAccount;
  readonly account: Address;
}

/** A call to have signed and queued. */
export interface CallToForward {
  readonly call: ContractCall;
  /** Name of the mutation. */
  readonly kind: string;
  /** Unique name of the transaction. */
  readonly requestId: string;
  /** For the call itself. */
  readonly gas: bigint;
  /** Failed transaction of the same key, which this one takes the place of. */
  readonly failed: TransactionRecord | null;
}

/**
 * Signs requests to the forwarder and queues them, all of one account in one lane, so that they are carried out in the order of their
 * nonces at the forwarder. Several of one account may be on their way. When one of them reverts its nonce stays free, and those behind
 * it revert for want of it.
 */
export interface ForwardQueue {
  /** To be called by one process at a time for an account: a second one would sign with the same nonce. */
  enqueue(program: Program, holder: Holder, wanted: CallToForward): Promise<Submission>;
}

/** What the forwarder reverts with when a request has another nonce than the next one. */
const WRONG_NONCE = 'ERC2771ForwarderInvalidSigner';
/** A request can't be carried out when it has long been forgotten. */
const REQUEST_GOOD_FOR_MS = 600_000;
const MS_PER_SECOND = 1_000;
/** Those that are on their way are through, one way or the other. */
const BUSY_RETRY_MS = 2_000;
/** Gas of the forwarder around a call: its checks, its nonce, its event and what it is sent besides. */
const FORWARDER_GAS = 150_000n;
/** The forwarder hands on 63 of 64 parts of the gas that it has. */
const HANDED_ON = { numerator: 64n, denominator: 63n };
/** Of a call that does nothing. */
const NOTHING_GAS = 50_000n;

const busy: Submission = { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };

export function createForwardQueue(deps: {
  chainId: number;
  clock: ChainClock;
  gateway: TransactionGateway;
  forwarding: Forwarding;
  signer: Pick<Signer, 'signForwardRequest'>;
  transactions: TransactionStore;
  lanes: Lanes;
}): ForwardQueue {
  const { chainId, clock, gateway, forwarding, signer, transactions, lanes } = deps;

  /** The request as it is signed now. */
  const signed = async (
    { forwarder }: Program,
    { by, account }: Holder,
    { to, data }: ContractCall,
    { gas, nonce }: { readonly gas: bigint; readonly nonce: bigint },
  ): Promise<ContractCall> => {
    const { nowMs } = await clock.now();
    const deadline = Math.ceil((nowMs + REQUEST_GOOD_FOR_MS) / MS_PER_SECOND);
    const request = { chainId, forwarder, to, data, gas, nonce, deadline };
    const signature = await signer.signForwardRequest(by, request);
    return forwarding.execute(account, request, signature);
  };

  /**
   * Reads the nonces: the next one on chain, and the next one that is free. Null while those on their way can not be carried out, since
   * one before them was not.
   */
  const noncesOf = async (
    { forwarder }: Program,
    { account }: Holder,
  ): Promise<{ readonly onChain: bigint; readonly free: bigint } | null> => {
    // In this order: what is read as open here and was carried out since is below the nonce that is read next.
    const open = await transactions.listOpenRequests(forwarder, account);
    const onChain = await forwarding.nonceOf(forwarder, account);
    const ahead = open.flatMap(({ forwardNonce }) =>
      forwardNonce !== null && forwardNonce >= onChain ? [forwardNonce] : [],
    );
    if (ahead.length === 0) return { onChain, free: onChain };
    if (!ahead.includes(onChain)) return null;
    return { onChain, free: ahead.reduce((a, b) => (a > b ? a : b)) + 1n };
  };

  const queueOne = async (
    program: Program,
    holder: Holder,
    enqueue: ReturnType<NonceQueue['row']>,
    wanted: Pick<CallToForward, 'call' | 'gas'> & { requestId?: string; kind?: string },
    { nonce, isNext }: { readonly nonce: bigint; readonly isNext: boolean },
  ): Promise<TransactionRecord | Submission> => {
    const { gas, requestId, kind: requestKind } = wanted;
    const call = await signed(program, holder, wanted.call, { gas, nonce });
    let gasLimit = (gas * HANDED_ON.numerator) / HANDED_ON.denominator + FORWARDER_GAS;
    if (isNext) {
      const outer = await simulateCall(gateway, lanes.of(holder.account).from, call);
      if (!('gasLimit' in outer)) return outer.revert?.name === WRONG_NONCE ? busy : outer;
      ({ gasLimit } = outer);
    }
    return enqueue({
      call: { kind: 'call', ...call },
      ...{ gasLimit, programId: program.id, account: holder.account, forwardNonce: nonce },
      ...(requestId !== undefined && { requestId }),
      ...(requestKind !== undefined && { requestKind }),
      ...(holder.by.role === 'MEMBER' && { memberId: holder.by.memberId }),
    });
  };

  return {
    enqueue: async (program, holder, wanted) => {
      const stands = await transactions.findByRequest(wanted.requestId);
      if (stands !== null) return { kind: 'ACCEPTED', transaction: submittedOf(stands) };
      const nonces = await noncesOf(program, holder);
      if (nonces === null) return busy;
      const { onChain, free } = nonces;
      if (holder.by.role === 'MEMBER' && free !== onChain) return busy;
      const enqueue = lanes.of(holder.account).row();
      let nonce = free;
      const before = wanted.failed?.forwardNonce ?? null;
      if (wanted.failed !== null && before !== null) {
        // A request whose transaction reverted is public, and good for some minutes: anybody may send it once more. When its nonce
        // was used by none of ours, it was; and as long as this request has the same nonce, only one of the two can be carried out.
        const { forwarder } = program;
        const isUsed = onChain > before;
        if (isUsed && !(await transactions.hasForwarded(forwarder, holder.account, before))) {
          const transaction = submittedOf(wanted.failed);
          return { kind: 'ACCEPTED', transaction, isDoneElsewhere: true };
        }
        if (!isUsed && free > before) return busy;
        for (; nonce < before; nonce += 1n) {
          const nothing = { call: forwarding.nothing(program), gas: NOTHING_GAS };
          const isNext = nonce === onChain;
          const filled = await queueOne(program, holder, enqueue, nothing, { nonce, isNext });
          if ('kind' in filled) return filled;
        }
      }
      const isNext = nonce === onChain;
      const queued = await queueOne(program, holder, enqueue, wanted, { nonce, isNext });
      if ('kind' in queued) return queued;
      return { kind: 'ACCEPTED', transaction: submittedOf(queued) };
    },
  };
}
