import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { UnsentCall } from '../../services/transactions/contractWriter.ts';
import { failuresOf } from '../../services/transactions/failedWrite.ts';
import { builder } from '../core/builder.ts';
import { UserErrorType } from '../errors/userErrors.ts';

/** Opens what writes to the chain answer with. */
export const ANY_WRITER = {
  $any: {
    ...{ 'program:write': true, 'orders:write': true },
    ...{ 'members:write': true, 'member:self': true },
  },
} as const;
/** Who writes for members: an app, and a member itself. */
const MEMBER_WRITERS = { $any: { 'members:write': true, 'member:self': true } } as const;

const TransactionStatus = builder.enumType('TransactionStatus', {
  description: 'State of a transaction.',
  values: {
    QUEUED: { description: 'The transaction is saved and will be sent, even after a crash.' },
    SENT: { description: 'A node of the chain has the transaction.' },
    MINED: { description: 'The transaction is in a block that has been read, and it succeeded.' },
    REVERTED: { description: 'The transaction is in a block and reverted, without effect.' },
    DROPPED: {
      description: 'The transaction became void before it was mined and will never have an effect.',
    },
  } as const,
});

/** Shows a transaction that the service sends for a write. */
export const TransactionType = builder.objectRef<SubmittedTransaction>('Transaction').implement({
  description:
    'Transaction of a write. A reorganisation of the chain can take it back from MINED to SENT. Source: the sender of the service.',
  authScopes: ANY_WRITER,
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Id for the query `transaction`; never changes.' }),
    hash: t.expose('hash', {
      type: 'Hex',
      nullable: true,
      description:
        'Hash on chain; null before the transaction is signed and when it is DROPPED. It changes when the transaction is sent again with higher fees.',
    }),
    kind: t.exposeString('kind', {
      nullable: true,
      description: 'Name of the mutation that asked for the transaction.',
    }),
    status: t.expose('status', {
      type: TransactionStatus,
      description: 'State of the transaction.',
    }),
    userErrors: t.field({
      extensions: { rows: 1 },
      type: [UserErrorType],
      description:
        'Why the transaction had no effect, with the code that the mutation would have been refused with; empty unless it is REVERTED or DROPPED.',
      resolve: (transaction, _args, { caller }) => [
        ...failuresOf(transaction, caller?.program ?? null),
      ],
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      nullable: true,
      description: 'Block that contains the transaction; null before it is mined.',
    }),
  }),
});

/** Shows a contract call for a wallet to send. */
export const UnsentCallType = builder.objectRef<UnsentCall>('ContractCall').implement({
  description:
    'Contract call for a wallet to send, without value. It was simulated on the current state of the chain and would succeed.',
  authScopes: MEMBER_WRITERS,
  fields: (t) => ({
    to: t.expose('to', { type: 'Address', description: 'Address of the contract to call.' }),
    data: t.expose('data', {
      type: 'Hex',
      description: 'Call data: the function and its arguments.',
    }),
    chainId: t.expose('chainId', { type: 'UInt', description: 'Id of the chain of the contract.' }),
  }),
});

builder.queryField('transaction', (t) =>
  t.field({
    type: TransactionType,
    nullable: true,
    description:
      'Returns a transaction of a write of this program, or of the creation of one, by its id or by the idempotencyKey of the mutation; null when there is none. Never sends anything.',
    authScopes: ANY_WRITER,
    extensions: { cost: 20 },
    args: {
      id: t.arg.string({
        description: 'Id of the transaction, from `transaction { id }` of a payload.',
      }),
      idempotencyKey: t.arg.string({
        description:
          'Key of the mutation, in place of `id`: for a caller that lost the answer. Gives the newest transaction under the key, for at least 24 hours.',
      }),
      memberId: t.arg.string({
        description:
          'Member of the mutation, beside `idempotencyKey`; left out for the operator, and in a session of the member.',
      }),
    },
    resolve: (_root, { id, idempotencyKey, memberId }, context) => {
      const { transactions, organisationId, caller } = context;
      const isMember = caller?.kind === 'MEMBER';
      const named = isMember ? context.memberIdOf(memberId) : (memberId ?? null);
      return transactions.lookUp(
        { organisationId, program: caller?.program ?? null, onlyOf: isMember ? named : null },
        { id: id ?? null, idempotencyKey: idempotencyKey ?? null, memberId: named },
      );
    },
  }),
);
