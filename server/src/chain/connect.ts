import type { ChainReader, TransactionGateway } from '../ports/chain/chain.ts';
import type { ChainClock } from '../ports/chain/clock.ts';
import type { Forwarding } from '../ports/chain/forwarding.ts';
import { createClock } from './rpc/clock.ts';
import { createForwarding } from './transactions/forwarding.ts';
import { createGateway } from './transactions/gateway.ts';
import { createReader } from './events/reader.ts';
import { createRpc, RpcError, type Rpc } from './rpc/rpc.ts';

/** A connection to one chain. */
export interface Chain {
  readonly chainId: number;
  /** Whether it is a development chain, whose clock can be moved and whose blocks stay. */
  readonly local: boolean;
  readonly clock: ChainClock;
  readonly reader: ChainReader;
  readonly gateway: TransactionGateway;
  readonly forwarding: Forwarding;
  /** For deployment.ts. */
  readonly rpc: Rpc;
  close(): void;
}

/** Chain ids of Hardhat, anvil and Ganache. */
const LOCAL_CHAIN_IDS: ReadonlySet<number> = new Set([31337, 1337]);
const LOCAL_CLIENTS = /^(anvil|hardhat)/i;

/** What the node calls itself; nothing where a provider does not let it say. */
async function clientOf(rpc: Rpc): Promise<string> {
  try {
    return String(await rpc.call('web3_clientVersion', []));
  } catch (error) {
    if (error instanceof RpcError) return '';
    throw error;
  }
}

/**
 * Connects to the first RPC of the list that answers, and goes over to the others when it stops answering.
 *
 * @param args.chainId Refuses nodes of any other chain; null takes the chain that answers first.
 * @throws ServiceError CHAIN_UNAVAILABLE when none answers.
 */
export async function connectChain(args: {
  rpcUrls: readonly string[];
  chainId: number | null;
  /** Reads unix milliseconds; the machine's clock when left out. */
  wallNowMs?: () => number;
}): Promise<Chain> {
  const wallNowMs = args.wallNowMs ?? Date.now;
  const rpc = createRpc({ urls: args.rpcUrls, chainId: args.chainId });
  const client = await clientOf(rpc);
  const chainId = await rpc.chainId();
  const local = LOCAL_CHAIN_IDS.has(chainId) || LOCAL_CLIENTS.test(client);
  const stateTag = local ? 'pending' : 'latest';
  const clock = createClock({ rpc, local, wallNowMs });
  // From here on it has a time to go on from, whatever happens to the chain.
  await clock.now();
  return {
    chainId,
    local,
    clock,
    reader: createReader(rpc),
    gateway: createGateway({ rpc, stateTag, wallNowMs }),
    forwarding: createForwarding(rpc, stateTag),
    rpc,
    close: () => rpc.close(),
  };
}
