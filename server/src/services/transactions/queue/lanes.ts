import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { Signer } from '../../../ports/chain/signer.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import { createGasTanks } from './gasTanks.ts';
import { createNonceQueue, type NonceQueue } from './nonceQueue.ts';

/** The accounts that send and pay for everything. Each has nonces of its own, so that they send beside each other. */
export interface Lanes {
  /** Queues of the lanes in use, the first lane first. */
  readonly queues: readonly NonceQueue[];
  /**
   * Lists the lanes to give work to: those that can pay for it. While none can, all of them: what they are given waits for gas
   * money, and that is told.
   */
  paying(): Promise<readonly NonceQueue[]>;
  /**
   * Returns the lane for requests of one account, which are carried out in the order of their nonces at the forwarder: always the
   * same one while it can pay. Requests that come behind others go where those are.
   */
  of(account: Address): Promise<NonceQueue>;
  /** Finds the lane that can pay with the fewest open transactions, for what may be done in any order. */
  freest(): Promise<NonceQueue>;
}

const at = (queues: readonly NonceQueue[], index: number): NonceQueue => {
  const queue = queues[index];
  if (queue === undefined) throw new RangeError('lanes: there must be at least one');
  return queue;
};

const choose = (queues: readonly NonceQueue[], account: Address): NonceQueue =>
  at(queues, Number(BigInt(account) % BigInt(queues.length)));

export function createLanes(deps: {
  chainId: number;
  /** How many are in use. */
  lanes: number;
  signer: Pick<Signer, 'addressOf'>;
  gateway: Pick<TransactionGateway, 'balance' | 'fees' | 'minedNonce'>;
  transactions: TransactionStore;
  /** Is told of lanes without gas; left out in a process that does not send. */
  logger?: Logger;
  wallNowMs: () => number;
}): Lanes {
  const queues = Array.from({ length: deps.lanes }, (_none, lane) =>
    createNonceQueue({ ...deps, from: deps.signer.addressOf({ role: 'RELAYER', lane }) }),
  );
  const tanks = createGasTanks({
    lanes: queues.map(({ from }) => from),
    gateway: deps.gateway,
    logger: deps.logger ?? null,
  });
  const paying: Lanes['paying'] = async () => {
    const able = await tanks.paying();
    return able.size === 0 ? queues : queues.filter(({ from }) => able.has(from));
  };
  return {
    queues,
    paying,
    of: async (account) => {
      const able = await paying();
      const home = choose(queues, account);
      return able.includes(home) ? home : choose(able, account);
    },
    freest: async () => {
      const able = await paying();
      const open = await Promise.all(able.map((queue) => queue.countOpen()));
      return at(able, open.indexOf(Math.min(...open)));
    },
  };
}
