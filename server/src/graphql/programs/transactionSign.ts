import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { InputFieldMap } from '@pothos/core';
import { signTransaction } from '../../services/transactions/signTransaction.ts';
import { FailedWrite } from '../../services/transactions/failedWrite.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import { mutation } from '../mutations/mutation.ts';
import { TransactionType } from '../transactions/transaction.ts';

interface Signed {
  readonly transaction: SubmittedTransaction | null;
}

mutation<InputFieldMap, Signed>({
  name: 'transactionSign',
  kind: null,
  scope: 'program:write',
  cost: 1_000,
  description:
    "Sends what the operator's own wallet has signed, and waits a few seconds for it. Safe to repeat: a request is carried out once.",
  errors: [
    'BUSY',
    'CHAIN_UNAVAILABLE',
    'NOT_FOUND',
    'INVALID_SIGNATURE',
    'OUTDATED_SIGNATURE',
    'IDEMPOTENCY_KEY_REUSED',
    'REFUSED_BY_CONTRACT',
  ],
  input: (t) => ({
    id: t.string({ required: true, description: 'Id from `toSign` of a mutation.' }),
    signature: t.field({
      type: 'Hex',
      required: true,
      description: 'Signature of the wallet over `toSign.json`.',
    }),
  }),
  payload: (t) => ({
    transaction: t.field({
      type: TransactionType,
      nullable: true,
      description: 'Transaction of the write; null when nothing was sent.',
      resolve: ({ transaction }) => transaction,
    }),
  }),
  empty: (error) => ({
    transaction: error instanceof FailedWrite ? error.transaction : null,
  }),
  resolve: async (context, given) => {
    const signed = given as unknown as { readonly id: string; readonly signature: Hex };
    const { transaction } = await signTransaction(context, context.program, signed);
    return { transaction };
  },
});
