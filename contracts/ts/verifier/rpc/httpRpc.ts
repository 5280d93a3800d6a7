import type { Rpc } from './rpc.ts';

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

/** 200 kB out and back: nodes that allow batches at all allow this, or say that it is too much. */
const FIRST_BATCH_SIZE = 500;
/** A node that scans a million blocks for logs may take a while. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Public nodes answer 429 when asked too often. They recover within seconds. */
const TOO_MANY_REQUESTS = 429;
const MAX_WAITS = 6;
const FIRST_WAIT_MS = 500;

/**
 * JSON-RPC over HTTP that sends what is asked at the same time in one batch. Verifying a large program takes some
 * 25,000 reads, on which ethers' provider spends ten seconds of its own.
 */
export class HttpRpc implements Rpc {
  readonly #url: string;
  readonly #headers: Record<string, string> = { 'content-type': 'application/json' };
  #batchSize = FIRST_BATCH_SIZE;
  #nextId = 1;
  #queue: Pending[] = [];

  constructor(url: string) {
    const { username, password } = new URL(url);
    if (username !== '' || password !== '') {
      const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
      this.#headers['authorization'] = `Basic ${btoa(login)}`;
    }
    this.#url = withoutLogin(url);
  }

  send(method: string, params: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // All that is asked before the next turn of the event loop goes out together.
      if (this.#queue.length === 0) setImmediate(() => void this.#flush());
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
      if (batch.length > 1 && error instanceof BatchRefused) {
        const half = Math.ceil(batch.length / 2);
        this.#batchSize = Math.min(this.#batchSize, half);
        await this.#exchange(batch.slice(0, half));
        await this.#exchange(batch.slice(half));
        return;
      }
      for (const { reject } of batch) reject(asError(error));
    }
  }

  async #post(requests: readonly Pending['request'][]): Promise<readonly Answer[]> {
    const [single] = requests;
    const response = await this.#fetch(JSON.stringify(requests.length === 1 ? single : requests));
    const text = await response.text();
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      throw new BatchRefused(`HTTP status ${response.status} and no JSON`);
    }
    if (Array.isArray(body)) return body as Answer[];
    if (requests.length === 1) return [body as Answer];
    const { error } = body as Answer;
    throw new BatchRefused(error?.message ?? 'no answer to a batch');
  }

  async #fetch(body: string): Promise<Response> {
    for (let waits = 0; ; waits++) {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: this.#headers,
        body,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      if (response.status !== TOO_MANY_REQUESTS || waits === MAX_WAITS) return response;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** waits));
    }
  }
}

/** `fetch` refuses an address that holds a name and password. */
function withoutLogin(url: string): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href;
}

/** The node said nothing about the single requests; fewer at once may do. */
class BatchRefused extends Error {}

function settle({ request, resolve, reject }: Pending, answer: Answer | undefined): void {
  if (answer?.error !== undefined) reject(new Error(answer.error.message ?? 'an error'));
  else if (answer?.result === undefined) reject(new Error(`no answer to ${request.method}`));
  else resolve(answer.result);
}

/** `fetch` says only that it failed; its cause says why. */
function asError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}
