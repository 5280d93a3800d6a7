import type { Address, Hex } from '../../statement.ts';

/** All that the verifier needs of a provider. ethers' `JsonRpcProvider` is one, and sends requests in batches. */
export interface Rpc {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/**
 * Why nothing can be said, for pages with words of their own: `noProgram` is a contract that does not answer as a program does,
 * `noLogs` a node that lacks the logs, `fromTooLate` a first block after the creation.
 */
export type CannotVerifyReason =
  | 'asked wrongly'
  | 'request failed'
  | 'noBlock'
  | 'noContract'
  | 'noProgram'
  | 'noLogs'
  | 'fromTooLate'
  | 'reorganised'
  | 'tooFast';

/** Nothing can be said about the program. The message is one sentence for the person who asked. */
export class CannotVerify extends Error {
  override readonly name: string = 'CannotVerify';
  readonly reason: CannotVerifyReason;

  constructor(
    message: string,
    reason: CannotVerifyReason = 'asked wrongly',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
  }
}

/** What a node says when it has taken a request and refuses it, such as a call that reverts. */
export class NodeRefusal extends Error {}

/** The node did not answer a request, or refused it. */
export class RequestFailed extends CannotVerify {
  readonly method: string;
  /** Whether the node answered, and refused: asking again gives the same. */
  readonly isRefusal: boolean;

  constructor(method: string, error: unknown) {
    const message = `The RPC does not answer ${method}: ${reasonOf(error)}.`;
    super(message, 'request failed', { cause: error });
    this.method = method;
    this.isRefusal = error instanceof NodeRefusal;
  }
}

/** The same provider, whose failures are {@link RequestFailed}; the signal's reason once it is aborted. */
export function failingClearly(provider: Rpc, signal?: AbortSignal): Rpc {
  return {
    async send(method, params) {
      signal?.throwIfAborted();
      try {
        return await provider.send(method, params);
      } catch (error) {
        signal?.throwIfAborted();
        throw new RequestFailed(method, error);
      }
    },
  };
}

/** Waits for something, but not after the signal is aborted: what is under way then ends by itself. */
export async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(asError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Whatever was thrown, as an error. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** What of a block's header is used. */
export interface Header {
  readonly number: number;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** A number as JSON-RPC wants it. */
export function quantity(number: number): Hex {
  return `0x${number.toString(16)}`;
}

/** A few words out of whatever a provider threw. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('shortMessage' in error && typeof error.shortMessage === 'string') {
    const inner = 'error' in error ? error.error : undefined;
    if (typeof inner === 'object' && inner !== null && 'message' in inner) {
      return String(inner.message);
    }
    return error.shortMessage;
  }
  // Node's own connection errors may have a code only.
  return error.message || String('code' in error ? error.code : error.name);
}

/** The newest block's number. */
export async function headNumber(rpc: Rpc): Promise<number> {
  return Number(await rpc.send('eth_blockNumber', []));
}

/**
 * A block's header.
 *
 * @throws CannotVerify when the node does not have the block.
 */
export async function header(rpc: Rpc, number: number): Promise<Header> {
  const block = await rpc.send('eth_getBlockByNumber', [quantity(number), false]);
  return { ...headerOf(block, `${number}`), number };
}

/** The newest block's header. */
export async function newestHeader(rpc: Rpc): Promise<Header> {
  return headerOf(await rpc.send('eth_getBlockByNumber', ['latest', false]), 'latest');
}

function headerOf(block: unknown, name: string): Header {
  if (typeof block === 'object' && block !== null && 'hash' in block && 'timestamp' in block) {
    const number = 'number' in block ? Number(block.number) : NaN;
    return { number, hash: block.hash as Hex, timestamp: Number(block.timestamp) };
  }
  throw new CannotVerify(`The RPC does not have block ${name}.`, 'noBlock');
}

/** Reads a contract at the newest block: older state is not kept by every node. */
export async function call(rpc: Rpc, to: Address, data: string): Promise<Hex> {
  return (await rpc.send('eth_call', [{ to, data }, 'latest'])) as Hex;
}

/** The code at an address, at the newest block. */
export async function codeAt(rpc: Rpc, address: Address): Promise<Hex> {
  return (await rpc.send('eth_getCode', [address, 'latest'])) as Hex;
}
