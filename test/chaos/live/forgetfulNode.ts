import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  readonly id: number | string;
  readonly method: string;
  readonly params: readonly unknown[];
}
interface Answer {
  readonly id: number | string;
  readonly result?: unknown;
}

/** A node in front of a chain that can lag: it answers as if the blocks of some time were not there, and takes transactions. */
export interface ForgetfulNode {
  readonly url: string;
  /** Answers as of this block from now on; null for the newest one. */
  stayAt(block: number | null): void;
  close(): Promise<void>;
}

/** Where methods have the block that they are about. */
const BLOCK_AT: Readonly<Record<string, number>> = {
  ...{ eth_getBlockByNumber: 0, eth_call: 1, eth_estimateGas: 1, eth_feeHistory: 1 },
  ...{ eth_getBalance: 1, eth_getTransactionCount: 1, eth_getCode: 1, eth_getStorageAt: 2 },
};
const hex = (number: number): string => `0x${number.toString(16)}`;
const isTag = (block: unknown): boolean => typeof block !== 'string' || !block.startsWith('0x');
const isAbove = (block: unknown, head: number): boolean =>
  typeof block === 'string' && block.startsWith('0x') && Number(block) > head;

/** The call as a node makes it that knows nothing above a block. */
function asOf(call: Call, head: number): Call {
  const params = [...call.params];
  const at = BLOCK_AT[call.method];
  if (at !== undefined && isTag(params[at])) params[at] = hex(head);
  if (call.method === 'eth_getLogs') {
    const filter = params[0] as { toBlock?: unknown; fromBlock?: unknown };
    const toBlock =
      isTag(filter.toBlock) || isAbove(filter.toBlock, head) ? hex(head) : filter.toBlock;
    params[0] = { ...filter, toBlock };
  }
  return { ...call, params };
}

/** What it answers then. */
function answerAsOf(call: Call, result: unknown, head: number): unknown {
  switch (call.method) {
    case 'eth_blockNumber':
      return hex(head);
    case 'eth_getBlockByNumber':
      return isAbove(call.params[0], head) ? null : result;
    case 'eth_getTransactionByHash':
    case 'eth_getTransactionReceipt':
    case 'eth_getBlockByHash': {
      const found = result as { blockNumber?: unknown; number?: unknown } | null;
      return isAbove(found?.blockNumber ?? found?.number, head) ? null : result;
    }
    default:
      return result;
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param target URL of the chain, which may die and hang behind it: then so does this node. */
export async function startForgetfulNode(target: () => string): Promise<ForgetfulNode> {
  let head: number | null = null;

  async function answer(body: string): Promise<string> {
    const staysAt = head;
    const asked = JSON.parse(body) as Call | Call[];
    const calls = Array.isArray(asked) ? asked : [asked];
    const sent = staysAt === null ? calls : calls.map((call) => asOf(call, staysAt));
    const response = await fetch(target(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    });
    const answers = (await response.json()) as Answer[];
    const told = calls.map((call) => {
      const found = answers.find(({ id }) => id === call.id) ?? { id: call.id, result: null };
      if (staysAt === null || !('result' in found)) return found;
      return { ...found, result: answerAsOf(call, found.result, staysAt) };
    });
    return JSON.stringify(Array.isArray(asked) ? told : told[0]);
  }

  const server = createServer((incoming, outgoing) => {
    bodyOf(incoming)
      .then(answer)
      .then((text) => {
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end(text);
      })
      // As if it were the chain itself that has died.
      .catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stayAt: (block) => {
      head = block;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
