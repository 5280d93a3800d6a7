import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Logger } from '../../lib/logger.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import type { Lanes } from './queue/lanes.ts';

/** What one account of the relayer has for gas. */
export interface LaneTank {
  readonly account: Address;
  readonly balanceWei: bigint;
  /** Below this it is low: what a certain amount of gas costs at present. */
  readonly lowBelowWei: bigint;
  readonly low: boolean;
}

/** The accounts that pay for everything on a chain. */
export interface GasTank {
  /**
   * Reads what each lane has, the first lane first.
   *
   * @throws ServiceError CHAIN_UNAVAILABLE when no node answers
   */
  read(): Promise<LaneTank[]>;
}

/** Creates the tank. @param deps.lowGas Units of gas that a lane that is not low can pay for. */
export function createGasTank(deps: {
  lanes: Pick<Lanes, 'queues'>;
  gateway: Pick<TransactionGateway, 'balance' | 'fees'>;
  lowGas: bigint;
}): GasTank {
  const { lanes, gateway, lowGas } = deps;
  return {
    read: async () => {
      const { maxFeePerGas } = await gateway.fees();
      const lowBelowWei = lowGas * maxFeePerGas;
      return Promise.all(
        lanes.queues.map(async ({ from: account }) => {
          const balanceWei = await gateway.balance(account);
          return { account, balanceWei, lowBelowWei, low: balanceWei < lowBelowWei };
        }),
      );
    },
  };
}

/** Tells the log when a lane runs low. */
export interface GasAlert {
  /** Looks, at most once a minute. */
  step(): Promise<void>;
}

const LOOK_MS = 60_000;

/** Creates the alert. A lane that is low is told of once, and once more when it is not any longer. */
export function createGasAlert(deps: {
  chainId: number;
  gasTank: GasTank;
  logger: Pick<Logger, 'warn' | 'info'>;
  wallNowMs: () => number;
}): GasAlert {
  const { chainId, gasTank, logger, wallNowMs } = deps;
  const told = new Set<Address>();
  let lookFromMs = 0;
  return {
    step: async () => {
      if (wallNowMs() < lookFromMs) return;
      const tanks = await gasTank.read();
      lookFromMs = wallNowMs() + LOOK_MS;
      for (const { account, balanceWei, lowBelowWei, low } of tanks) {
        if (low === told.has(account)) continue;
        const facts = {
          ...{ chainId, account },
          ...{ balanceWei: String(balanceWei), lowBelowWei: String(lowBelowWei) },
        };
        if (low) {
          told.add(account);
          logger.warn(facts, 'the gas of an account that pays runs low: send it some');
        } else {
          told.delete(account);
          logger.info(facts, 'an account that pays has enough gas again');
        }
      }
    },
  };
}
