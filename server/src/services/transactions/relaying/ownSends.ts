import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  NOOP_GAS,
  isOpen,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { Signer } from '../../../ports/chain/signer.ts';
import type { Submission } from '../../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import type { LeaseStore } from '../../../ports/stores/worker.ts';
import type { Wake } from '../../../ports/wake.ts';
import type { Lanes } from '../queue/lanes.ts';
import { createNonceQueue } from '../queue/nonceQueue.ts';
import { quotaOf, quotaSinceMs, tooMuchGas } from './quota.ts';
import { simulateCall, submittedOf, type NamedRequest } from '../queue/simulateCall.ts';

/**
 * Sends calls from accounts without gas: a lane of the relayer sends the gas of the one call first, and once that is mined the account
 * sends the call. Repeating the request goes on where it was left.
 */
export interface OwnSends {
  send(named: NamedRequest): Promise<Submission>;
}

const BUSY_RETRY_MS = 2_000;
const LEASE_MS = 15_000;
/** A local chain and a fast one have the gas there within this; on others the request is repeated. */
const GAS_WITHIN_MS = 5_000;
const LOOK_MS = 25;
/** Fees may double until the call is signed, and it may have to be sent again with higher ones. What is left stays for the next. */
const FEE_HEADROOM = 3n;
/** A receiver that is a contract would need more; all of ours are plain accounts. What is left over is not paid. */
const GIFT_GAS = NOOP_GAS * 2n;

const busy: Submission = { kind: 'BUSY', retryAfterMs: BUSY_RETRY_MS };

export function createOwnSends(deps: {
  chainId: number;
  gateway: TransactionGateway;
  signer: Pick<Signer, 'addressOf'>;
  transactions: TransactionStore;
  leases: LeaseStore;
  lanes: Lanes;
  wake: Wake;
  wallNowMs: () => number;
}): OwnSends {
  const { chainId, gateway, signer, transactions, leases, lanes, wallNowMs } = deps;

  const isOver = async (gift: TransactionRecord): Promise<boolean> => {
    const giveUpAtMs = wallNowMs() + GAS_WITHIN_MS;
    for (;;) {
      const now = await transactions.find(gift.id);
      if (now !== null && !isOpen(now)) return true;
      if (wallNowMs() >= giveUpAtMs) return false;
      await delay(LOOK_MS);
    }
  };

  /** Has the account able to pay for a call. @returns whether it is; if not, the gas is on its way */
  const hasGas = async (
    account: Address,
    gasLimit: bigint,
    { requestId, programId }: { readonly requestId: string; readonly programId: string | null },
  ): Promise<boolean> => {
    const { maxFeePerGas } = await gateway.fees();
    const needed = gasLimit * maxFeePerGas * FEE_HEADROOM;
    const missing = async (): Promise<bigint> => needed - (await gateway.balance(account));
    const wei = await missing();
    if (wei <= 0n) return true;
    const prefix = `gas:${requestId}#`;
    const before = await transactions.listByRequestPrefix(prefix);
    const last = before.at(-1);
    const queue = await lanes.freest();
    const gift =
      last !== undefined && isOpen(last)
        ? last
        : await queue.row()({
            call: { kind: 'gas', to: account, wei },
            ...{ gasLimit: GIFT_GAS, programId, requestId: `${prefix}${before.length}` },
          });
    deps.wake.wake();
    return (await isOver(gift)) && (await missing()) <= 0n;
  };

  return {
    send: async ({ request, name }) => {
      const { program, actor, call, kind: requestKind } = request;
      if (actor.role !== 'ITSELF') throw new Error('not a write that an account sends by itself');
      const { holder } = actor;
      const memberId = holder.role === 'MEMBER' ? holder.memberId : null;
      if (memberId !== null) {
        const recent = await transactions.listOfMember(memberId, quotaSinceMs(wallNowMs()));
        const quota = quotaOf(recent, wallNowMs());
        if (quota !== null) return quota;
      }
      const from = signer.addressOf(holder);
      const queue = createNonceQueue({ ...deps, from });
      if ((await queue.countOpen()) > 0) return busy;
      const tried = await simulateCall(gateway, from, call);
      if (!('gasLimit' in tried)) return tried;
      // A token is any contract, and what its call needs is sent to the account first.
      const refusal = memberId === null ? null : tooMuchGas(tried.gasLimit);
      if (refusal !== null) return refusal;
      const requestId = await name();
      if (requestId === null) return { kind: 'KEY_REUSED' };
      const lease = `own:${chainId}:${from}`;
      if (!(await leases.acquire(lease, requestId, LEASE_MS))) return busy;
      try {
        const programId = program?.id ?? null;
        if (!(await hasGas(from, tried.gasLimit, { requestId, programId }))) return busy;
        const transaction = await queue.row()({
          call: { kind: 'call', ...call },
          ...{ gasLimit: tried.gasLimit, programId, requestId, requestKind },
          ...(holder.role === 'MEMBER'
            ? { memberId: holder.memberId }
            : { organisationId: holder.organisation }),
        });
        return { kind: 'ACCEPTED', transaction: submittedOf(transaction) };
      } finally {
        await leases.release(lease, requestId);
      }
    },
  };
}
