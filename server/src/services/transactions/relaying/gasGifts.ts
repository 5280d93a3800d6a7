import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@dewpoint/contracts/statement.ts';
import {
  NOOP_GAS,
  isOpen,
  type TransactionRecord,
} from '../../../domain/transactions/transaction.ts';
import type { TransactionGateway } from '../../../ports/chain/chain.ts';
import type { TransactionStore } from '../../../ports/stores/transactions.ts';
import type { Wake } from '../../../ports/wake.ts';
import type { Lanes } from '../queue/lanes.ts';

/** Gives accounts without gas the gas of one call: a lane of the relayer sends it. */
export interface GasGifts {
  /** Has the account able to pay for a call. @returns whether it is; if not, the gas is on its way */
  hasGas(
    account: Address,
    gasLimit: bigint,
    of: { readonly requestId: string; readonly programId: string | null },
  ): Promise<boolean>;
  /** Has the account have as much, in wei: what a call that is signed can cost. */
  hasWei(account: Address, wei: bigint, of: Parameters<GasGifts['hasGas']>[2]): Promise<boolean>;
}

/** A local chain and a fast one have the gas there within this; on others the request is repeated. */
const GAS_WITHIN_MS = 5_000;
const LOOK_MS = 25;
/** Fees may double until the call is signed, and it may have to be sent again with higher ones. What is left stays for the next. */
const FEE_HEADROOM = 3n;
/** A receiver that is a contract would need more; all of ours are plain accounts. What is left over is not paid. */
const GIFT_GAS = NOOP_GAS * 2n;

export function createGasGifts(deps: {
  gateway: Pick<TransactionGateway, 'balance' | 'fees'>;
  transactions: TransactionStore;
  lanes: Lanes;
  wake: Wake;
  wallNowMs: () => number;
}): GasGifts {
  const { gateway, transactions, lanes, wallNowMs } = deps;

  const isOver = async (gift: TransactionRecord): Promise<boolean> => {
    const giveUpAtMs = wallNowMs() + GAS_WITHIN_MS;
    for (;;) {
      const now = await transactions.find(gift.id);
      if (now !== null && !isOpen(now)) return true;
      if (wallNowMs() >= giveUpAtMs) return false;
      await delay(LOOK_MS);
    }
  };

  const hasWei: GasGifts['hasWei'] = async (account, needed, { requestId, programId }) => {
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
    hasWei,
    hasGas: async (account, gasLimit, of) => {
      const { maxFeePerGas } = await gateway.fees();
      return hasWei(account, gasLimit * maxFeePerGas * FEE_HEADROOM, of);
    },
  };
}
