/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields and inputs from what is inferred here. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { MemberInput } from '../../services/members/memberWallets.ts';
import type { UnsentCall } from '../../services/transactions/contractWriter.ts';
import { builder } from '../core/builder.ts';
import { UserError } from '../errors/userErrors.ts';

/** Scopes that act on chain. */
export const ANY_WRITER = { $any: { 'program:write': true, 'members:write': true } } as const;
/** The operator's acts. */
export const ONLY_OPERATORS = { 'program:write': true } as const;
/** Acts for members. */
export const ONLY_MEMBERS = { 'members:write': true } as const;

/** Words for what every act can end with beside its own userErrors. */
export const WRITE_ERRORS =
  'Safe to repeat with the same idempotencyKey: the same act is done once. Errors: BUSY, CHAIN_UNAVAILABLE; userErrors: IDEMPOTENCY_KEY_REUSED, REFUSED_BY_CONTRACT';

const TransactionStatus = builder.enumType('TransactionStatus', {
  description: 'Where the transaction of an act is.',
  values: {
    QUEUED: { description: 'Saved; it will be sent whatever crashes.' },
    SENT: { description: 'A node of the chain has it.' },
    MINED: { description: 'In a block that has been read, and it succeeded.' },
    REVERTED: { description: 'In a block, and it had no effect.' },
    DROPPED: {
      description: 'It will never have an effect: it was void before it could be mined.',
    },
  } as const,
});

/** A transaction that the service sent for an act. */
export const TransactionType = builder.objectRef<SubmittedTransaction>('Transaction').implement({
  description:
    'The transaction of an act. A reorganisation of the chain may take it back from MINED to SENT. Source: the sender of the service.',
  authScopes: ANY_WRITER,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'For `transaction(id)`. Never changes.' }),
    hash: t.expose('hash', {
      type: 'Hex',
      nullable: true,
      description: 'On chain; null before it is signed. Higher fees give it another one.',
    }),
    status: t.expose('status', { type: TransactionStatus, description: 'Where it is.' }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      nullable: true,
      description: 'Block that it is in; null before.',
    }),
  }),
});

const UnsentCallType = builder.objectRef<UnsentCall>('ContractCall').implement({
  description:
    'A call for a wallet to send itself, without value. It was tried on the chain as it is now and would succeed.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    to: t.expose('to', { type: 'Address', description: 'The contract.' }),
    data: t.expose('data', { type: 'Hex', description: 'What to call it with.' }),
    chainId: t.expose('chainId', { type: 'UInt', description: 'Chain of the contract.' }),
  }),
});

/** What every act answers with. */
export interface WritePayload {
  readonly transaction: SubmittedTransaction | null;
  readonly userErrors: readonly Refusal[];
}
/** What an act that an own wallet can do answers with. */
export interface MemberWritePayload extends WritePayload {
  readonly call: UnsentCall | null;
}

type Types = (typeof builder)['$inferSchemaTypes'];
type Fields<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

/** Fields of every act. */
export function writeFields<Shape extends WritePayload>(t: Fields<Shape>) {
  return {
    transaction: t.field({
      type: TransactionType,
      nullable: true,
      description:
        'What carries the act out, as it is after a wait of a few seconds; null when nothing was sent.',
      resolve: (payload) => payload.transaction,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why the act was refused; nothing was done then. Empty otherwise.',
      resolve: (payload) => [...payload.userErrors],
    }),
  };
}

/** Fields of every act that an own wallet can do. */
export function memberWriteFields<Shape extends MemberWritePayload>(t: Fields<Shape>) {
  return {
    ...writeFields(t),
    call: t.field({
      type: UnsentCallType,
      nullable: true,
      description: 'With `ownWallet`: what the wallet has to send. Null otherwise.',
      resolve: (payload) => payload.call,
    }),
  };
}

type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;

/** The caller's own name for an act. */
export const idempotencyKeyField = (t: InputFields) =>
  t.string({
    required: true,
    description:
      '1 to 128 printable ASCII characters. The same key with the same input acts once, for 24 hours at least; another input under it is refused.',
  });

/** For whom a member's act is. */
export const memberInputFields = (t: InputFields) => ({
  memberId: t.string({
    description:
      "The app's own id of a member, whose gasless account acts; left out with `ownWallet`.",
  }),
  ownWallet: t.field({
    type: 'Address',
    description:
      'A wallet of somebody who holds points: the act is checked and tried for it, nothing is sent, and `call` is for the wallet to send.',
  }),
  idempotencyKey: idempotencyKeyField(t),
});

/** Who a member's input is for, as services take it. */
export const whoIs = (input: {
  readonly memberId?: string | null | undefined;
  readonly ownWallet?: Address | null | undefined;
  readonly idempotencyKey: string;
}): MemberInput => ({
  memberId: input.memberId ?? null,
  ownWallet: input.ownWallet ?? null,
  idempotencyKey: input.idempotencyKey,
});

/** An empty payload of an act that was refused. */
export const NOTHING_DONE = { transaction: null, call: null } as const;

builder.queryField('transaction', (t) =>
  t.field({
    type: TransactionType,
    nullable: true,
    description:
      'The transaction of an act of this program as it is now; null when there is none of this id.',
    authScopes: ANY_WRITER,
    args: {
      id: t.arg.string({ required: true, description: 'From `transaction { id }` of a payload.' }),
    },
    resolve: (_root, { id }, { transactions, program }) => transactions.find(program, id),
  }),
);
