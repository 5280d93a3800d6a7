import type { Hex } from '@dewpoint/contracts/statement.ts';
import { UnreadableEvents, type ChainLog, type ChainReader } from '../../ports/chain/chain.ts';
import { toAddress } from '../rpc/addresses.ts';
import { parseHeader } from '../rpc/blocks.ts';
import { toChainError } from '../rpc/errors.ts';
import {
  PROGRAM_TOPICS,
  contractsByAddress,
  decodeProgramEvent,
  type ContractsByAddress,
} from './programLogs.ts';
import { RpcError, type Rpc } from '../rpc/rpc.ts';

/** A log in the answer of `eth_getLogs`. Read without a schema: it is the one hot answer, and its fields are used as text. */
interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: string;
  readonly removed?: boolean;
  /** Given by most nodes, not all. */
  readonly blockTimestamp?: string;
}

const MS_PER_SECOND = 1_000;

const toChainLog = (raw: RawLog, contracts: ContractsByAddress): ChainLog | null => {
  const contract = contracts.get(toAddress(raw.address.toLowerCase()));
  if (contract === undefined || raw.removed === true) return null;
  const { role, program } = contract;
  let event: ReturnType<typeof decodeProgramEvent>;
  try {
    event = decodeProgramEvent(role, program, raw);
  } catch (error) {
    throw new UnreadableEvents(program.points, error);
  }
  if (event === null) return null;
  const { blockTimestamp } = raw;
  return {
    points: program.points,
    blockTimeMs: blockTimestamp === undefined ? null : Number(blockTimestamp) * MS_PER_SECOND,
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

/** Creates the reader of a chain's blocks and events. */
export function createReader(rpc: Rpc): ChainReader {
  const typed = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      return await rpc.call(method, params);
    } catch (error) {
      throw toChainError(error);
    }
  };
  const header: ChainReader['header'] = async (blockNumber) => {
    try {
      const reply = await rpc.call('eth_getBlockByNumber', [toTag(blockNumber), false]);
      return reply === null ? null : parseHeader(reply);
    } catch (error) {
      // anvil answers so for a block that is above its head.
      if (error instanceof RpcError && /not found|out of range/i.test(error.message)) return null;
      throw toChainError(error);
    }
  };
  /** Asks for the time of every block with an event, where the node does not say it beside. */
  const withBlockTimes = async (logs: ChainLog[]): Promise<ChainLog[]> => {
    const isTimeless = ({ blockTimeMs }: ChainLog): boolean => blockTimeMs === null;
    const numbers = new Set(logs.filter(isTimeless).map(({ at }) => at.blockNumber));
    if (numbers.size === 0) return logs;
    const times = new Map<number, number>();
    for (const number of numbers) {
      const block = await header(number);
      // Gone meanwhile: the indexer finds that out by itself, and reads the range again.
      times.set(number, block?.timestampMs ?? 0);
    }
    return logs.map((log) =>
      isTimeless(log) ? { ...log, blockTimeMs: times.get(log.at.blockNumber) ?? null } : log,
    );
  };
  return {
    head: async () => parseHeader(await typed('eth_getBlockByNumber', ['latest', false])),
    header,
    logs: async ({ programs, fromBlock, toBlock }) => {
      if (programs.length === 0) return [];
      const contracts = contractsByAddress(programs);
      const filter = {
        address: [...contracts.keys()],
        topics: [PROGRAM_TOPICS],
        fromBlock: toTag(fromBlock),
        toBlock: toTag(toBlock),
      };
      const logs = (await typed('eth_getLogs', [filter])) as RawLog[];
      const known = logs
        .map((log) => toChainLog(log, contracts))
        .filter((log) => log !== null)
        .sort(inChainOrder);
      return withBlockTimes(known);
    },
  };
}
