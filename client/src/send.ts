import { DewpointError } from './errors.ts';
import type { ErrorCode } from './generated.ts';

/** How calls are sent. */
export interface SendSettings {
  /** Of the API: `https://points.example/graphql`. */
  readonly endpoint: URL;
  readonly key: string | (() => string | Promise<string>);
  readonly fetch: typeof fetch;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** From the first attempt on; the last one may still run when it is over. */
  readonly retryForMs: number;
}

/** Sends one GraphQL call, with its retries. @returns `data` of the answer */
export type Send = (body: string) => Promise<unknown>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

interface GraphqlError {
  readonly message: string;
  readonly extensions?: {
    readonly code?: ErrorCode;
    readonly requestId?: string;
    readonly retryAfterMs?: number;
  };
}

/** What an attempt came to: data, an error for good, or one that may pass, after a pause that the service asked for. */
type Attempt =
  { readonly data: unknown } | { readonly error: DewpointError; readonly pauseMs: number };

const noAnswer = (message: string, cause?: unknown): DewpointError =>
  new DewpointError(`${message} Whether the call was done is not known; repeating it is safe.`, {
    code: 'NO_ANSWER',
    isRetryable: true,
    cause,
  });

const pauseOf = (response: Response): number => {
  const seconds = Number(response.headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
};

const failed = (response: Response, { message, extensions = {} }: GraphqlError): Attempt => {
  const { code, requestId = null, retryAfterMs } = extensions;
  const passes = retryAfterMs !== undefined || response.status === 429 || response.status >= 500;
  if (code === undefined) return { error: noAnswer(`${message}.`), pauseMs: 0 };
  return {
    error: new DewpointError(message, { code, requestId, isRetryable: passes }),
    pauseMs: Math.max(retryAfterMs ?? 0, pauseOf(response)),
  };
};

/** Whatever a proxy in between answers is no answer of the service: only JSON with `data` or `errors` is. */
const read = async (response: Response): Promise<Attempt> => {
  const answer = (await response.json().catch(() => null)) as {
    data?: unknown;
    errors?: readonly GraphqlError[];
  } | null;
  const [error] = answer?.errors ?? [];
  if (error !== undefined) return failed(response, error);
  if (answer?.data != null) return { data: answer.data };
  return {
    error: noAnswer(`HTTP ${response.status} without an answer of Dewpoint.`),
    pauseMs: pauseOf(response),
  };
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Between nothing and all of a time that doubles, so that many clients do not come back at once. */
const backoffMs = (attempt: number): number =>
  Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);

/** Opens a way to the API. The same bytes go out with every attempt, so that what is done twice counts once. */
export function createSend(settings: SendSettings): Send {
  const { endpoint, fetch, timeoutMs, retryForMs } = settings;

  const attempt = async (body: string): Promise<Attempt> => {
    const key = typeof settings.key === 'string' ? settings.key : await settings.key();
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body,
        // A redirect would hand the key to whatever it names.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await read(response);
    } catch (cause) {
      const seconds = timeoutMs / 1000;
      const isLate = cause instanceof DOMException && cause.name === 'TimeoutError';
      const why = isLate ? `gave no answer in ${seconds} s` : 'can not be reached';
      return { error: noAnswer(`${endpoint.origin} ${why}.`, cause), pauseMs: 0 };
    }
  };

  return async (body) => {
    const endsAt = Date.now() + retryForMs;
    for (let count = 0; ; count += 1) {
      const came = await attempt(body);
      if ('data' in came) return came.data;
      const pauseMs = Math.max(came.pauseMs, backoffMs(count));
      if (!came.error.isRetryable || Date.now() + pauseMs > endsAt) throw came.error;
      await sleep(pauseMs);
    }
  };
}
