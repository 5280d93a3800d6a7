import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { ChainLog, ChainReader } from '../ports/chain.ts';
import { toAddress } from './addresses.ts';
import { parseHeader } from './blocks.ts';
import { toChainError } from './errors.ts';
import { KNOWN_TOPICS, decodeEvent } from './pointsEvents.ts';
import { RpcError, type Rpc } from './rpc.ts';

/** What `eth_getLogs` answers with. Read without a schema: it is the one hot answer, and its fields are used as text. */
interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: string;
  readonly removed?: boolean;
}

const toChainLog = (raw: RawLog): ChainLog | null => {
  const event = raw.removed === true ? null : decodeEvent(raw);
  if (event === null) return null;
  return {
    points: toAddress(raw.address.toLowerCase()),
    at: {
      blockNumber: Number(raw.blockNumber),
      logIndex: Number(raw.logIndex),
      transactionHash: raw.transactionHash,
    },
    blockHash: raw.blockHash,
    event,
  };
};

const inChainOrder = (a: ChainLog, b: ChainLog): number =>
  a.at.blockNumber - b.at.blockNumber || a.at.logIndex - b.at.logIndex;

const toTag = (blockNumber: number): string => `0x${blockNumber.toString(16)}`;

/** Reads blocks and events of a chain. */
export function createReader(rpc: Rpc): ChainReader {
  const typed = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      return await rpc.call(method, params);
    } catch (error) {
      throw toChainError(error);
    }
  };
  return {
    head: async () => parseHeader(await typed('eth_getBlockByNumber', ['latest', false])),
    header: async (blockNumber) => {
      try {
        const reply = await rpc.call('eth_getBlockByNumber', [toTag(blockNumber), false]);
        return reply === null ? null : parseHeader(reply);
      } catch (error) {
        // anvil answers so for a block that is above its head.
        if (error instanceof RpcError && /not found|out of range/i.test(error.message)) return null;
        throw toChainError(error);
      }
    },
    logs: async ({ addresses, fromBlock, toBlock }) => {
      if (addresses.length === 0) return [];
      const filter = {
        address: addresses,
        topics: [KNOWN_TOPICS],
        fromBlock: toTag(fromBlock),
        toBlock: toTag(toBlock),
      };
      const logs = (await typed('eth_getLogs', [filter])) as RawLog[];
      return logs
        .map(toChainLog)
        .filter((log) => log !== null)
        .sort(inChainOrder);
    },
  };
}
