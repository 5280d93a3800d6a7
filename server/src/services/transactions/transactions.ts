import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { Actor, SubmittedTransaction, Submitter } from '../../ports/chain/submitter.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { ANYBODY, OPERATOR, keyWithin } from './contractWriter.ts';
import { submittedOf } from './queue/simulateCall.ts';

/** What names a transaction: its id, or the key of the mutation with the member that it was for. */
export interface TransactionName {
  readonly id: string | null;
  readonly idempotencyKey: string | null;
  /** The app's own id; null for a write of the operator. */
  readonly memberId: string | null;
}

/** Finds transactions of writes, for callers that did not wait for them or lost the answer. */
export interface Transactions {
  /**
   * Finds a transaction; null when it is not of a write of this program.
   *
   * @throws UserError unless exactly one of `id` and `idempotencyKey` is given
   */
  lookUp(program: Program, name: TransactionName): Promise<SubmittedTransaction | null>;
}

export function createTransactions(deps: {
  transactions: Pick<TransactionStore, 'find'>;
  submitter: Pick<Submitter, 'findByKey'>;
  members: Pick<MemberStore, 'findByExternalId'>;
}): Transactions {
  const byId = async (program: Program, id: string): Promise<SubmittedTransaction | null> => {
    const found = await deps.transactions.find(id);
    // Settlements and noops are not writes of callers.
    const isIts = found !== null && found.programId === program.id && found.requestKind !== null;
    return isIts ? submittedOf(found) : null;
  };

  /** A write is signed by the member's or the operator's account, or, where any account may make it, sent by the relayer alone. */
  const byKey = async (
    program: Program,
    idempotencyKey: string,
    memberId: string | null,
  ): Promise<SubmittedTransaction | null> => {
    const find = (actor: Actor, key: string): Promise<SubmittedTransaction | null> =>
      deps.submitter.findByKey({ program, actor, idempotencyKey: key });
    if (memberId === null) {
      return (await find(OPERATOR, idempotencyKey)) ?? find(ANYBODY, idempotencyKey);
    }
    const member = await deps.members.findByExternalId(program.id, memberId);
    if (member === null) return null;
    const { id, account } = member;
    const own = await find({ role: 'MEMBER', memberId: id, account }, idempotencyKey);
    return own ?? find(ANYBODY, keyWithin(account, idempotencyKey));
  };

  return {
    lookUp: async (program, { id, idempotencyKey, memberId }) => {
      if (id !== null && idempotencyKey === null) return byId(program, id);
      if (idempotencyKey !== null && id === null) return byKey(program, idempotencyKey, memberId);
      throw new UserError({
        code: 'REQUIRED',
        field: 'id',
        message:
          'Exactly one of id and idempotencyKey must be given: id from the answer of the mutation, or its idempotencyKey.',
      });
    },
  };
}
