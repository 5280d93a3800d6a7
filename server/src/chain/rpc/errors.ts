/** Translates errors of nodes to typed errors and answers. The only place that does. */
import { ChainError, type BroadcastAnswer, type Simulation } from '../../ports/chain/chain.ts';
import { decodeRevert } from './reverts.ts';
import { RANGE_TOO_LARGE } from './endpoint.ts';
import { RpcError } from './rpc.ts';

/** JSON-RPC code of a revert, as geth and anvil give it. */
const REVERT_CODE = 3;
const NOT_SERVED =
  /header not found|unknown block|missing trie node|not (supported|available|found)|pruned|does not exist/i;
const REVERTED = /revert/i;
/** A reverted simulation is not always labelled: running out of gas or of stack inside counts as well. */
const FAILED_CALL = /revert|out of gas|gas required exceeds|invalid opcode|stack|EVM error/i;

const BROADCAST_ANSWERS: readonly (readonly [BroadcastAnswer, RegExp])[] = [
  ['ACCEPTED', /already known|already imported|known transaction|already in (the )?(mem)?pool/i],
  ['NONCE_TOO_LOW', /nonce (is )?too low|nonce has already been used|old nonce|invalid nonce/i],
  ['UNDERPRICED', /underpriced|less than block base fee|fee ?cap|fee too low|max fee per gas/i],
  ['INSUFFICIENT_FUNDS', /insufficient (funds|balance)/i],
  [
    'INVALID',
    /exceeds (the )?block gas limit|intrinsic gas|gas (limit )?too (high|low)|out of gas|oversized|chain ?id|invalid (sender|signature)|type not supported/i,
  ],
];

/** The bytes that a call reverted with, wherever this kind of node puts them; null for none. */
function revertDataOf(error: RpcError): string | null {
  const candidates: unknown[] = [error.data];
  if (typeof error.data === 'object' && error.data !== null && 'data' in error.data) {
    candidates.push(error.data.data);
  }
  for (const candidate of candidates) {
    if (typeof candidate === 'string' && /^0x[0-9a-f]*$/i.test(candidate)) return candidate;
  }
  return null;
}

/** Converts a refusal of a node to a typed error; any other error is returned as it is. */
export function toChainError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  const make = (kind: ChainError['kind'], retryable: boolean): ChainError =>
    new ChainError({ kind, message: error.message, retryable, cause: error });
  if (error.code === REVERT_CODE || REVERTED.test(error.message)) return make('REVERTED', false);
  if (RANGE_TOO_LARGE.test(error.message)) return make('RANGE_TOO_LARGE', true);
  if (NOT_SERVED.test(error.message)) return make('NOT_SERVED', true);
  return make('RPC', true);
}

/** Converts a refused `eth_estimateGas` to a failed simulation. */
export function toFailedSimulation(
  error: unknown,
  notRecorderSelector: string,
): Extract<Simulation, { ok: false }> {
  if (!(error instanceof RpcError)) throw error;
  const data = revertDataOf(error);
  const revert = decodeRevert(data);
  if (data?.startsWith(notRecorderSelector) === true) {
    return { ok: false, reason: 'NOT_RECORDER', revert, detail: error.message };
  }
  if (error.code === REVERT_CODE || data !== null || FAILED_CALL.test(error.message)) {
    const detail = `${error.message} ${data ?? ''}`.trim();
    return { ok: false, reason: 'REVERTED', revert, detail };
  }
  throw toChainError(error);
}

/** Converts a refused `eth_sendRawTransaction` to an answer about the transaction. */
export function toBroadcastAnswer(error: unknown): { answer: BroadcastAnswer; detail: string } {
  if (!(error instanceof RpcError)) throw error;
  for (const [answer, pattern] of BROADCAST_ANSWERS) {
    if (pattern.test(error.message)) return { answer, detail: error.message };
  }
  throw toChainError(error);
}
