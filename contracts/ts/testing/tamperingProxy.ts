import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One JSON-RPC request on its way to the node. */
export interface RpcRequest {
  readonly id: number | string;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Changes what the node answered. Throwing refuses the request with the error's message. */
export type Tamper = (request: RpcRequest, result: unknown) => unknown;

export interface TamperingProxy {
  readonly url: string;
  stop(): Promise<void>;
}

interface RpcAnswer {
  readonly id: number | string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const REFUSED = -32_000;
const CORS = { 'access-control-allow-origin': '*' };

/** Starts a node that lies: it asks the node at `target` and lets `tamper` change the answers. */
export async function startTamperingProxy(target: string, tamper: Tamper): Promise<TamperingProxy> {
  const answerTo = (request: RpcRequest, answer: RpcAnswer): RpcAnswer & { jsonrpc: string } => {
    if (answer.error !== undefined) return { jsonrpc: '2.0', ...answer };
    try {
      return { jsonrpc: '2.0', id: request.id, result: tamper(request, answer.result) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { jsonrpc: '2.0', id: request.id, error: { code: REFUSED, message } };
    }
  };
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'OPTIONS') {
      // Browsers ask before they ask.
      outgoing.writeHead(204, { ...CORS, 'access-control-allow-headers': 'content-type' }).end();
      return;
    }
    void bodyOf(incoming).then(async (body) => {
      const asked = JSON.parse(body) as RpcRequest | RpcRequest[];
      const requests = Array.isArray(asked) ? asked : [asked];
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(target, {
        method: 'POST',
        headers,
        body: JSON.stringify(requests),
      });
      const answers = (await response.json()) as RpcAnswer[];
      const tampered = requests.map((request) => {
        const answer = answers.find(({ id }) => id === request.id);
        return answerTo(request, answer ?? { id: request.id, result: null });
      });
      outgoing.writeHead(200, { ...headers, ...CORS });
      outgoing.end(JSON.stringify(Array.isArray(asked) ? tampered : tampered[0]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
