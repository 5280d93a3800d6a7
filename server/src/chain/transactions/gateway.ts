import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { z } from 'zod';
import type { Fees } from '../../domain/transactions/transaction.ts';
import type { MinedReceipt, TransactionGateway } from '../../ports/chain/chain.ts';
import { hash, parseHeader, quantity } from '../rpc/blocks.ts';
import { toBroadcastAnswer, toChainError, toFailedSimulation } from '../rpc/errors.ts';
import {
  BACKING_CALLDATA,
  BUDGET_CALLDATA,
  NOT_RECORDER_SELECTOR,
  SUPPLY_CALLDATA,
  decodeBudget,
} from './pointsCalls.ts';
import type { Rpc } from '../rpc/rpc.ts';
import { hiddenCallOf } from './forwarding.ts';
import { createRevertReasons } from './revertReasons.ts';
import { callOf, targetOf } from './transactionTarget.ts';

/** Base fees rise by at most an eighth a block: this factor keeps a transaction good for six full blocks. */
const BASE_FEE_HEADROOM = 2n;
/** Fees change with every block; asking for each of a row of transactions would only cost time. */
const FEES_CACHE_MS = 1_000;
/** For nodes that do not suggest a tip: 1 gwei. */
const DEFAULT_TIP_WEI = 1_000_000_000n;

const receiptShape = z.object({
  transactionHash: hash,
  blockNumber: quantity,
  blockHash: hash,
  gasUsed: quantity,
  status: quantity,
});

const toReceipt = (reply: unknown): MinedReceipt | null => {
  if (reply === null || reply === undefined) return null;
  const receipt = receiptShape.parse(reply);
  return {
    hash: receipt.transactionHash,
    blockNumber: Number(receipt.blockNumber),
    blockHash: receipt.blockHash,
    gasUsed: BigInt(receipt.gasUsed),
    succeeded: Number(receipt.status) === 1,
  };
};

/**
 * Creates the gateway that simulates and sends transactions and reads their receipts.
 *
 * @param args.stateTag Block that estimates run on. `pending` on local chains: an idle one's newest block is dated in the
 * past, while the block that will hold the transaction is not.
 */
export function createGateway(args: {
  rpc: Rpc;
  stateTag: 'latest' | 'pending';
  wallNowMs: () => number;
}): TransactionGateway {
  const { rpc, stateTag, wallNowMs } = args;
  let known: { readonly atMs: number; readonly fees: Fees; readonly gasLimit: bigint } | null =
    null;

  const typed = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      return await rpc.call(method, params);
    } catch (error) {
      throw toChainError(error);
    }
  };
  const view = async (to: Address, data: Hex): Promise<string> =>
    z.string().parse(await typed('eth_call', [{ to, data }, stateTag]));
  const tip = async (): Promise<bigint> => {
    try {
      return BigInt(quantity.parse(await rpc.call('eth_maxPriorityFeePerGas', [])));
    } catch (error) {
      const refused = toChainError(error);
      if (refused === error) throw error;
      return DEFAULT_TIP_WEI; // the node does not serve this call
    }
  };
  const market = async (): Promise<{ readonly fees: Fees; readonly gasLimit: bigint }> => {
    const atMs = wallNowMs();
    if (known !== null && atMs - known.atMs < FEES_CACHE_MS) return known;
    const [head, maxPriorityFeePerGas] = await Promise.all([
      typed('eth_getBlockByNumber', ['latest', false]).then(parseHeader),
      tip(),
    ]);
    const maxFeePerGas = head.baseFeePerGas * BASE_FEE_HEADROOM + maxPriorityFeePerGas;
    known = { atMs, fees: { maxFeePerGas, maxPriorityFeePerGas }, gasLimit: head.gasLimit };
    return known;
  };

  const estimate: TransactionGateway['simulate'] = async (from, call) => {
    try {
      const gas = await rpc.call('eth_estimateGas', [callOf(from, call), stateTag]);
      return { ok: true, gas: BigInt(quantity.parse(gas)) };
    } catch (error) {
      return toFailedSimulation(error, NOT_RECORDER_SELECTOR);
    }
  };

  return {
    minedNonce: async (account) =>
      Number(quantity.parse(await typed('eth_getTransactionCount', [account, 'latest']))),
    balance: async (account) =>
      BigInt(quantity.parse(await typed('eth_getBalance', [account, 'latest']))),
    simulate: async (from, call) => {
      const outer = await estimate(from, call);
      if (outer.ok) return outer;
      const hidden = hiddenCallOf(outer.revert, targetOf(from, call));
      if (hidden === null) return outer;
      const { from: forwarder, to, data } = hidden;
      const inner = await estimate(forwarder, { kind: 'call', to, data });
      return inner.ok ? outer : inner;
    },
    succeedsWithin: async (from, call, gasLimit) => {
      try {
        const gas = `0x${gasLimit.toString(16)}`;
        await rpc.call('eth_call', [{ ...callOf(from, call), gas }, stateTag]);
        return true;
      } catch (error) {
        toFailedSimulation(error, NOT_RECORDER_SELECTOR);
        return false;
      }
    },
    fees: async () => (await market()).fees,
    blockGasLimit: async () => (await market()).gasLimit,
    broadcast: async (raw) => {
      try {
        await rpc.call('eth_sendRawTransaction', [raw]);
        return { answer: 'ACCEPTED', detail: '' };
      } catch (error) {
        return toBroadcastAnswer(error);
      }
    },
    receipts: async (hashes) => {
      const calls = hashes.map((of) => ({ method: 'eth_getTransactionReceipt', params: [of] }));
      try {
        return (await rpc.batch(calls)).map(toReceipt);
      } catch (error) {
        throw toChainError(error);
      }
    },
    revertReason: createRevertReasons(rpc),
    roomLeft: async ({ address: points, buyback, backed }) => {
      const { left } = decodeBudget(await view(points, BUDGET_CALLDATA));
      if (!backed) return left;
      const [backing, supply] = await Promise.all([
        view(buyback, BACKING_CALLDATA),
        view(points, SUPPLY_CALLDATA),
      ]);
      const unissued = BigInt(backing) - BigInt(supply);
      return unissued < left ? unissued : left;
    },
  };
}
