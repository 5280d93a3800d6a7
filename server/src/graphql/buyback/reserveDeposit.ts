import { depositReserve } from '../../services/buyback/depositReserve.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { reservePayload } from './buybackFields.ts';
import { reserveState } from '../mutations/states.ts';

contractMutation({
  name: 'reserveDeposit',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    "Deposits settlement tokens of the operator's account into the reserve of the buyback: sends an approval and, once that is mined, the deposit. A program that was handed over to an own wallet has money by a plain transfer to its buyback instead, which is taken in by itself.",
  errors: [
    ...(['MALFORMED', 'OUT_OF_RANGE', 'INSUFFICIENT_MONEY'] as const),
    ...(['UNEXPECTED_TRANSFER', 'NOT_OPERATOR'] as const),
  ],
  input: (t) => ({
    amount: t.field({
      type: 'Money',
      required: true,
      description: 'Settlement tokens to deposit, more than 0.',
    }),
  }),
  resolve: (context, request, input) => depositReserve(context, request, input),
  payload: reservePayload,
  state: reserveState,
});
