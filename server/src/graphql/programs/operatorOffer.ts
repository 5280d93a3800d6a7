import { offerOperator } from '../../services/programs/offerOperator.ts';
import { contractMutation } from '../mutations/contractMutation.ts';

contractMutation({
  name: 'operatorOffer',
  kind: 'OPERATOR',
  description:
    "Offers the operator's role of the program to another account, which accepts it by calling `acceptOperator` of the Points contract. After that, this service can not write as the operator.",
  errors: ['MALFORMED', 'OUT_OF_RANGE', 'NOT_OPERATOR'],
  input: (t) => ({
    operator: t.field({
      type: 'Address',
      required: true,
      description:
        'Account of the next operator, which must not be a contract of the program; the zero address withdraws an offer.',
    }),
  }),
  resolve: (context, request, input) => offerOperator(context, request, input),
  payload: (t) => ({
    offeredOperator: t.field({
      type: 'Address',
      nullable: true,
      description: 'Account that the role is offered to; null when there are userErrors.',
      resolve: ({ offeredOperator }) => offeredOperator ?? null,
    }),
  }),
});
