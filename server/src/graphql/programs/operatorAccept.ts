import { acceptOperator } from '../../services/programs/acceptOperator.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { operatorState } from '../mutations/states.ts';

contractMutation({
  name: 'operatorAccept',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    "Accepts the operator's role that was offered: for an own wallet, which signs `toSign`, or for the service's own account. From then on, that account signs all writes of the operator.",
  errors: ['MALFORMED', 'NOT_OPERATOR'],
  input: (t) => ({
    account: t.field({
      type: 'Address',
      description: "Own wallet that was offered the role; left out for the service's account.",
    }),
  }),
  resolve: (context, request, { account }) =>
    acceptOperator(context, request, { account: account ?? null }),
  payload: (t) => ({
    operator: t.field({
      type: 'Address',
      nullable: true,
      description: 'Account that accepts; null when there are userErrors.',
      resolve: ({ operator }) => operator ?? null,
    }),
  }),
  state: operatorState,
});
