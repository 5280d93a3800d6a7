import type { DocumentVerdict } from './document.ts';
import type { ProofVerdict } from './logProof.ts';
import type { ReceiptVerdict } from './receipt.ts';

/** What was asked about beside the program, as the JSON of a report has it; null for what was not. */
export interface JudgedEvidence {
  readonly document: DocumentVerdict | null;
  readonly proof: ProofVerdict | null;
  readonly receipt: ReceiptVerdict | null;
}

/** A report about the program alone. */
export const NO_EVIDENCE: JudgedEvidence = { document: null, proof: null, receipt: null };
