import { setTimeout as delay } from 'node:timers/promises';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from 'cockatiel';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface RpcReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** One node, which is left alone for a while after it has failed. */
export interface Endpoint {
  /**
   * Makes calls in one request.
   *
   * @returns replies in the order of the calls, refusals among them
   * @throws Error when the node does not answer, or did not a moment ago
   */
  request(calls: readonly RpcCall[]): Promise<RpcReply[]>;
}

/** The longest call, one range of logs, may take this long. */
const REQUEST_TIMEOUT_MS = 20_000;
/**
 * A call may take long; a node may not. When no call is answered for {@link QUIET_TICKS}, the node is asked something
 * that costs it nothing, and hangs when it has not answered that within {@link HANG_TICKS}. Counted in ticks, so that a
 * standstill of this process is not taken for one of the node.
 */
const TICK_MS = 100;
const QUIET_TICKS = 5;
const HANG_TICKS = 15;
const CHEAP_CALL: RpcCall = { method: 'web3_clientVersion', params: [] };
/** A single failure may be an accident of one connection. */
const FAILURES_TO_OPEN = 3;
/** How long a node that failed is left alone; callers are told to come again after the same time. */
export const LEFT_ALONE_MS = 2_000;
/** The first caller after that time waits for the node's sign of life this long: it is in time for a node that is back. */
const SIGN_OF_LIFE_MS = 300;
/** JSON-RPC codes by which hosted nodes say "too many requests": another node may have room. */
const BUSY_CODES: ReadonlySet<number> = new Set([-32005, -32097, 429]);

/** More logs, or more blocks of them, than a node gives at once: its words, whatever its code. */
export const RANGE_TOO_LARGE =
  /query returned more than|too many (results|logs)|range (is )?too (large|wide)|block range|response size|exceed(s|ed)? (max|limit)/i;

/** Opens after some failures in a row, and after the first that shows that the node hangs. */
class NodeBreaker extends ConsecutiveBreaker {
  hangs = false;

  override failure(): boolean {
    const opens = super.failure() || this.hangs;
    this.hangs = false;
    return opens;
  }
}

/** The same codes say that a range of logs is too large, which another try does not help. */
const isBusy = ({ code, message }: NonNullable<RpcReply['error']>): boolean =>
  BUSY_CODES.has(code) && !RANGE_TOO_LARGE.test(message);

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
};

const ticks = async (count: number, isOver: () => boolean): Promise<void> => {
  for (let tick = 0; tick < count && !isOver(); tick += 1) {
    await delay(TICK_MS, undefined, { ref: false });
  }
};

/** Speaks JSON-RPC over HTTP with one node, and notices when it hangs. */
function createTransport(
  url: string,
  closing: AbortSignal,
  onHang: () => void,
): (calls: readonly RpcCall[]) => Promise<RpcReply[]> {
  let lastId = 0;
  let underWay = 0;
  let answers = 0;
  let watching = false;
  let hanging = new AbortController();

  const post = async (calls: readonly RpcCall[], signal: AbortSignal): Promise<RpcReply[]> => {
    const requests = calls.map(({ method, params }) => {
      lastId += 1;
      return { jsonrpc: '2.0', id: lastId, method, params };
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(requests.length === 1 ? requests[0] : requests),
      signal,
    });
    answers += 1;
    const text = await response.text();
    if (!response.ok && !text.startsWith('{')) throw new Error(`HTTP ${response.status}`);
    const body = JSON.parse(text) as RpcReply | RpcReply[];
    const byId = new Map((Array.isArray(body) ? body : [body]).map((reply) => [reply.id, reply]));
    return requests.map(({ id, method }) => {
      const reply = byId.get(id);
      if (reply === undefined) throw new Error(`no reply to ${method}`);
      if (reply.error !== undefined && isBusy(reply.error)) {
        throw new Error(reply.error.message);
      }
      return reply;
    });
  };

  /** Whatever it answers, also a refusal, it lives. */
  const isAlive = async (): Promise<boolean> => {
    const before = answers;
    const given = new AbortController();
    let failed = false;
    post([CHEAP_CALL], AbortSignal.any([closing, given.signal])).catch(() => (failed = true));
    await ticks(HANG_TICKS, () => answers > before || failed || underWay === 0);
    given.abort();
    return answers > before || failed || underWay === 0;
  };

  const watch = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    while (underWay > 0 && !closing.aborted) {
      const before = answers;
      await ticks(QUIET_TICKS, () => underWay === 0);
      if (answers > before || underWay === 0 || (await isAlive())) continue;
      onHang();
      hanging.abort(new Error('it hangs: it takes calls and answers none'));
      hanging = new AbortController();
    }
    watching = false;
  };

  return async (calls) => {
    underWay += 1;
    void watch();
    try {
      const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      return await post(calls, AbortSignal.any([closing, hanging.signal, timeout]));
    } finally {
      underWay -= 1;
    }
  };
}

/**
 * Opens a node of a list.
 *
 * @param args.checkChain Throws unless this is the chain that is wanted. A node is used only after it has named its
 * chain, and has to name it again after a failure: what comes back may be another one.
 */
export function createEndpoint(args: {
  url: string;
  closing: AbortSignal;
  checkChain: (chainId: number) => void;
}): Endpoint {
  const rule = new NodeBreaker(FAILURES_TO_OPEN);
  const breaker = circuitBreaker(handleAll, { breaker: rule, halfOpenAfter: LEFT_ALONE_MS });
  const send = createTransport(args.url, args.closing, () => (rule.hangs = true));
  let isRight = false;
  let lastFailure = '';

  /** Through the breaker, which asks a node that was left alone one thing at a time. */
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (breaker.state === CircuitState.HalfOpen) throw new Error(lastFailure);
    try {
      return await breaker.execute(work);
    } catch (error) {
      isRight = false;
      if (!(error instanceof BrokenCircuitError)) lastFailure = messageOf(error);
      throw new Error(lastFailure, { cause: error });
    }
  };

  const nameChain = (): Promise<void> =>
    through(async () => {
      const [reply] = await send([{ method: 'eth_chainId', params: [] }]);
      const chainId = Number(reply?.result);
      if (!Number.isSafeInteger(chainId)) throw new Error('has no chain id');
      args.checkChain(chainId);
      isRight = true;
    });

  const signOfLife = async (): Promise<void> => {
    const named = nameChain();
    if (breaker.state !== CircuitState.HalfOpen) return named;
    const answered = new AbortController();
    const late = delay(SIGN_OF_LIFE_MS, undefined, { signal: answered.signal, ref: false });
    try {
      await Promise.race([
        named,
        late.then(() => {
          throw new Error(lastFailure);
        }),
      ]);
    } finally {
      named.catch(() => undefined);
      late.catch(() => undefined);
      answered.abort();
    }
  };

  return {
    request: async (calls) => {
      if (!isRight) await signOfLife();
      return through(() => send(calls));
    },
  };
}
