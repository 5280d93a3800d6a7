import type { Address } from '@dewpoint/contracts/statement.ts';
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import { ServiceError, type ErrorCode, type UserError } from '../../domain/errors.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import { nameForm } from '../../domain/names.ts';
import type { MemberRequest } from '../../services/members/memberWallets.ts';
import { FailedWrite } from '../../services/transactions/failedWrite.ts';
import type {
  UnsentCall,
  WriteRequest,
  Written,
} from '../../services/transactions/contractWriter.ts';
import type { GraphqlContext } from '../core/context.ts';
import { SigningRequestType } from '../transactions/signingRequest.ts';
import { TransactionType, UnsentCallType } from '../transactions/transaction.ts';
import {
  mutation,
  type InputFields,
  type MutationDeclaration,
  type PayloadFields,
  type ReadState,
} from './mutation.ts';

/** A simulation, a transaction, and a wait for it: a document may ask for few of them. */
const CONTRACT_CALL_COST = 1_000;
const SCOPES = { OPERATOR: 'program:write', MEMBER: 'members:write' } as const;
/** Errors of every write, in addition to its own. */
const WRITE_ERRORS = {
  OPERATOR: ['BUSY', 'CHAIN_UNAVAILABLE', 'IDEMPOTENCY_KEY_REUSED', 'REFUSED_BY_CONTRACT'],
  MEMBER: [
    'BUSY',
    'QUOTA_USED_UP',
    'CHAIN_UNAVAILABLE',
    'IDEMPOTENCY_KEY_REUSED',
    'REFUSED_BY_CONTRACT',
  ],
} as const satisfies Record<string, readonly ErrorCode[]>;

type Kind = keyof typeof SCOPES;
type RequestOf<K extends Kind> = K extends 'MEMBER' ? MemberRequest : WriteRequest;

const idempotencyKeyField = (t: InputFields) =>
  t.string({
    required: true,
    description:
      'Key chosen by the caller, 1 to 128 characters. For at least 24 hours, the same key with the same input writes once, and with another input is refused. Once a transaction is final without an effect, the same call tries again: ask for `transaction` first if that is not wanted.',
  });

const holderFields = (t: InputFields) => ({
  memberId: t.string({
    description:
      "The app's own id of a member whose account the service signs and pays for; left out with `ownWallet`, and in a session of the member.",
  }),
  ownWallet: t.field({
    type: 'Address',
    description:
      'Wallet of a holder, in place of `memberId`. The service simulates the call, sends nothing, and returns `call` for the wallet to send. In a session of a member, a wallet that this member moved to.',
  }),
});

interface KeyedInput {
  readonly idempotencyKey: string;
  readonly memberId?: string | null;
  readonly ownWallet?: Address | null;
}

const transactionField = (t: PayloadFields<Partial<Written>>) =>
  t.field({
    type: TransactionType,
    nullable: true,
    description:
      'Transaction of the write, after a wait of a few seconds; null when nothing was sent. `userErrors` says why a REVERTED or DROPPED one had no effect.',
    resolve: ({ transaction }) => transaction ?? null,
  });

const callField = (t: PayloadFields<{ readonly call?: UnsentCall | null }>) =>
  t.field({
    type: UnsentCallType,
    nullable: true,
    description: 'Contract call for the wallet to send; null without `ownWallet`.',
    resolve: ({ call }) => call ?? null,
  });

const toSignField = (t: PayloadFields<Partial<Written>>) =>
  t.field({
    type: SigningRequestType,
    nullable: true,
    description:
      "What the operator's own wallet has to sign before anything is sent, for `transactionSign`; null unless the program was handed over to one.",
    resolve: ({ toSign }) => toSign ?? null,
  });

/**
 * Finds whose account writes: of a session always its own member's, or a wallet of its own.
 *
 * @throws ServiceError FORBIDDEN for a session that names another member, or a wallet that is none of its member's
 */
export async function holderOf(
  context: Pick<GraphqlContext, 'caller' | 'members' | 'memberIdOf'>,
  named: {
    readonly memberId: string | null | undefined;
    readonly ownWallet: Address | null | undefined;
  },
): Promise<Pick<MemberRequest, 'memberId' | 'ownWallet'>> {
  const { memberId = null, ownWallet = null } = named;
  const { caller } = context;
  if (caller?.kind !== 'MEMBER') return { memberId, ownWallet };
  if (ownWallet === null) return { memberId: context.memberIdOf(memberId), ownWallet };
  const member = await context.members.find(caller.program, caller.externalId);
  const isSame = (account: Address): boolean => account.toLowerCase() === ownWallet.toLowerCase();
  if (member?.links.some(({ account }) => isSame(account)) === true) return { memberId, ownWallet };
  throw new ServiceError({
    code: 'FORBIDDEN',
    message:
      'A session of a member writes with the account that the service signs for, or for a wallet that the member moved to by accountMove; leave ownWallet out.',
  });
}

