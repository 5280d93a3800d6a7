/// <reference lib="webworker" />
import { proofIn } from '@dewpoint/contracts/actionProof.ts';
import { receiptIn } from '@dewpoint/contracts/receipt.ts';
import { judgeDocument } from '@dewpoint/contracts/verifier/evidence/document.ts';
import { judgeProof } from '@dewpoint/contracts/verifier/evidence/logProof.ts';
import { judgeReceipt } from '@dewpoint/contracts/verifier/evidence/receipt.ts';
import {
  NO_EVIDENCE,
  type JudgedEvidence,
} from '@dewpoint/contracts/verifier/evidence/evidence.ts';
import { readProgram } from '@dewpoint/contracts/verifier/readProgram.ts';
import { reportJson } from '@dewpoint/contracts/verifier/report/report.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { failingClearly } from '@dewpoint/contracts/verifier/rpc/rpc.ts';
import { readSettlementToken } from '@dewpoint/contracts/verifier/settings/settlementToken.ts';
import { verify, type VerifiedProgram } from '@dewpoint/contracts/verifier/verify.ts';
import { failureOf, WrongChain } from './failures.ts';
import type { AuditTarget, JudgedFile, WorkerNews, WorkerTask } from './protocol.ts';

/** All that reads the chain, and judges it: the page itself only shows. */

let under = new AbortController();
let verified: VerifiedProgram | null = null;
let evidence: JudgedEvidence = NO_EVIDENCE;
let nodeUrl = '';

const tell = (news: WorkerNews): void => postMessage(news);

addEventListener('message', ({ data }: MessageEvent<WorkerTask>) => {
  if (data.kind === 'stop') {
    under.abort();
    return;
  }
  under = new AbortController();
  void doTask(data, under.signal);
});

async function doTask(
  task: Exclude<WorkerTask, { kind: 'stop' }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (task.kind === 'judge') return await judge(task.bytes);
    nodeUrl = task.target.nodeUrl;
    await (task.kind === 'read' ? read(task.target, signal) : verifyAll(task.target, signal));
  } catch (error) {
    if (signal.aborted) tell({ kind: 'stopped' });
    else tell({ kind: 'failed', failure: await failureOf(error, nodeUrl) });
  }
}

async function read(target: AuditTarget, signal: AbortSignal): Promise<void> {
  const provider = await connect(target, signal);
  const { program, fromBlock } = target;
  const now = await readProgram(provider, program, { fromBlock, signal });
  const rpc = failingClearly(provider, signal);
  const token = await readSettlementToken(rpc, now.settings.settlementToken);
  tell({ kind: 'read', read: { now, token } });
}

async function verifyAll(target: AuditTarget, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  const provider = await connect(target, signal);
  const { program, fromBlock } = target;
  verified = await verify({
    ...{ provider, program, fromBlock, signal },
    onProgress: (progress) => tell({ kind: 'progress', progress }),
  });
  evidence = NO_EVIDENCE;
  const { facts, ...report } = verified;
  const seconds = (performance.now() - startedAt) / 1_000;
  tell({ kind: 'verified', verified: { report, facts, json: jsonOf(verified), seconds } });
}

/** @throws WrongChain */
async function connect({ nodeUrl: url, chainId }: AuditTarget, signal: AbortSignal) {
  const provider = new HttpRpc(url, { signal });
  const found = Number(await failingClearly(provider, signal).send('eth_chainId', []));
  if (found !== chainId) throw new WrongChain(found);
  return provider;
}

/** What the command line prints, which ends with the end of a line. */
function jsonOf(program: VerifiedProgram): string {
  return `${reportJson(program, { ...evidence })}\n`;
}

async function judge(bytes: Uint8Array): Promise<void> {
  if (verified === null) return;
  const judged = await judgedFile(bytes, verified);
  if (judged.kind !== 'unreadable') evidence = { ...evidence, [judged.kind]: judged.verdict };
  tell({ kind: 'judged', judged, json: jsonOf(verified) });
}

/** JSON with a signature is a receipt, JSON with an entry is a proof, and everything else is a text. */
async function judgedFile(bytes: Uint8Array, program: VerifiedProgram): Promise<JudgedFile> {
  const { facts } = program;
  const text = new TextDecoder().decode(bytes);
  const fields = fieldsIn(text);
  try {
    if ('signature' in fields) {
      const provider = new HttpRpc(nodeUrl);
      const verdict = await judgeReceipt(provider, receiptIn(text), program);
      return { kind: 'receipt', verdict };
    }
    if ('entry' in fields) return { kind: 'proof', verdict: judgeProof(proofIn(text), facts) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'unreadable', reason: error.message };
  }
  return { kind: 'document', verdict: judgeDocument(bytes, facts), text };
}

function fieldsIn(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
