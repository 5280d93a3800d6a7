import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The request that the running code serves. */
export interface RequestScope {
  /** In every log line of the request, in its `x-request-id` header and in masked errors. */
  readonly requestId: string;
  /** Address that the request came from, behind the proxies that are trusted; null when the connection is gone. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** A client's own id is kept when it is short and plain, so that it can't forge log lines, and no key that was put there by mistake. */
const PLAIN_ID = /^(?!dw_)[A-Za-z0-9._-]{8,64}$/;

/** Returns the id of a request: the one in its header, if it is fit to be logged, or a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && PLAIN_ID.test(header) ? header : randomUUID();
}

/** Runs `serve` and everything that it awaits inside the scope of a request. */
export function inRequestScope<T>(scope: RequestScope, serve: () => T): T {
  return storage.run(scope, serve);
}

/** Returns the request being served; null outside of requests, such as in the worker. */
export function currentRequest(): RequestScope | null {
  return storage.getStore() ?? null;
}

/** Returns the id of the request being served; null outside of requests, such as in the worker. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}
