/** Long enough for a dump of a chain of many thousand blocks on a busy machine. */
const CALL_TIMEOUT_MS = 120_000;

/**
 * One JSON-RPC call, for supervising a local node without a chain library.
 *
 * @throws when the node cannot be reached or answers with an error
 */
export const callJsonRpc = async (
  url: string,
  method: string,
  params: readonly unknown[] = [],
  timeoutMs = CALL_TIMEOUT_MS,
): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
};
