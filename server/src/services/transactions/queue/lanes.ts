import type { Address } from '@dewpoint/contracts/statement.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { Signer } from '../../../ports/chain/signer.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import { createNonceQueue, type NonceQueue } from './nonceQueue.ts';

/** The accounts that send and pay for everything. Each has nonces of its own, so that they send beside each other. */
export interface Lanes {
  /** Queues of the lanes in use, the first lane first. */
  readonly queues: readonly NonceQueue[];
  /** Returns the lane for all requests of one account: they are carried out in the order of their nonces at the forwarder. */
  of(account: Address): NonceQueue;
  /** Finds the lane with the fewest open transactions, for what may be done in any order. */
  freest(): Promise<NonceQueue>;
}

export function createLanes(deps: {
  chainId: number;
  /** How many are in use. */
  lanes: number;
  signer: Pick<Signer, 'addressOf'>;
  gateway: Pick<TransactionGateway, 'minedNonce'>;
  transactions: TransactionStore;
  wallNowMs: () => number;
}): Lanes {
  const queues = Array.from({ length: deps.lanes }, (_none, lane) =>
    createNonceQueue({ ...deps, from: deps.signer.addressOf({ role: 'RELAYER', lane }) }),
  );
  const at = (index: number): NonceQueue => {
    const queue = queues[index];
    if (queue === undefined) throw new RangeError('lanes: there must be at least one');
    return queue;
  };
  return {
    queues,
    of: (account) => at(Number(BigInt(account) % BigInt(queues.length))),
    freest: async () => {
      const open = await Promise.all(queues.map((queue) => queue.countOpen()));
      return at(open.indexOf(Math.min(...open)));
    },
  };
}
