import { setTimeout as delay } from 'node:timers/promises';
import { Mutex } from 'async-mutex';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../../domain/program.ts';
import { isOpen } from '../../../domain/transactions/transaction.ts';
import type { ProgramViews } from '../../../ports/chain/programViews.ts';
import type { Actor, ContractCall, Submission, NotSigned } from '../../../ports/chain/submitter.ts';
import type { SigningRecord } from '../../../domain/transactions/signingRecord.ts';
import type { SigningStore } from '../../../ports/stores/transactions.ts';
import { createWalletSigning } from './walletSigning.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { ChainClock } from '../../../ports/chain/clock.ts';
import type { Forwarding } from '../../../ports/chain/forwarding.ts';
import type { LeaseStore } from '../../../ports/stores/worker.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import { operatorAccount, type Signer } from '../../../ports/chain/signer.ts';
import { createForwardQueue, type Holder } from './forwardQueue.ts';
import type { Lanes } from '../queue/lanes.ts';
import { quotaOf, quotaSinceMs, tooMuchGas } from './quota.ts';
import { simulateCall, type NamedRequest } from '../queue/simulateCall.ts';

/**
 * Sends calls of members and of the operator: their derived keys sign requests, and a lane of the relayer sends them through the
 * forwarder and pays. Calls go only to functions for them of the program's own contracts; members have a gas cap and a quota.
 */
export interface Relayer {
  relay(named: NamedRequest): Promise<Submission>;
  /** Sends what an operator's own wallet has signed. */
  relaySigned(
    program: Program,
    asked: SigningRecord,
    signature: Hex,
    named: NamedRequest,
  ): Promise<Submission | NotSigned>;
}

