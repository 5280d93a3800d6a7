import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { UnsentCall } from '../../services/transactions/contractWriter.ts';
import { builder } from '../core/builder.ts';

/** Scopes that act on chain. */
export const ANY_WRITER = { $any: { 'program:write': true, 'members:write': true } } as const;
const ONLY_MEMBERS = { 'members:write': true } as const;

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

/** A call that the service hands to a wallet. */
export const UnsentCallType = builder.objectRef<UnsentCall>('ContractCall').implement({
  description:
    'A call for a wallet to send itself, without value. It was tried on the chain as it is now and would succeed.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    to: t.expose('to', { type: 'Address', description: 'The contract.' }),
    data: t.expose('data', { type: 'Hex', description: 'What to call it with.' }),
    chainId: t.expose('chainId', { type: 'UInt', description: 'Chain of the contract.' }),
  }),
});

builder.queryField('transaction', (t) =>
  t.field({
    type: TransactionType,
    nullable: true,
    description:
      'The transaction of an act of this program as it is now; null when there is none of this id.',
    authScopes: ANY_WRITER,
    extensions: { cost: 20 },
    args: {
      id: t.arg.string({ required: true, description: 'From `transaction { id }` of a payload.' }),
    },
    resolve: (_root, { id }, { transactions, program }) => transactions.find(program, id),
  }),
);
