import { ServiceError } from '../../domain/errors.ts';

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

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

interface RpcReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A node that takes longer is as good as gone; the longest call is one range of logs. */
const REQUEST_TIMEOUT_MS = 20_000;
/** When to try again once every RPC is gone. */
const RETRY_AFTER_MS = 2_000;
/** JSON-RPC codes by which hosted nodes say "too many requests": another node may have room. */
const BUSY_CODES: ReadonlySet<number> = new Set([-32005, -32097, 429]);

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
};

/**
 * Opens an RPC list. The node that answered last is asked first; the others follow in turn. A node is used only after
 * it has said that it serves the expected chain.
 */
export function createRpc(args: {
  urls: readonly string[];
  /** Null takes the chain of the first node that answers, and then stays with it. */
  chainId: number | null;
}): Rpc & { chainId(): Promise<number> } {
  const aborter = new AbortController();
  const rightChain = new Set<string>();
  let expectedChainId = args.chainId;
  let preferred = 0;
  let lastId = 0;

  const post = async (url: string, calls: readonly RpcCall[]): Promise<RpcReply[]> => {
    const requests = calls.map(({ method, params }) => {
      lastId += 1;
      return { jsonrpc: '2.0', id: lastId, method, params };
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(requests.length === 1 ? requests[0] : requests),
      signal: AbortSignal.any([aborter.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    const text = await response.text();
    if (!response.ok && !text.startsWith('{')) throw new Error(`HTTP ${response.status}`);
    const body = JSON.parse(text) as RpcReply | RpcReply[];
    const byId = new Map((Array.isArray(body) ? body : [body]).map((reply) => [reply.id, reply]));
    return requests.map(({ id, method }) => {
      const reply = byId.get(id);
      if (reply === undefined) throw new Error(`no reply to ${method}`);
      if (reply.error !== undefined && BUSY_CODES.has(reply.error.code)) {
        throw new Error(reply.error.message);
      }
      return reply;
    });
  };

  const checkChain = async (url: string): Promise<void> => {
    if (rightChain.has(url)) return;
    const [reply] = await post(url, [{ method: 'eth_chainId', params: [] }]);
    const chainId = Number(reply?.result);
    if (!Number.isSafeInteger(chainId)) throw new Error('has no chain id');
    expectedChainId ??= chainId;
    if (chainId !== expectedChainId) {
      throw new Error(`serves chain ${chainId}, not ${expectedChainId}`);
    }
    rightChain.add(url);
  };

  const batch = async (calls: readonly RpcCall[]): Promise<unknown[]> => {
    if (calls.length === 0) return [];
    const failures: string[] = [];
    for (let tried = 0; tried < args.urls.length; tried += 1) {
      const at = (preferred + tried) % args.urls.length;
      const url = args.urls[at];
      if (url === undefined) break;
      let replies: RpcReply[];
      try {
        await checkChain(url);
        replies = await post(url, calls);
      } catch (error) {
        // A node that comes back may be another one: it has to name its chain again.
        rightChain.delete(url);
        failures.push(causeOf(error));
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
      retryAfterMs: RETRY_AFTER_MS,
    });
  };

  return {
    batch,
    call: async (method, params) => (await batch([{ method, params }]))[0],
    chainId: async () => {
      if (expectedChainId === null || rightChain.size === 0)
        await batch([{ method: 'eth_chainId', params: [] }]);
      if (expectedChainId === null) throw new Error('a node answered without a chain id');
      return expectedChainId;
    },
    close: () => aborter.abort(new Error('the chain connection was closed')),
  };
}
