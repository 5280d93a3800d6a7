import { NotNow, TookTooLong } from '@dewpoint/contracts/verifier/rpc/nodeRequest.ts';
import {
  CannotVerify,
  NodeRefusal,
  RequestFailed,
  type CannotVerifyReason,
} from '@dewpoint/contracts/verifier/rpc/rpc.ts';
import type { AuditFailure, FailureKind } from './protocol.ts';

/** The node has another chain than the one that was asked about. */
export class WrongChain extends Error {
  readonly found: number;

  constructor(found: number) {
    super(`The node has chain ${found}.`);
    this.found = found;
  }
}

const BY_REASON: Partial<Record<CannotVerifyReason, FailureKind>> = {
  noContract: 'noContract',
  noProgram: 'noProgram',
  noLogs: 'noLogs',
  fromTooLate: 'fromTooLate',
  reorganised: 'reorganised',
  tooFast: 'tooFast',
  noBlock: 'noLogs',
};

/** How nodes say that they do not keep what is old. */
const PRUNED = /prun|missing trie|archive|not available|state histor|too old|earliest/i;

/** Names what went wrong; asks the node once more where a browser does not say why. */
export async function failureOf(error: unknown, nodeUrl: string): Promise<AuditFailure> {
  const words = error instanceof Error ? error.message : String(error);
  const foundChain = error instanceof WrongChain ? error.found : null;
  return { kind: await kindOf(error, nodeUrl), words, foundChain };
}

async function kindOf(error: unknown, nodeUrl: string): Promise<FailureKind> {
  if (error instanceof WrongChain) return 'wrongChain';
  if (!(error instanceof CannotVerify)) return 'other';
  const request = requestIn(error);
  if (request === null) return BY_REASON[error.reason] ?? 'other';
  const { cause, method } = request;
  if (cause instanceof NotNow) return cause.reason === 'limited' ? 'limited' : unreached(nodeUrl);
  if (cause instanceof TookTooLong) return 'slow';
  if (cause instanceof NodeRefusal && error.reason === 'noProgram') return 'noProgram';
  if (PRUNED.test(request.message)) return 'noLogs';
  return method === 'eth_getLogs' && cause instanceof NodeRefusal ? 'rangeRefused' : 'refused';
}

/** The request that failed, which may be below what it was for. */
function requestIn(error: CannotVerify): RequestFailed | null {
  if (error instanceof RequestFailed) return error;
  return error.cause instanceof RequestFailed ? error.cause : null;
}

/** `fetch` says only that it failed. A request whose answer nobody may read tells whether the node answers at all. */
async function unreached(nodeUrl: string): Promise<FailureKind> {
  if (await isLocalNetworkDenied(nodeUrl)) return 'localNetwork';
  try {
    await fetch(nodeUrl, { method: 'POST', mode: 'no-cors', body: '{}' });
    return 'noCors';
  } catch {
    return 'silent';
  }
}

/** Chrome asks before a page of another host may talk to this computer. */
async function isLocalNetworkDenied(nodeUrl: string): Promise<boolean> {
  if (!/^https?:\/\/(127\.|localhost|\[::1\])/.test(nodeUrl)) return false;
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      if (state === 'denied') return true;
    } catch {
      // This browser does not know that permission.
    }
  }
  return false;
}
