import { SetupProblem } from '../setupProblem.ts';

/** Long enough for a dump of a chain of many thousand blocks on a busy machine. */
const CALL_TIMEOUT_MS = 120_000;

/** A node that takes no call, or does not answer it in time. */
export class NodeSilent extends SetupProblem {}

interface CallOptions {
  timeoutMs?: number;
  /** Gives the call up. */
  signal?: AbortSignal;
}

const post = async (url: string, body: string, signal: AbortSignal): Promise<string> => {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    return await response.text();
  } catch (cause) {
    throw new NodeSilent(`The chain at ${url} does not answer: ${String(cause)}`, { cause });
  }
};

/**
 * One JSON-RPC call, for supervising a local node without a chain library.
 *
 * @throws NodeSilent when the node cannot be reached or does not answer in time; Error when it answers with an error
 */
export const callJsonRpc = async (
  url: string,
  method: string,
  params: readonly unknown[] = [],
  { timeoutMs = CALL_TIMEOUT_MS, signal }: CallOptions = {},
): Promise<unknown> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const text = await post(
    url,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  );
  const answer = JSON.parse(text) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
};
