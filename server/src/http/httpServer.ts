import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The service can't listen, and its message says what to do. */
export class ListenError extends Error {}

/** Slow senders do not hold a connection for longer. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than what proxies commonly keep a connection for, 60 s: one that is closed as a request begins on it loses that request. */
const KEEP_ALIVE_MS = 75_000;
/** Requests under way get this long to be answered when the service stops. */
const DRAIN_MS = 10_000;
const DRAIN_LOOK_MS = 50;

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Creates a server with limits to how long a connection may be slow or idle; it does not listen yet. */
export function createHttpServer(
  app: RequestListener,
  { requestTimeoutMs }: { readonly requestTimeoutMs: number },
): Server {
  const server = createServer(app);
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

function explainListening(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ListenError(`Port ${port} of ${host} is in use. Set DEWPOINT_PORT to a free one.`);
  }
  if (error.code === 'EACCES') {
    return new ListenError(`Port ${port} needs more rights. Set DEWPOINT_PORT to one above 1023.`);
  }
  return error;
}

/** Listens for requests. @returns URL at which it answers, without a slash at its end */
export async function listen(server: Server, { host, port }: Address): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(explainListening(error, host, port)),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}

/** Answers what is under way, takes nothing more and closes all connections. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection whose last answer is out is idle from then on.
  const idle = setInterval(() => server.closeIdleConnections(), DRAIN_LOOK_MS);
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}
