/** Requests for transactions of the operator and of members. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type {
  ContractCall,
  Submission,
  SubmittedTransaction,
  TransactionRequest,
} from '../../ports/chain/submitter.ts';
import { memberIdOf } from './members.ts';

export interface RequestBuilder {
  byOperator(kind: string, call: ContractCall, idempotencyKey?: string | null): TransactionRequest;
  /** From the relayer, which has no rights that another account lacks. */
  byAnybody(kind: string, call: ContractCall, idempotencyKey?: string | null): TransactionRequest;
  /** From a member's gasless account. */
  byMember(
    member: number,
    kind: string,
    call: ContractCall,
    idempotencyKey?: string | null,
  ): TransactionRequest;
}

export const createRequestBuilder = (
  program: Program,
  accountOf: (member: number) => Address,
): RequestBuilder => ({
  byOperator: (kind, call, idempotencyKey = null) => ({
    program,
    actor: { role: 'OPERATOR', organisation: program.organisationId },
    call,
    idempotencyKey,
    kind,
  }),
  byAnybody: (kind, call, idempotencyKey = null) => ({
    program,
    actor: { role: 'RELAYER' },
    call,
    idempotencyKey,
    kind,
  }),
  byMember: (member, kind, call, idempotencyKey = null) => ({
    program,
    actor: { role: 'MEMBER', memberId: memberIdOf(member), account: accountOf(member) },
    call,
    idempotencyKey,
    kind,
  }),
});

/** The accepted transaction, or a failure that says why there is none. */
export function accepted(submission: Submission): SubmittedTransaction {
  if (submission.kind !== 'ACCEPTED') throw new Error(`not accepted: ${submission.kind}`);
  return submission.transaction;
}
