import type { Program } from '../../domain/program.ts';
import { isOpen, type TransactionRecord } from '../../domain/transactions/transaction.ts';
import type {
  TransactionRequest,
  Actor,
  ContractCall,
  Submission,
} from '../../ports/chain/submitter.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { Forwarding } from '../../ports/chain/forwarding.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import { submittedOf, simulateCall, type NamedRequest } from './simulateCall.ts';
import type { NonceQueue } from './nonceQueue.ts';

/**
 * Sends members' calls: the member's derived key signs a request, and the relayer sends it through the forwarder and pays.
 * Calls go only to functions for members of the program's own contracts, with a gas cap and a quota.
 */
export interface Relayer {
  relay(named: NamedRequest, queue: NonceQueue): Promise<Submission>;
}

/** Writes of one member an hour: far more than a person makes, and at a few cents each not enough to empty the tank. */
export const MAX_REQUESTS_PER_HOUR = 60;
const HOUR_MS = 3_600_000;
/** Gas of one write at most. The most expensive, a tender that settles the round before it, takes less than half. */
export const MAX_REQUEST_GAS = 500_000n;
/** Time until a request expires: it can't be executed when the member has long forgotten it. */
const REQUEST_GOOD_FOR_MS = 3_600_000;
/** Wait for another write of the same member: a few blocks. */
const BUSY_RETRY_MS = 2_000;
/** Far longer than it takes to sign and queue a request. One that outlives its process only delays the member. */
const LEASE_MS = 15_000;
/** More requests of all members together than this are never on their way at a time. */
const MAX_OPEN = 48;
const MS_PER_SECOND = 1_000;

type Member = Extract<Actor, { role: 'MEMBER' }>;

const busy: Submission = { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };

/** The oldest one of the hour makes room as it becomes older than that. */
function quotaOf(recent: readonly TransactionRecord[], nowMs: number): Submission | null {
  const thisHour = recent.filter(({ queuedAtMs }) => queuedAtMs > nowMs - HOUR_MS);
  if (thisHour.length < MAX_REQUESTS_PER_HOUR) return null;
  const oldestMs = Math.min(...thisHour.map(({ queuedAtMs }) => queuedAtMs));
  const retryAfterMs = oldestMs + HOUR_MS - nowMs;
  return { kind: 'QUOTA', limit: MAX_REQUESTS_PER_HOUR, retryAfterMs };
}

export function createRelayer(deps: {
  chainId: number;
  clock: ChainClock;
  gateway: TransactionGateway;
  forwarding: Forwarding;
  signer: Pick<Signer, 'signForwardRequest'>;
  transactions: TransactionStore;
  leases: LeaseStore;
  wallNowMs: () => number;
}): Relayer {
  const { chainId, clock, gateway, forwarding, signer, transactions, leases, wallNowMs } = deps;

  /** The request as it is signed now, good for an hour of the chain's time. */
  const signed = async (
    { id: programId, forwarder }: Program,
    { memberId, account }: Member,
    { to, data }: ContractCall,
    { gas, nonce }: { readonly gas: bigint; readonly nonce: bigint },
  ): Promise<ContractCall> => {
    const { nowMs } = await clock.now();
    const deadline = Math.ceil((nowMs + REQUEST_GOOD_FOR_MS) / MS_PER_SECOND);
    const request = { chainId, forwarder, to, data, gas, nonce, deadline };
    const signature = await signer.signForwardRequest(programId, memberId, request);
    return forwarding.execute(account, request, signature);
  };

  /** Simulates the call as the forwarder makes it for the member. @returns its gas limit, or the reason why it would fail */
  const tried = async (
    { forwarder }: Program,
    { account }: Member,
    call: ContractCall,
  ): ReturnType<typeof simulateCall> => {
    const found = await simulateCall(gateway, forwarder, forwarding.asForwarded(call, account));
    if (!('gasLimit' in found) || found.gasLimit <= MAX_REQUEST_GAS) return found;
    const detail = `needs ${found.gasLimit} gas; a write of a member can take at most ${MAX_REQUEST_GAS}`;
    return { kind: 'REFUSED', revert: null, detail };
  };

  const isAnotherOpen = (recent: readonly TransactionRecord[], requestId: string): boolean =>
    recent.some((transaction) => isOpen(transaction) && transaction.requestId !== requestId);

  /**
   * A request whose transaction reverted is public, and still good: anybody may send it once more. As long as the next request has
   * its nonce, only one of the two can be carried out; when that nonce is used by neither of ours, it was.
   */
  const mayBeDone = async (
    { memberId }: Member,
    failed: TransactionRecord | null,
    nonce: bigint,
  ): Promise<boolean> => {
    const before = failed?.forwardNonce ?? null;
    if (before === null || nonce <= before) return false;
    return !(await transactions.hasForwarded(memberId, before));
  };

  /** With the lease of the account held, so that no two requests are signed with the same nonce. */
  const enqueue = async (
    request: TransactionRequest,
    program: Program,
    member: Member,
    queue: NonceQueue,
    fields: {
      readonly requestId: string;
      readonly gas: bigint;
      readonly failed: TransactionRecord | null;
    },
  ): Promise<Submission> => {
    const { requestId, gas, failed } = fields;
    const recent = await transactions.listOfMember(member.memberId, wallNowMs() - HOUR_MS);
    const stands = recent.find((transaction) => transaction.requestId === requestId);
    if (stands !== undefined) return { kind: 'ACCEPTED', transaction: submittedOf(stands) };
    if (isAnotherOpen(recent, requestId)) return busy;
    const nonce = await forwarding.nonceOf(program.forwarder, member.account);
    if (failed !== null && (await mayBeDone(member, failed, nonce))) {
      return { kind: 'ACCEPTED', transaction: submittedOf(failed) };
    }
    const call = await signed(program, member, request.call, { gas, nonce });
    const outer = await simulateCall(gateway, queue.from, call);
    if (!('gasLimit' in outer)) return outer;
    const transaction = await queue.row()({
      call: { kind: 'call', ...call },
      gasLimit: outer.gasLimit,
      programId: program.id,
      requestId,
      requestKind: request.kind,
      memberId: member.memberId,
      forwardNonce: nonce,
    });
    return { kind: 'ACCEPTED', transaction: submittedOf(transaction) };
  };

  return {
    relay: async ({ request, failed, name }, queue) => {
      const { program, actor, call } = request;
      if (actor.role !== 'MEMBER' || program === null) throw new Error('not a write of a member');
      if (!forwarding.isForMembers(program, call)) {
        throw new Error(`${request.kind} is nothing that is relayed for members`);
      }
      const recent = await transactions.listOfMember(actor.memberId, wallNowMs() - HOUR_MS);
      const quota = quotaOf(recent, wallNowMs());
      if (quota !== null) return quota;
      if (recent.some(isOpen) || (await queue.countOpen()) >= MAX_OPEN) return busy;
      const would = await tried(program, actor, call);
      if (!('gasLimit' in would)) return would;
      const requestId = await name();
      if (requestId === null) return { kind: 'KEY_REUSED' };
      const lease = `relay:${chainId}:${actor.account}`;
      // Two calls with the same key have the same name, and both may go on: they can only queue the same transaction.
      if (!(await leases.acquire(lease, requestId, LEASE_MS))) return busy;
      try {
        return await enqueue(request, program, actor, queue, {
          ...{ requestId, failed },
          gas: would.gasLimit,
        });
      } finally {
        await leases.release(lease, requestId);
      }
    },
  };
}
