import { withdrawReserve } from '../../services/buyback/withdrawReserve.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { reservePayload } from './buybackFields.ts';
import { reserveState } from '../mutations/states.ts';

contractMutation({
  name: 'reserveWithdraw',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    'Withdraws settlement tokens from the reserve of the buyback, except what is owed and the budgets of the open and the next round.',
  errors: ['MALFORMED', 'OUT_OF_RANGE', 'EXCEEDS_WITHDRAWABLE', 'NOT_OPERATOR'],
  input: (t) => ({
    amount: t.field({
      type: 'Money',
      required: true,
      description: 'Settlement tokens to withdraw, more than 0 and at most `reserve.withdrawable`.',
    }),
    to: t.field({
      type: 'Address',
      required: true,
      description: 'Account that receives the tokens.',
    }),
  }),
  resolve: (context, request, input) => withdrawReserve(context, request, input),
  payload: reservePayload,
  state: reserveState,
});
