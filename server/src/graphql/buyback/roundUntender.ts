import { untenderPoints } from '../../services/buyback/untenderPoints.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { roundInput, sharePayload } from './buybackFields.ts';

contractMutation({
  name: 'roundUntender',
  kind: 'MEMBER',
  description: 'Takes tendered points of a member back out of the open round at once.',
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
      description:
        'Points to take out; the account must keep none or at least the minimum tender in the round.',
    }),
  }),
  resolve: (context, request, input) => untenderPoints(context, request, input),
  payload: sharePayload,
});
