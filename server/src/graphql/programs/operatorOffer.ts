import { offerOperator } from '../../services/programs/offerOperator.ts';
import { contractMutation } from '../mutations/contractMutation.ts';

contractMutation({
  name: 'operatorOffer',
  kind: 'OPERATOR',
  description:
    'Offers the operator role of the program to another account, which takes it by calling `acceptOperator` of the Points contract; until then nothing changes. From then on this service can no longer write as the operator.',
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
