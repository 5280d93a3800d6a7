import { ServiceError } from '../../domain/errors.ts';
import { createEndpoint, LEFT_ALONE_MS, type RpcCall, type RpcReply } from './endpoint.ts';

/** Error answer of a node. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  /** Data of the node, such as revert data. */
  readonly data: unknown;

  constructor(args: { code: number; message: string; data?: unknown }) {
    super(args.message);
    this.code = args.code;
    this.data = args.data;
  }
}

/** Calls JSON-RPC over HTTP at the first URL of a list that answers. */
export interface Rpc {
  /** Makes one call. @throws RpcError when a node refuses; ServiceError CHAIN_UNAVAILABLE when none answers */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Makes several calls in one request to one node. */
  batch(calls: readonly RpcCall[]): Promise<unknown[]>;
  /** Aborts requests under way. */
  close(): void;
}

/**
 * Opens an RPC list. The node that answered last is asked first; the others follow in turn. One that fails or hangs is left
 * alone for some seconds; while all are, calls are refused at once.
 */
export function createRpc(args: {
  urls: readonly string[];
  /** Null takes the chain of the first node that answers, and then stays with it. */
  chainId: number | null;
}): Rpc & { chainId(): Promise<number> } {
  const aborter = new AbortController();
  let expectedChainId = args.chainId;
  let preferred = 0;

  const checkChain = (chainId: number): void => {
    expectedChainId ??= chainId;
    if (chainId !== expectedChainId) {
      throw new Error(`serves chain ${chainId}, not ${expectedChainId}`);
    }
  };
  const endpoints = args.urls.map((url) =>
    createEndpoint({ url, closing: aborter.signal, checkChain }),
  );

  const batch = async (calls: readonly RpcCall[]): Promise<unknown[]> => {
    if (calls.length === 0) return [];
    const failures: string[] = [];
    for (let tried = 0; tried < endpoints.length; tried += 1) {
      const at = (preferred + tried) % endpoints.length;
      let replies: RpcReply[];
      try {
        replies = (await endpoints[at]?.request(calls)) ?? [];
      } catch (error) {
        failures.push((error as Error).message);
        continue;
      }
      preferred = at;
      return replies.map((reply) => {
        if (reply.error !== undefined) throw new RpcError(reply.error);
        return reply.result;
      });
    }
    throw new ServiceError({
      code: 'CHAIN_UNAVAILABLE',
      message: `No chain node answers: ${failures.join('; ')}`,
      retryAfterMs: LEFT_ALONE_MS,
    });
  };

  return {
    batch,
    call: async (method, params) => (await batch([{ method, params }]))[0],
    chainId: async () => {
      if (expectedChainId === null) await batch([{ method: 'eth_chainId', params: [] }]);
      if (expectedChainId === null) throw new Error('a node answered without a chain id');
      return expectedChainId;
    },
    close: () => aborter.abort(new Error('the chain connection was closed')),
  };
}
