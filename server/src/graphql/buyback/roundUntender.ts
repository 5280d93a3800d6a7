import { untenderPoints } from '../../services/buyback/untenderPoints.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { roundInput, sharePayload } from './buybackFields.ts';

contractMutation({
  name: 'roundUntender',
  kind: 'MEMBER',
  description: 'Takes points of a member out of the round that is open, at once.',
  errors: [
    'NOT_FOUND',
    'ROUND_NOT_OPEN',
    'BELOW_MIN_TENDER',
    'INSUFFICIENT_TENDER',
    'OUT_OF_RANGE',
  ],
  input: (t) => ({
    round: roundInput(t),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points; what stays is nothing, or the minimum tender at least.',
    }),
  }),
  resolve: (context, request, input) => untenderPoints(context, request, input),
  payload: sharePayload,
});
