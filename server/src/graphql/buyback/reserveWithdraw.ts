import { withdrawReserve } from '../../services/buyback/withdrawReserve.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { reservePayload } from './buybackFields.ts';

contractMutation({
  name: 'reserveWithdraw',
  kind: 'OPERATOR',
  description:
    'Takes money out of the reserve that is neither owed nor the budget of the open or the next round.',
  errors: ['MALFORMED', 'OUT_OF_RANGE', 'EXCEEDS_WITHDRAWABLE', 'NOT_OPERATOR'],
  input: (t) => ({
    amount: t.field({
      type: 'Money',
      required: true,
      description: 'More than 0, at most what may be withdrawn.',
    }),
    to: t.field({
      type: 'Address',
      required: true,
      description: 'Account that receives the money.',
    }),
  }),
  resolve: (context, request, input) => withdrawReserve(context, request, input),
  payload: reservePayload,
});
