import { UserError, type Refusal } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import { refusalOf } from './revertRefusals.ts';

/** Says why a transaction that was sent had no effect. The transaction goes with the refusals. */
export class FailedWrite extends UserError {
  readonly transaction: SubmittedTransaction;

  constructor(refusals: readonly Refusal[], transaction: SubmittedTransaction) {
    super(refusals);
    this.transaction = transaction;
  }
}

/** What the forwarder reverts with when a request came behind one that was not carried out, or too late. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'ERC2771ForwarderInvalidSigner',
  'ERC2771ForwarderExpiredRequest',
]);

/** Tells whether a transaction had no effect for a reason that is none of its own: the same request is simply made again. */
export function wasOvertaken({ status, failure }: SubmittedTransaction): boolean {
  if (status !== 'REVERTED' && status !== 'DROPPED') return false;
  return OVERTAKEN.has(failure?.revert?.name ?? '');
}

const refused = (message: string): Refusal => ({
  code: 'REFUSED_BY_CONTRACT',
  field: null,
  message,
});

/** Signed requests are public once they are sent, and anybody may send them again. */
export const DONE_ELSEWHERE = refused(
  'Another account sent this signed request before us: it was carried out, though not by this transaction; look at the result before repeating it under another key.',
);

/** Without a reason: it reverted, and nobody can say why, or it was never mined. */
function unexplained({ status, hash, blockNumber, failure }: SubmittedTransaction): Refusal {
  const said = failure === null || failure.detail === '' ? '' : `: ${failure.detail}`;
  if (status === 'DROPPED') {
    return refused(
      `The transaction was given up before it was mined${said || ', as another one took its nonce'}; nothing was done.`,
    );
  }
  const where = `The transaction ${hash ?? ''} reverted in block ${blockNumber ?? 0}`;
  return refused(`${where}${said || ', and the node can not tell why'}; nothing was done.`);
}

/** Explains a transaction that had no effect by the code it would have been refused with; empty for any other. */
export function failuresOf(
  transaction: SubmittedTransaction,
  program: Program | null,
): readonly Refusal[] {
  const { status, kind, failure } = transaction;
  if (status !== 'REVERTED' && status !== 'DROPPED') return [];
  if (failure === null || failure.revert === null) return [unexplained(transaction)];
  return [refusalOf(failure.revert, failure.detail, { kind: kind ?? '', program })];
}
