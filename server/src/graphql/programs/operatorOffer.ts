import { offerOperator } from '../../services/programs/offerOperator.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { operatorState } from '../mutations/states.ts';

contractMutation({
  name: 'operatorOffer',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    "Offers the operator's role of the program to another account, which accepts it by `operatorAccept` or by calling `acceptOperator` of the Points contract. After that, each write of the operator answers `toSign` for that account to sign.",
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
  state: operatorState,
});
