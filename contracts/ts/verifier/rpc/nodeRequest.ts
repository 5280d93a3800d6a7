import { addressSpaceOf } from './addressSpace.ts';

/** A node that scans a million blocks for logs may take a while. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Public nodes answer 429 when asked too often. They recover within seconds. */
const TOO_MANY_REQUESTS = 429;
/** So much of what a node says beside JSON is shown. */
const SHOWN_LETTERS = 200;

/** Nobody answered, or the node will not for now: the same request may do later. */
export class NotNow extends Error {
  /** Whether nothing but the lack of an answer is known; a browser keeps the reason for itself. */
  readonly reason: 'limited' | 'unknown' | 'unreachable';

  constructor(message: string, reason: NotNow['reason'], options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The node took a request and did not answer it. */
export class TookTooLong extends Error {
  constructor() {
    super(`no answer within ${REQUEST_TIMEOUT_MS / 1_000} seconds`);
  }
}

/** What a node answered to one HTTP request. */
export interface NodeAnswer {
  readonly status: number;
  readonly text: string;
}

/** Posts JSON to one node. */
export class NodeRequest {
  readonly #url: string;
  readonly #signal: AbortSignal | undefined;
  readonly #init: RequestInit;

  constructor(url: string, signal?: AbortSignal) {
    const { username, password } = new URL(url);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (username !== '' || password !== '') {
      const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
      headers['authorization'] = `Basic ${btoa(login)}`;
    }
    this.#url = withoutLogin(url);
    this.#signal = signal;
    this.#init = { method: 'POST', headers, ...addressSpaceOf(this.#url) };
  }

  /** @throws NotNow when trying again may do; the reason of the signal when it was aborted. */
  async post(body: string): Promise<NodeAnswer> {
    const own = this.#signal;
    const ended = new AbortController();
    const end = (): void => ended.abort(own?.reason);
    const timer = setTimeout(() => ended.abort(new TookTooLong()), REQUEST_TIMEOUT_MS);
    // `AbortSignal.any` is not in browsers of before 2024.
    own?.addEventListener('abort', end);
    const { signal } = ended;
    try {
      const response = await fetch(this.#url, { ...this.#init, body, signal });
      const { status } = response;
      const text = await response.text();
      if (status !== TOO_MANY_REQUESTS) return { status, text };
      throw new NotNow(`HTTP status ${status}: ${text.slice(0, SHOWN_LETTERS)}`, 'limited');
    } catch (error) {
      own?.throwIfAborted();
      throw error instanceof TypeError ? this.#unreachable(error) : error;
    } finally {
      clearTimeout(timer);
      own?.removeEventListener('abort', end);
    }
  }

  /** `fetch` says only that it failed; in Node its cause says why. */
  #unreachable(error: TypeError): NotNow {
    const { cause } = error;
    if (cause instanceof Error) {
      const code = 'code' in cause ? String(cause.code) : cause.name;
      return new NotNow(cause.message || code, 'unreachable', { cause });
    }
    const message =
      `${new URL(this.#url).origin} cannot be reached: it may be down, refuse pages of other hosts (CORS), ` +
      'or limit how often it is asked';
    return new NotNow(message, 'unknown', { cause: error });
  }
}

/** `fetch` refuses an address that holds a name and password. */
function withoutLogin(url: string): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href;
}
