import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { InputFieldMap } from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import { requireOwner } from '../../services/organisations/organisations.ts';
import { signTransaction } from '../../services/transactions/signTransaction.ts';
import { FailedWrite } from '../../services/transactions/failedWrite.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import { scopeMissing } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { isForOwners, mutation, type MutationDeclaration } from '../mutations/mutation.ts';
import { TransactionType } from '../transactions/transaction.ts';

interface Signed {
  readonly transaction: SubmittedTransaction | null;
}

/** Refuses who may not do the mutation that the wallet was asked for: its signature needs the same rights. */
function requireRightsOf(
  kind: string,
  { caller, may }: GraphqlContext,
  schema: GraphQLSchema,
): void {
  const declared = schema.getMutationType()?.getFields()[kind]?.extensions['mutation'];
  if (declared === undefined) throw new Error(`There is no mutation ${kind}.`);
  const { scope, forOwners } = declared as MutationDeclaration;
  if (caller === null) return;
  if (scope !== 'public' && !may(scope)) throw scopeMissing(caller, `the signature of ${kind}`);
  if (caller.kind !== 'PERSON' || !isForOwners(forOwners, caller.environment)) return;
  requireOwner(caller, `sign ${kind}`);
}

mutation<InputFieldMap, Signed>({
  name: 'transactionSign',
  kind: null,
  scope: 'program:write',
  // Orders are worked off by people who may do nothing else for the operator.
  otherScope: 'orders:write',
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
  resolve: async (context, given, schema) => {
    const signed = given as unknown as { readonly id: string; readonly signature: Hex };
    const { transaction } = await signTransaction(context, context.program, signed, (kind) =>
      requireRightsOf(kind, context, schema),
    );
    return { transaction };
  },
});
