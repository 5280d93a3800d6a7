import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { Actor, SubmittedTransaction, Submitter } from '../../ports/chain/submitter.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { TransactionStore } from '../../ports/stores/transactions.ts';
import { ANYBODY, keyWithin } from './contractWriter.ts';
import { submittedOf } from './queue/simulateCall.ts';
import { quotaLeft, quotaSinceMs, type MemberQuota } from './relaying/quota.ts';

/** What names a transaction: its id, or the key of the mutation with the member that it was for. */
export interface TransactionName {
  readonly id: string | null;
  readonly idempotencyKey: string | null;
  /** The app's own id; null for a write of the operator. */
  readonly memberId: string | null;
}

/** Whose writes a caller may look at. */
export interface WritesOf {
  readonly organisationId: string;
  /** Null for a caller that named none: it sees creations of programs. */
  readonly program: Program | null;
  /** The app's own id of the member that asks, who sees what it asked for alone; null for any other caller. */
  readonly onlyOf: string | null;
}

/** Finds transactions of writes, for callers that did not wait for them or lost the answer. */
export interface Transactions {
  /**
   * Finds a transaction; null when it is neither of a write of this program nor of the creation of one by this organisation.
   *
   * @throws UserError unless exactly one of `id` and `idempotencyKey` is given
   */
  lookUp(of: WritesOf, name: TransactionName): Promise<SubmittedTransaction | null>;
  /** Lists what is under way for a member, oldest first: what it asked for, and what the relayer sends for it. */
  openOf(member: Pick<MemberRecord, 'id'>): Promise<SubmittedTransaction[]>;
  /** Counts the writes that a member has left in this hour. */
  quotaOf(member: Pick<MemberRecord, 'id'>): Promise<MemberQuota>;
}

/** Finds the newest transaction of a write that takes several of them under one key; null for a key of another write. */
export type FindSentMoney = (
  program: Program,
  member: Pick<MemberRecord, 'id' | 'account'>,
  idempotencyKey: string,
) => Promise<SubmittedTransaction | null>;
/** A member acts once at a time; besides, the relayer claims for it. */
export const MAX_OPEN_SHOWN = 20;

export function createTransactions(deps: {
  transactions: Pick<TransactionStore, 'find' | 'listOfMember' | 'listOpenFor'>;
  submitter: Pick<Submitter, 'findByKey'>;
  members: Pick<MemberStore, 'findByExternalId'>;
  findSentMoney: FindSentMoney;
  wallNowMs: () => number;
}): Transactions {
  const byId = async (
    { program, organisationId, onlyOf }: WritesOf,
    id: string,
  ): Promise<SubmittedTransaction | null> => {
    const found = await deps.transactions.find(id);
    // Settlements and noops are not writes of callers.
    if (found === null || found.requestKind === null) return null;
    if (onlyOf !== null) {
      const member =
        program === null ? null : await deps.members.findByExternalId(program.id, onlyOf);
      const isOwn = [found.memberId, found.servedMemberId].includes(member?.id ?? '');
      return isOwn ? submittedOf(found) : null;
    }
    const isIts =
      found.programId === null
        ? found.organisationId === organisationId
        : found.programId === program?.id;
    return isIts ? submittedOf(found) : null;
  };

  /** A write is signed by the member's or the operator's account, or, where any account may make it, sent by the relayer alone. */
  const byKey = async (
    { program, organisationId }: WritesOf,
    idempotencyKey: string,
    memberId: string | null,
  ): Promise<SubmittedTransaction | null> => {
    const find = (actor: Actor, key: string): Promise<SubmittedTransaction | null> =>
      deps.submitter.findByKey({ program, actor, idempotencyKey: key });
    if (memberId === null) {
      const operator: Actor = { role: 'OPERATOR', organisation: organisationId };
      return (await find(operator, idempotencyKey)) ?? find(ANYBODY, idempotencyKey);
    }
    if (program === null) return null;
    const member = await deps.members.findByExternalId(program.id, memberId);
    if (member === null) return null;
    const { id, account } = member;
    const own = await find({ role: 'MEMBER', memberId: id, account }, idempotencyKey);
    return (
      own ??
      (await find(ANYBODY, keyWithin(account, idempotencyKey))) ??
      deps.findSentMoney(program, member, idempotencyKey)
    );
  };

  return {
    openOf: async ({ id }) =>
      (await deps.transactions.listOpenFor(id, MAX_OPEN_SHOWN)).map(submittedOf),
    quotaOf: async ({ id }) => {
      const nowMs = deps.wallNowMs();
      return quotaLeft(await deps.transactions.listOfMember(id, quotaSinceMs(nowMs)), nowMs);
    },
    lookUp: async (of, { id, idempotencyKey, memberId }) => {
      if (id !== null && idempotencyKey === null) return byId(of, id);
      if (idempotencyKey !== null && id === null) return byKey(of, idempotencyKey, memberId);
      throw new UserError({
        code: 'REQUIRED',
        field: 'id',
        message:
          'Exactly one of id and idempotencyKey must be given: id from the answer of the mutation, or its idempotencyKey.',
      });
    },
  };
}
