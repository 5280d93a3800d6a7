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

/** What a request is for, and where it goes. */
export interface Venue {
  /** Null while it is created. */
  readonly program: Program | null;
  readonly forwarder: Address;
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
  enqueue(venue: Venue, holder: Holder, wanted: CallToForward): Promise<Submission>;
  /**
   * Finds the nonce for a request that a wallet signs, one at a time.
   *
   * @param failed Failed transaction of the same key, which the request takes the place of.
   */
  nextNonce(
    venue: Venue,
    account: Address,
    failed: TransactionRecord | null,
  ): Promise<bigint | Submission>;
  /** Queues a request that a wallet has signed. To be called as {@link enqueue}. */
  enqueueSigned(
    venue: Venue,
    wallet: { readonly account: Address; readonly organisationId: string },
    signed: {
      readonly call: ContractCall;
      readonly kind: string;
      readonly requestId: string;
      readonly nonce: bigint;
    },
  ): Promise<Submission>;
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
    { forwarder }: Venue,
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
   * Reads the nonces, the next one on chain and the next one that is free, and finds the lane. Null while those on their way can not
   * be carried out, since one before them was not.
   */
  const noncesOf = async (
    { forwarder }: Venue,
    account: Address,
  ): Promise<{
    readonly onChain: bigint;
    readonly free: bigint;
    readonly lane: NonceQueue;
  } | null> => {
    // In this order: what is read as open here and was carried out since is below the nonce that is read next.
    const open = await transactions.listOpenRequests(forwarder, account);
    const onChain = await forwarding.nonceOf(forwarder, account);
    const ahead = open.flatMap(({ forwardNonce }) =>
      forwardNonce !== null && forwardNonce >= onChain ? [forwardNonce] : [],
    );
    // Behind others in their own lane, also when another one has more gas: two lanes know no order between them.
    const lane =
      lanes.queues.find(({ from }) => open.some((request) => request.from === from)) ??
      (await lanes.of(account));
    if (ahead.length === 0) return { onChain, free: onChain, lane };
    if (!ahead.includes(onChain)) return null;
    return { onChain, free: ahead.reduce((a, b) => (a > b ? a : b)) + 1n, lane };
  };

  const queueOne = async (
    venue: Venue,
    holder: Holder,
    lane: { readonly from: Address; readonly enqueue: ReturnType<NonceQueue['row']> },
    wanted: Pick<CallToForward, 'call' | 'gas'> & { requestId?: string; kind?: string },
    { nonce, isNext }: { readonly nonce: bigint; readonly isNext: boolean },
  ): Promise<TransactionRecord | Submission> => {
    const { gas, requestId, kind: requestKind } = wanted;
    const call = await signed(venue, holder, wanted.call, { gas, nonce });
    let gasLimit = (gas * HANDED_ON.numerator) / HANDED_ON.denominator + FORWARDER_GAS;
    if (isNext) {
      const outer = await simulateCall(gateway, lane.from, call);
      if (!('gasLimit' in outer)) return outer.revert?.name === WRONG_NONCE ? busy : outer;
      ({ gasLimit } = outer);
    }
    return lane.enqueue({
      call: { kind: 'call', ...call },
      ...{ gasLimit, programId: venue.program?.id ?? null },
      ...{ account: holder.account, forwardNonce: nonce },
      ...(holder.by.role === 'OPERATOR' && { organisationId: holder.by.organisation }),
      ...(requestId !== undefined && { requestId }),
      ...(requestKind !== undefined && { requestKind }),
      ...(holder.by.role === 'MEMBER' && { memberId: holder.by.memberId }),
    });
  };

  return {
    nextNonce: async (venue, account, failed) => {
      const nonces = await noncesOf(venue, account);
      if (nonces === null || nonces.free !== nonces.onChain) return busy;
      const before = failed?.forwardNonce ?? null;
      if (failed === null || before === null || nonces.onChain === before) return nonces.onChain;
      // As below: what was signed is public, and may have been carried out by another account.
      if (nonces.onChain < before) return busy;
      if (await transactions.hasForwarded(venue.forwarder, account, before)) return nonces.onChain;
      return { kind: 'ACCEPTED', transaction: submittedOf(failed), isDoneElsewhere: true };
    },
    enqueueSigned: async ({ program }, { account, organisationId }, signed) => {
      const { call, kind: requestKind, requestId, nonce: forwardNonce } = signed;
      const stands = await transactions.findByRequest(requestId);
      if (stands !== null) return { kind: 'ACCEPTED', transaction: submittedOf(stands) };
      const lane = await lanes.of(account);
      const outer = await simulateCall(gateway, lane.from, call);
      if (!('gasLimit' in outer)) return outer.revert?.name === WRONG_NONCE ? busy : outer;
      const queued = await lane.row()({
        call: { kind: 'call', ...call },
        ...{ gasLimit: outer.gasLimit, programId: program?.id ?? null, organisationId },
        ...{ account, forwardNonce, requestId, requestKind },
      });
      return { kind: 'ACCEPTED', transaction: submittedOf(queued) };
    },
    enqueue: async (venue, holder, wanted) => {
      const stands = await transactions.findByRequest(wanted.requestId);
      if (stands !== null) return { kind: 'ACCEPTED', transaction: submittedOf(stands) };
      const nonces = await noncesOf(venue, holder.account);
      if (nonces === null) return busy;
      const { onChain, free } = nonces;
      const lane = { from: nonces.lane.from, enqueue: nonces.lane.row() };
      if (holder.by.role === 'MEMBER' && free !== onChain) return busy;
      let nonce = free;
      const before = wanted.failed?.forwardNonce ?? null;
      if (wanted.failed !== null && before !== null) {
        // A request whose transaction reverted is public, and good for some minutes: anybody may send it once more. When its nonce
        // was used by none of ours, it was; and as long as this request has the same nonce, only one of the two can be carried out.
        const { forwarder } = venue;
        const isUsed = onChain > before;
        if (isUsed && !(await transactions.hasForwarded(forwarder, holder.account, before))) {
          const transaction = submittedOf(wanted.failed);
          return { kind: 'ACCEPTED', transaction, isDoneElsewhere: true };
        }
        if (!isUsed && free > before) return busy;
        for (; nonce < before; nonce += 1n) {
          const nothing = {
            call: forwarding.nothing(venue.program, wanted.call),
            gas: NOTHING_GAS,
          };
          const isNext = nonce === onChain;
          const filled = await queueOne(venue, holder, lane, nothing, { nonce, isNext });
          if ('kind' in filled) return filled;
        }
      }
      const isNext = nonce === onChain;
      const queued = await queueOne(venue, holder, lane, wanted, { nonce, isNext });
      if ('kind' in queued) return queued;
      return { kind: 'ACCEPTED', transaction: submittedOf(queued) };
    },
  };
}
