import { NodeRequest, NotNow } from './nodeRequest.ts';
import { asError, NodeRefusal, unlessAborted, type Rpc } from './rpc.ts';
import { nextTurn } from './turn.ts';

interface Pending {
  readonly request: { readonly jsonrpc: '2.0'; readonly id: number; readonly method: string };
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

export interface HttpRpcOptions {
  /** Ends what is under way, and refuses what comes later, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** 200 kB out and back: nodes that allow batches at all allow this, or say that it is too much. */
const FIRST_BATCH_SIZE = 500;
/** So often a node may fail in a row before nothing more is asked; the waits add up to half a minute. */
const MAX_WAITS = 6;
/** A node that never answered is more likely a wrong one than a busy one, and the user waits for the news. */
const MAX_FIRST_WAITS = 2;
const FIRST_WAIT_MS = 500;

/**
 * JSON-RPC over HTTP, for reading, in Node and in browsers. Sends what is asked at the same time in one batch: verifying a large
 * program takes some 25,000 reads, on which ethers' provider spends ten seconds of its own.
 */
export class HttpRpc implements Rpc {
  readonly #node: NodeRequest;
  readonly #signal: AbortSignal | undefined;
  #batchSize = FIRST_BATCH_SIZE;
  #nextId = 1;
  #queue: Pending[] = [];
  /** Failures since the node last answered. */
  #failures = 0;
  #hasAnswered = false;

  constructor(url: string, { signal }: HttpRpcOptions = {}) {
    this.#node = new NodeRequest(url, signal);
    this.#signal = signal;
  }

  send(method: string, params: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#signal?.throwIfAborted();
      // All that is asked before the next turn of the event loop goes out together.
      if (this.#queue.length === 0) void nextTurn().then(() => this.#flush());
      const request = { jsonrpc: '2.0' as const, id: this.#nextId++, method, params };
      this.#queue.push({ request, resolve, reject });
    });
  }

  async #flush(): Promise<void> {
    const queue = this.#queue;
    this.#queue = [];
    for (let at = 0; at < queue.length;) {
      const batch = queue.slice(at, at + this.#batchSize);
      at += batch.length;
      await this.#exchange(batch);
    }
  }

  /** Settles every request of the batch. A batch that the node refuses as a whole is sent again in halves. */
  async #exchange(batch: readonly Pending[]): Promise<void> {
    try {
      const answers = await this.#post(batch.map(({ request }) => request));
      const byId = new Map(answers.map((answer) => [answer.id, answer]));
      for (const pending of batch) settle(pending, byId.get(pending.request.id));
    } catch (error) {
      try {
        const size = await this.#sizeAfter(error, batch.length);
        for (let at = 0; at < batch.length; at += size) {
          await this.#exchange(batch.slice(at, at + size));
        }
      } catch (final) {
        for (const { reject } of batch) reject(asError(final));
      }
    }
  }

  /** How many requests to send at once after an error, when it is time. @throws the error when there is no use. */
  async #sizeAfter(error: unknown, size: number): Promise<number> {
    const half = Math.ceil(size / 2);
    if (error instanceof BatchRefused && size > 1) return this.#atMost(half);
    if (!(error instanceof NotNow) || this.#failures >= this.#maxWaits(error)) throw error;
    await pause(FIRST_WAIT_MS * 2 ** this.#failures, this.#signal);
    this.#failures++;
    // A limit may count the requests of a batch; a node that is gone takes as many as before when it is back.
    return error.reason === 'unreachable' ? size : this.#atMost(half);
  }

  #maxWaits({ reason }: NotNow): number {
    if (this.#hasAnswered || reason === 'limited') return MAX_WAITS;
    return reason === 'unknown' ? MAX_FIRST_WAITS : 0;
  }

  #atMost(size: number): number {
    this.#batchSize = Math.min(this.#batchSize, size);
    return size;
  }

  async #post(requests: readonly Pending['request'][]): Promise<readonly Answer[]> {
    const [single] = requests;
    const sent = requests.length === 1 ? single : requests;
    const { status, text } = await this.#node.post(JSON.stringify(sent));
    this.#failures = 0;
    this.#hasAnswered = true;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      throw new BatchRefused(`HTTP status ${status} and no JSON`);
    }
    if (Array.isArray(body)) return body as Answer[];
    if (requests.length === 1) return [body as Answer];
    const { error } = body as Answer;
    throw new BatchRefused(error?.message ?? 'no answer to a batch');
  }
}

/** The node said nothing about the single requests; fewer at once may do. */
class BatchRefused extends Error {}

/** @throws the signal's reason as soon as it is aborted. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  try {
    await unlessAborted(time, signal);
  } finally {
    clearTimeout(timer);
  }
}

function settle({ request, resolve, reject }: Pending, answer: Answer | undefined): void {
  if (answer?.error !== undefined) reject(new NodeRefusal(answer.error.message ?? 'an error'));
  else if (answer?.result === undefined) reject(new Error(`no answer to ${request.method}`));
  else resolve(answer.result);
}