/** A transaction that had no effect is shown beside the reason. */
const failedPayload = (error: UserError): Partial<Written> =>
  error instanceof FailedWrite ? { transaction: error.transaction } : {};

/**
 * Declares a mutation that sends one contract call. Its kind decides the scope, the cost, the errors of every write, and
 * the input fields for the idempotency key and a member's account.
 *
 * @param declared.kind OPERATOR signs with the operator's key; MEMBER with a member's, or hands the call to a wallet.
 * @param declared.scope Left out, it is that of the kind.
 * @param declared.isForMembers Whether a session of a member may do it for itself, besides; always with the kind MEMBER.
 * @param declared.forOwners What a person has to be an owner for; left out for nothing.
 * @param declared.createsProgram Whether the request has no program yet: the organisation is enough.
 * @param declared.errors Codes in addition to those of every write.
 * @param declared.resolve Runs the use case with the request that names the write.
 * @param declared.state Reads the state of what it changes, for the audit log.
 * @param declared.payload Fields beside `transaction`, `userErrors` and, for members, `call`; nullable, as refused calls
 *   have none.
 */
export function contractMutation<
  const K extends Kind,
  Fields extends InputFieldMap,
  Result extends object,
>(declared: {
  readonly name: string;
  readonly kind: K;
  readonly scope?: CallerScope;
  readonly isForMembers?: true;
  readonly forOwners?: MutationDeclaration['forOwners'];
  readonly createsProgram?: true;
  readonly description: string;
  readonly errors: readonly ErrorCode[];
  readonly input: (t: InputFields) => Fields;
  readonly resolve: (
    context: GraphqlContext,
    request: RequestOf<K>,
    input: InputShapeFromFields<Fields>,
  ) => Promise<Written & Result>;
  readonly payload: (t: PayloadFields<Partial<NoInfer<Result>>>) => object;
  readonly state?: ReadState<NoInfer<InputShapeFromFields<Fields>>, Partial<NoInfer<Result>>>;
}): void {
  const { name, kind, errors, input, payload, resolve } = declared;
  mutation<InputFieldMap, Partial<Written & Result>>({
    name,
    kind,
    scope: declared.scope ?? SCOPES[kind],
    isForMembers: declared.isForMembers ?? kind === 'MEMBER',
    ...(declared.forOwners !== undefined && { forOwners: declared.forOwners }),
    cost: CONTRACT_CALL_COST,
    errors: [...new Set([...WRITE_ERRORS[kind], ...errors])],
    description: `${declared.description} Safe to repeat with the same idempotencyKey.`,
    input: (t) => ({
      ...(kind === 'MEMBER' && holderFields(t)),
      ...input(t),
      idempotencyKey: idempotencyKeyField(t),
    }),
    payload: (t) => ({
      ...payload(t as unknown as PayloadFields<Partial<Result>>),
      transaction: transactionField(t as unknown as PayloadFields<Partial<Written>>),
      ...(kind === 'OPERATOR' && {
        toSign: toSignField(t as unknown as PayloadFields<Partial<Written>>),
      }),
      ...(kind === 'MEMBER' && {
        call: callField(t as unknown as PayloadFields<Partial<Written>>),
      }),
    }),
    ...(declared.state !== undefined && {
      state: declared.state as unknown as ReadState<object, Partial<Written & Result>>,
    }),
    // A field of the payload of every one of these mutations, whatever else is beside it.
    empty: (error) => failedPayload(error) as Partial<Written & Result>,
    resolve: async (context, given) => {
      const { idempotencyKey, memberId, ownWallet } = given as unknown as KeyedInput;
      const request: WriteRequest = {
        kind: name,
        // The one mutation that creates it takes the request without it.
        program: declared.createsProgram === true ? (null as never) : context.program,
        idempotencyKey: nameForm(idempotencyKey),
        ...(kind === 'MEMBER' && (await holderOf(context, { memberId, ownWallet }))),
      };
      return resolve(context, request as RequestOf<K>, given as InputShapeFromFields<Fields>);
    },
  });
}