/** Wait for another write of the same account: a few blocks. */
const BUSY_RETRY_MS = 2_000;
/** Far longer than it takes to sign and queue a request. One that outlives its process only delays the account. */
const LEASE_MS = 15_000;
/** More requests of all accounts together than this are never on their way in a lane at a time. */
const MAX_OPEN = 48;
/** Requests of the operator wait in line so long. Each takes some hundredths of a second. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 20;

const busy: Submission = { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };

export function createRelayer(deps: {
  chainId: number;
  clock: ChainClock;
  gateway: TransactionGateway;
  forwarding: Forwarding;
  signer: Pick<Signer, 'addressOf' | 'signForwardRequest'>;
  transactions: TransactionStore;
  leases: LeaseStore;
  lanes: Lanes;
  signingRequests: SigningStore;
  views: Pick<ProgramViews, 'operator'>;
  wallNowMs: () => number;
}): Relayer {
  const { chainId, gateway, forwarding, signer, transactions, leases, wallNowMs } = deps;
  const forwardQueue = createForwardQueue(deps);
  const walletSigning = createWalletSigning({ ...deps, forwardQueue });

  const holderOf = (
    program: Program | null,
    actor: Extract<Actor, { role: 'MEMBER' | 'OPERATOR' }>,
  ): Holder => {
    if (actor.role === 'OPERATOR') {
      const by = operatorAccount(actor.organisation);
      return { by, account: signer.addressOf(by) };
    }
    if (program === null) throw new Error('a member writes within a program');
    const { memberId, account } = actor;
    return { by: { role: 'MEMBER', programId: program.id, memberId }, account };
  };

  /** Simulates the call as the forwarder makes it for the account. @returns its gas limit, or the reason why it would fail */
  const tried = async (
    forwarder: Address,
    { by, account }: Holder,
    call: ContractCall,
  ): ReturnType<typeof simulateCall> => {
    const found = await simulateCall(gateway, forwarder, forwarding.asForwarded(call, account));
    if (by.role !== 'MEMBER' || !('gasLimit' in found)) return found;
    return tooMuchGas(found.gasLimit) ?? found;
  };

  /** A member acts once at a time and within a quota. Null when nothing is in the way. */
  const heldUp = async ({ by }: Holder): Promise<Submission | null> => {
    if (by.role !== 'MEMBER') return null;
    const recent = await transactions.listOfMember(by.memberId, quotaSinceMs(wallNowMs()));
    return quotaOf(recent, wallNowMs()) ?? (recent.some(isOpen) ? busy : null);
  };

  /** Of one process the requests of an operator wait for each other here, of several at the lease. */
  const lines = new Map<Address, { readonly mutex: Mutex; waiting: number }>();
  const inOperatorsLine = async (
    { account }: Holder,
    enqueue: () => Promise<Submission>,
  ): Promise<Submission> => {
    const line = lines.get(account) ?? { mutex: new Mutex(), waiting: 0 };
    lines.set(account, line);
    line.waiting += 1;
    try {
      return await line.mutex.runExclusive(enqueue);
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(account);
    }
  };

  const waitForLease = async (lease: string, requestId: string, ms: number): Promise<boolean> => {
    const giveUpAtMs = wallNowMs() + ms;
    while (!(await leases.acquire(lease, requestId, LEASE_MS))) {
      if (wallNowMs() >= giveUpAtMs) return false;
      await delay(Math.random() * LOOK_MS);
    }
    return true;
  };

  /** Runs with the lease of the account held, so that no two requests are signed with the same nonce. */
  const inLine = async <Result>(
    { account, isMember }: { readonly account: Address; readonly isMember: boolean },
    requestId: string,
    enqueue: () => Promise<Result>,
  ): Promise<Result | Submission> => {
    const lease = `relay:${chainId}:${account}`;
    const patienceMs = isMember ? 0 : PATIENCE_MS;
    // Two calls with the same key have the same name, and both may go on: they can only queue the same transaction.
    if (!(await waitForLease(lease, requestId, patienceMs))) return busy;
    try {
      return await enqueue();
    } finally {
      await leases.release(lease, requestId);
    }
  };

  return {
    relaySigned: (program, asked, signature, named) =>
      inLine({ account: asked.account, isMember: false }, asked.id, () =>
        walletSigning.queue(program, asked, signature, named),
      ),
    relay: async ({ request, failed, name }) => {
      const { program, actor, call, kind } = request;
      if (actor.role !== 'MEMBER' && actor.role !== 'OPERATOR') {
        throw new Error('not a write that is relayed');
      }
      if (!forwarding.isRelayed(actor.role, program, call)) {
        const whom = actor.role === 'MEMBER' ? 'members' : 'the operator';
        throw new Error(`${kind} is nothing that is relayed for ${whom}`);
      }
      const holder = holderOf(program, actor);
      if (actor.role === 'OPERATOR' && actor.account !== undefined && program !== null) {
        return walletSigning.ask(program, actor.account, { request, failed, name });
      }
      const before = await heldUp(holder);
      if (before !== null) return before;
      const lane = await deps.lanes.of(holder.account);
      if ((await lane.countOpen()) >= MAX_OPEN) return busy;
      const forwarder = await forwarding.forwarderFor(program, call);
      const would = await tried(forwarder, holder, call);
      if (!('gasLimit' in would)) {
        const isOurs = actor.role === 'OPERATOR' && program !== null;
        if (!isOurs || would.revert?.name !== 'NotOperator') return would;
        // The program has been handed over to an own wallet.
        const operator = await deps.views.operator(program);
        if (operator === holder.account) return would;
        return walletSigning.ask(program, operator, { request, failed, name });
      }
      const requestId = await name();
      if (requestId === null) return { kind: 'KEY_REUSED' };
      const enqueue = (): Promise<Submission> =>
        inLine({ account: holder.account, isMember: holder.by.role === 'MEMBER' }, requestId, () =>
          forwardQueue.enqueue({ program, forwarder }, holder, {
            ...{ call, kind, requestId, failed },
            gas: would.gasLimit,
          }),
        );
      return holder.by.role === 'MEMBER' ? enqueue() : inOperatorsLine(holder, enqueue);
    },
  };
}
