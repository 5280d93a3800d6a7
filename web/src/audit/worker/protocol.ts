import type { Address } from '@dewpoint/contracts/statement.ts';
import type { DocumentVerdict } from '@dewpoint/contracts/verifier/evidence/document.ts';
import type { ProofVerdict } from '@dewpoint/contracts/verifier/evidence/logProof.ts';
import type { ReceiptVerdict } from '@dewpoint/contracts/verifier/evidence/receipt.ts';
import type { ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import type { ProgramNow } from '@dewpoint/contracts/verifier/facts/programNow.ts';
import type { Progress } from '@dewpoint/contracts/verifier/report/progressLine.ts';
import type { Report } from '@dewpoint/contracts/verifier/report/report.ts';
import type { SettlementToken } from '@dewpoint/contracts/verifier/settings/settlementToken.ts';

/** What is audited, and where it is read. */
export interface AuditTarget {
  readonly chainId: number;
  readonly program: Address;
  /** Not after the creation of the program. */
  readonly fromBlock: number;
  readonly nodeUrl: string;
}

/** What the page asks of the worker. One thing is under way at a time. */
export type WorkerTask =
  | { readonly kind: 'read'; readonly target: AuditTarget }
  | { readonly kind: 'verify'; readonly target: AuditTarget }
  | { readonly kind: 'judge'; readonly bytes: Uint8Array }
  | { readonly kind: 'stop' };

/** What the worker tells the page. */
export type WorkerNews =
  | { readonly kind: 'read'; readonly read: ProgramRead }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'verified'; readonly verified: VerifiedAudit }
  | { readonly kind: 'judged'; readonly judged: JudgedFile; readonly json: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: AuditFailure };

/** What the contracts answer now: nothing of it was verified. */
export interface ProgramRead {
  readonly now: ProgramNow;
  readonly token: SettlementToken;
}

/** The verdict, what it is about, and how long it took. */
export interface VerifiedAudit {
  readonly report: Report;
  readonly facts: ProgramFacts;
  /** The report as `npm run verify -- --json` prints it, to the byte. */
  readonly json: string;
  readonly seconds: number;
}

/** What a file that the visitor gave turned out to be. */
export type JudgedFile =
  | { readonly kind: 'document'; readonly verdict: DocumentVerdict; readonly text: string }
  | { readonly kind: 'proof'; readonly verdict: ProofVerdict }
  | { readonly kind: 'receipt'; readonly verdict: ReceiptVerdict }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Why nothing can be said. */
export interface AuditFailure {
  readonly kind: FailureKind;
  /** What the node said, or the verifier. */
  readonly words: string;
  /** The chain that the node has; null when that is not what is wrong. */
  readonly foundChain: number | null;
}

/** Each has a sentence and one thing to try in the catalogue. */
export type FailureKind =
  | 'silent'
  | 'noCors'
  | 'localNetwork'
  | 'limited'
  | 'slow'
  | 'refused'
  | 'wrongChain'
  | 'noContract'
  | 'noProgram'
  | 'noLogs'
  | 'rangeRefused'
  | 'fromTooLate'
  | 'reorganised'
  | 'tooFast'
  | 'other';
