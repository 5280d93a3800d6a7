import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  readonly id: number | string;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A node of a chain that is nobody's own, in front of an anvil. */
export interface ForeignNode {
  readonly url: string;
  /** Methods that were refused because only development chains have them. */
  readonly refused: readonly string[];
  /** Told the number of each raw transaction, from 1, when the chain has it and the caller not yet its answer. */
  onTransaction: (count: number) => void;
  stop(): Promise<void>;
}

const MAX_LOG_BLOCKS = 1_000;
const NOT_SERVED = { code: -32_601, message: 'the method does not exist/is not available' };
/** As hosted nodes say it: with the code that others use for "too many requests". */
const RANGE = { code: -32_005, message: `query exceeds max block range ${MAX_LOG_BLOCKS}` };

/**
 * Starts a node that answers as those of public chains do: it refuses what only development chains serve, gives logs of at most
 * 1,000 blocks, and calls itself something else.
 */
export async function startForeignNode(target: string): Promise<ForeignNode> {
  const refused: string[] = [];
  let transactions = 0;
  const ask = async (method: string, params: readonly unknown[]): Promise<object> => {
    const response = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return (await response.json()) as object;
  };
  const numberOf = async (tag: unknown): Promise<number> => {
    if (typeof tag === 'string' && tag.startsWith('0x')) return Number(tag);
    if (tag === 'earliest') return 0;
    const { result } = (await ask('eth_blockNumber', [])) as { result: string };
    return Number(result);
  };
  const answer = async ({ id, method, params }: Call): Promise<object> => {
    if (/^(anvil|evm|hardhat)_/.test(method)) {
      refused.push(method);
      return { jsonrpc: '2.0', id, error: NOT_SERVED };
    }
    if (method === 'web3_clientVersion') return { jsonrpc: '2.0', id, result: 'Geth/v1.15.0' };
    if (method === 'eth_getLogs') {
      const { fromBlock, toBlock } = params[0] as Record<string, unknown>;
      const span = (await numberOf(toBlock)) - (await numberOf(fromBlock)) + 1;
      if (span > MAX_LOG_BLOCKS) return { jsonrpc: '2.0', id, error: RANGE };
    }
    const reply = { ...(await ask(method, params)), id };
    if (method === 'eth_sendRawTransaction') node.onTransaction((transactions += 1));
    return reply;
  };
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming)
      .then(async (body) => {
        const asked = JSON.parse(body) as Call | Call[];
        const reply = Array.isArray(asked)
          ? await Promise.all(asked.map(answer))
          : await answer(asked);
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
      })
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const node: ForeignNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused,
    onTransaction: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return node;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
