import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { Signer } from '../../../ports/chain/signer.ts';
import type { Submission } from '../../../ports/chain/submitter.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import type { LeaseStore } from '../../../ports/stores/worker.ts';
import type { Wake } from '../../../ports/wake.ts';
import type { Lanes } from '../queue/lanes.ts';
import { createNonceQueue } from '../queue/nonceQueue.ts';
import { createGasGifts } from './gasGifts.ts';
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
  const { chainId, gateway, signer, transactions, leases, wallNowMs } = deps;

  const { hasGas } = createGasGifts(deps);

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
