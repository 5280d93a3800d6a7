import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Logger } from '../../../lib/logger.ts';
import { recent } from '../../../lib/recent.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';

/** Gas limit of the largest batch of statements, margins included: what a lane that is given work must be able to pay for. */
export const LANE_GAS = 6_500_000n;
/** Two questions to a node for each lane. An account is refilled by hand. */
const KEPT_MS = 5_000;

/** Tells which lanes of the relayer can pay. */
export interface GasTanks {
  /** Finds the accounts that can pay for the largest transaction at the price of this moment. */
  paying(): Promise<ReadonlySet<Address>>;
}

export function createGasTanks(deps: {
  /** Accounts of the lanes. */
  lanes: readonly Address[];
  gateway: Pick<TransactionGateway, 'balance' | 'fees'>;
  /** Is told once when lanes run out of gas, and once when they have it again; null for a process that does not send. */
  logger: Pick<Logger, 'error' | 'info' | 'warn'> | null;
  keptMs?: number;
}): GasTanks {
  const { lanes, gateway, logger } = deps;
  let toldEmpty = '';

  const tell = (empty: readonly Address[]): void => {
    const now = empty.join();
    if (now === toldEmpty) return;
    toldEmpty = now;
    if (empty.length === 0) logger?.info({ lanes }, 'every lane of the relayer can pay for gas');
    else if (empty.length < lanes.length) {
      logger?.warn({ empty }, 'lanes of the relayer without gas money get no work: refill them');
    } else {
      logger?.error({ empty }, 'no lane of the relayer can pay for gas: work waits until one can');
    }
  };

  return {
    paying: recent(deps.keptMs ?? KEPT_MS, async () => {
      const [{ maxFeePerGas }, balances] = await Promise.all([
        gateway.fees(),
        Promise.all(lanes.map((lane) => gateway.balance(lane))),
      ]);
      const isEmpty = (_lane: Address, at: number): boolean =>
        (balances[at] ?? 0n) < LANE_GAS * maxFeePerGas;
      tell(lanes.filter(isEmpty));
      return new Set(lanes.filter((lane, at) => !isEmpty(lane, at)));
    }),
  };
}
